import { asGrant } from '../resources'
import { id, text } from '../schema'
import { accessGrantLookup } from './access-grant'
import { defineList } from './lookup'

export const accessGrantsLookup = defineList({
  name: 'access_grants',
  about: 'Lists the access grants that Seam manages: all of them, or those that fit every filter.',
  page: 'https://docs.seam.co/latest/api/access_grants/list',
  by: {
    user_identity_id: id('The person.').optional(),
    space_id: id('A space that they name.').optional(),
    acs_entrance_id: id('An entrance that they open.').optional(),
    device_id: id('A lock that they open.').optional(),
    acs_system_id: id('A system in which they open something.').optional(),
    reservation_key: text('Their reservation.').optional(),
    customer_key: text('The customer to whom their spaces belong.').optional(),
  },
  path: '/access_grants/list',
  answers: 'access_grants',
  of: accessGrantLookup.fields,
  each: asGrant,
  lists: { resource: 'access_grant' },
})
