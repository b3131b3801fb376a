import { id } from '../schema'
import { acsUserLookup } from './acs-user'
import { defineList } from './lookup'

export const accessGroupMembersLookup = defineList({
  name: 'access_group_members',
  about: 'Lists the users of an access control system that are in an access group.',
  page: 'https://docs.seam.co/latest/api/acs/access_groups/list_users',
  by: { acs_access_group_id: id('The group.') },
  path: '/acs/access_groups/list_users',
  answers: 'acs_users',
  of: acsUserLookup.fields,
  lists: {
    resource: 'access_group_membership',
    id: ({ acs_user_id: user }, { acs_access_group_id: group }) =>
      `${String(group)}/${String(user)}`,
  },
})
