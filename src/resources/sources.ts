import { sourceOf } from '../seam'

/** How each kind of object is read. One source a kind: what is asked for in two places is read once. */
export const people = sourceOf({
  path: '/user_identities',
  key: 'user_identity',
  ids: 'user_identity_ids',
})
export const grants = sourceOf({
  path: '/access_grants',
  key: 'access_grant',
  ids: 'access_grant_ids',
})
export const systemUsers = sourceOf({
  path: '/acs/users',
  key: 'acs_user',
  within: 'acs_system_id',
})
export const credentials = sourceOf({
  path: '/acs/credentials',
  key: 'acs_credential',
  within: 'acs_system_id',
})
export const groups = sourceOf({ path: '/acs/access_groups', key: 'acs_access_group' })
export const devices = sourceOf({ path: '/devices', key: 'device', ids: 'device_ids' })
export const entrances = sourceOf({ path: '/acs/entrances', key: 'acs_entrance' })
export const systems = sourceOf({ path: '/acs/systems', key: 'acs_system' })
