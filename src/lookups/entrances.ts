import { id, text } from '../schema'
import { entranceLookup } from './entrance'
import { defineList } from './lookup'

export const entrancesLookup = defineList({
  name: 'entrances',
  about:
    'Lists entrances: all of them, or those of a space, a system or a customer, or that a credential opens.',
  page: 'https://docs.seam.co/latest/api/acs/entrances/list',
  by: {
    space_id: id('The space that holds them.').optional(),
    acs_system_id: id('Their access control system.').optional(),
    acs_credential_id: id('A credential that opens them.').optional(),
    customer_key: text('The customer to whom their spaces belong.').optional(),
    search: text('What a name or an id contains.').optional(),
  },
  path: '/acs/entrances/list',
  answers: 'acs_entrances',
  of: entranceLookup.fields,
})
