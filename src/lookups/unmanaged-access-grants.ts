import { asGrant } from '../resources'
import { id, text } from '../schema'
import { defineList } from './lookup'
import { unmanagedAccessGrantLookup } from './unmanaged-access-grant'

export const unmanagedAccessGrantsLookup = defineList({
  name: 'unmanaged_access_grants',
  about:
    'Lists the access grants that Seam knows but does not manage: all of them, or those that fit every filter.',
  page: 'https://docs.seam.co/latest/api/access_grants/unmanaged/list',
  by: {
    acs_entrance_id: id('An entrance that they open.').optional(),
    acs_system_id: id('A system in which they open something.').optional(),
    user_identity_id: id('The person.').optional(),
    reservation_key: text('Their reservation.').optional(),
  },
  path: '/access_grants/unmanaged/list',
  answers: 'access_grants',
  of: unmanagedAccessGrantLookup.fields,
  each: asGrant,
})
