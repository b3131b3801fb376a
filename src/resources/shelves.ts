import { shelfOf } from '../seam'

/** How each kind of object is read. One shelf a kind: what is asked for in two places is read once. */
export const people = shelfOf({
  path: '/user_identities',
  key: 'user_identity',
  ids: 'user_identity_ids',
})
export const grants = shelfOf({
  path: '/access_grants',
  key: 'access_grant',
  ids: 'access_grant_ids',
})
export const systemUsers = shelfOf({ path: '/acs/users', key: 'acs_user', within: 'acs_system_id' })
export const credentials = shelfOf({
  path: '/acs/credentials',
  key: 'acs_credential',
  within: 'acs_system_id',
})
export const groups = shelfOf({ path: '/acs/access_groups', key: 'acs_access_group' })
export const devices = shelfOf({ path: '/devices', key: 'device', ids: 'device_ids' })
export const entrances = shelfOf({ path: '/acs/entrances', key: 'acs_entrance' })
export const systems = shelfOf({ path: '/acs/systems', key: 'acs_system' })
