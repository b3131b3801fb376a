import { id } from '../schema'
import { entranceLookup } from './entrance'
import { defineList } from './lookup'

export const accessGroupEntrancesLookup = defineList({
  name: 'access_group_entrances',
  about: 'Lists the entrances that the members of an access group may open.',
  page: 'https://docs.seam.co/latest/api/acs/access_groups/list_accessible_entrances',
  by: { acs_access_group_id: id('The group.') },
  path: '/acs/access_groups/list_accessible_entrances',
  answers: 'acs_entrances',
  of: entranceLookup.fields,
})
