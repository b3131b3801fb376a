import type {
  AccessGrantRecord,
  AccessMethodRecord,
  AcsCredentialRecord,
  AcsEntranceRecord,
  DeviceRecord,
} from '../store/collections'
import type { Store } from '../store/store'

type Targets = Pick<AccessGrantRecord, 'space_ids' | 'acs_entrance_ids' | 'device_ids'>

/** The entrances that a grant opens: named directly, or as members of its spaces. */
export function entranceIdsOf(store: Store, targets: Targets): Set<string> {
  const spaces = store.spaces.pick(targets.space_ids)
  return new Set([
    ...targets.acs_entrance_ids,
    ...spaces.flatMap(({ acs_entrance_ids }) => acs_entrance_ids),
  ])
}

/** The devices that a grant opens: named directly, or as members of its spaces. */
export function deviceIdsOf(store: Store, targets: Targets): Set<string> {
  const spaces = store.spaces.pick(targets.space_ids)
  return new Set([...targets.device_ids, ...spaces.flatMap(({ device_ids }) => device_ids)])
}

/** The grants that open a door, by naming it or by one of their spaces; in order of creation. */
export function grantsOnDoor(
  { accessGrants, spaces }: Store,
  kind: 'acs_entrance_ids' | 'device_ids',
  id: string,
): Readonly<AccessGrantRecord>[] {
  const bySpace = spaces
    .where(kind, id)
    .flatMap(({ space_id }) => accessGrants.where('space_ids', space_id))
  const found = [...accessGrants.where(kind, id), ...bySpace]
  return accessGrants.pickInOrder(found.map(({ access_grant_id }) => access_grant_id))
}

/** The entrances of the grants that a method serves. */
export function entrancesOfMethod(store: Store, method: AccessMethodRecord): Set<string> {
  const grants = store.accessGrants.where('access_method_ids', method.access_method_id)
  return new Set(grants.flatMap((grant) => [...entranceIdsOf(store, grant)]))
}

/** Whether a credential opens an entrance, by itself or through a group of its user. */
export function opens(
  store: Store,
  credential: Readonly<AcsCredentialRecord>,
  id: string,
): boolean {
  if (credential.allowed_acs_entrance_ids.includes(id)) return true
  const edges = store.memberships.where('acs_user_id', credential.acs_user_id ?? '')
  const groups = store.acsAccessGroups.pick(edges.map((edge) => edge.acs_access_group_id))
  return groups.some((group) => group.acs_entrance_ids.includes(id))
}

/** Every door of a grant, entrances and devices alike. */
export function doorIdsOf(store: Store, targets: Targets): Set<string> {
  return new Set([...entranceIdsOf(store, targets), ...deviceIdsOf(store, targets)])
}

export function entrancesOf(store: Store, targets: Targets): Readonly<AcsEntranceRecord>[] {
  return store.acsEntrances.pick(entranceIdsOf(store, targets))
}

export function devicesOf(store: Store, targets: Targets): Readonly<DeviceRecord>[] {
  return store.devices.pick(deviceIdsOf(store, targets))
}

/** The entrances that an ACS user may open by any route: groups, credentials, and grants. */
export function entrancesOfAcsUser(store: Store, acsUserId: string): Set<string> {
  const user = store.acsUsers.get(acsUserId)
  const groups = store.memberships
    .where('acs_user_id', acsUserId)
    .flatMap((edge) => store.acsAccessGroups.get(edge.acs_access_group_id) ?? [])
  const credentials = store.acsCredentials.where('acs_user_id', acsUserId)
  const granted = user?.user_identity_id ? grantedEntrances(store, user.user_identity_id) : []
  const ofSystem = store.acsEntrances
    .pick(granted)
    .filter(({ acs_system_id: system }) => system === user?.acs_system_id)
  return new Set([
    ...groups.flatMap(({ acs_entrance_ids }) => acs_entrance_ids),
    ...credentials.flatMap(({ allowed_acs_entrance_ids: allowed }) => allowed),
    ...ofSystem.map(({ acs_entrance_id }) => acs_entrance_id),
  ])
}

/** The entrances that a person may open by any route. */
export function entrancesOfIdentity(store: Store, userIdentityId: string): Set<string> {
  const users = store.acsUsers.where('user_identity_id', userIdentityId)
  return new Set([
    ...grantedEntrances(store, userIdentityId),
    ...users.flatMap((user) => [...entrancesOfAcsUser(store, user.acs_user_id)]),
  ])
}

function grantedEntrances(store: Store, userIdentityId: string): string[] {
  const grants = store.accessGrants.where('user_identity_id', userIdentityId)
  return grants.flatMap((grant) => [...entranceIdsOf(store, grant)])
}
