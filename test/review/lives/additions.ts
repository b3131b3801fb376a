import {
  declaresUser,
  doorsOf,
  ends,
  groupsOf,
  hasUser,
  methodsOf,
  personOf,
  pin,
  scheduleOf,
  usersOf,
  windowOf,
  type Scene,
} from './parts'
import { namesOf, nameIn, ref, type Declared, type Type } from './program'

function put(scene: Scene, type: Type, inputs: Record<string, unknown>, more: object = {}): string {
  const words: Record<Type, string> = {
    UserIdentity: 'person',
    Space: 'space',
    AcsUser: 'user',
    AcsCredential: 'credential',
    AccessGrant: 'grant',
    AccessGroupMembership: 'member',
    AccessGroupMembersExclusive: 'list',
  }
  const name = `${words[type]}-${scene.next()}`
  const declared: Declared = { type, inputs, ...more }
  scene.policy[name] = declared
  return name
}

const retained = ({ random }: Scene) => ({ ...(random.chance(0.15) && { retainOnDelete: true }) })

export function addPerson(scene: Scene): string {
  const fullName = `Resident ${scene.next()}`
  return put(scene, 'UserIdentity', { fullName, deleteCascade: true })
}

export function addSpace(scene: Scene): string {
  const { building, random } = scene
  const name = `Own ${scene.next()}`
  const acsEntranceIds = random.some(random.one(building.systems).doors, 1, 3)
  const deviceIds = random.chance(0.3) ? [random.one(building.locks)] : []
  return put(scene, 'Space', { name, acsEntranceIds, deviceIds })
}

export function addGrant(scene: Scene): string {
  const { random, next } = scene
  const methods = random.chance(0.1) ? [pin(next)] : methodsOf(random)
  return put(
    scene,
    'AccessGrant',
    {
      userIdentityId: personOf(scene),
      requestedAccessMethods: methods,
      ...doorsOf(scene),
      ...windowOf(random),
    },
    retained(scene),
  )
}

export function addUser(scene: Scene): string {
  const { policy, building, random, next } = scene
  const system = random.one(building.systems)
  const free = namesOf(policy, 'UserIdentity').filter((name) => !hasUser(scene, ref(name), system))
  const person = random.chance(0.7) ? random.maybe(free) : undefined
  return put(scene, 'AcsUser', {
    acsSystemId: system.id,
    fullName: `Badge ${next()}`,
    deleteCascade: true,
    ...(person !== undefined && { userIdentityId: ref(person) }),
    ...(random.chance(0.35) && { accessSchedule: scheduleOf(random) }),
    ...(random.chance(0.15) && { isSuspended: true }),
  })
}

export function addMembership(scene: Scene): string | undefined {
  const { policy, building, random } = scene
  const system = random.one(building.systems)
  const group = random.maybe(groupsOf(policy, system, false))
  if (group === undefined) return undefined
  const byPerson = random.chance(0.4)
  const who = byPerson ? personOf(scene) : random.maybe(usersOf(scene, system))
  if (who === undefined || (byPerson && declaresUser(scene, who, system))) return undefined
  // The same membership by two resources would be let go by one and wanted by the other.
  const userOf = (value: unknown) => String(nameIn(value) ?? value)
  const held = namesOf(policy, 'AccessGroupMembership').some((name) => {
    const { acsAccessGroupId, acsUserId, userIdentityId } = policy[name]!.inputs
    return acsAccessGroupId === group && userOf(acsUserId ?? userIdentityId) === userOf(who)
  })
  const isTwin = held || (byPerson ? isMemberBy(scene, group, who) : isMemberOf(scene, group, who))
  if (isTwin) return undefined
  const end = byPerson ? { userIdentityId: who } : { acsUserId: who }
  return put(scene, 'AccessGroupMembership', { acsAccessGroupId: group, ...end }, retained(scene))
}

/** Whether a user of a person is named as a member already. */
function isMemberBy({ policy, ids, walk }: Scene, group: string, person: unknown): boolean {
  const id = ids.get(nameIn(person) ?? '') ?? person
  const users = walk.lists.users.filter((user) => user['user_identity_id'] === id)
  const linked = namesOf(policy, 'AcsUser').filter(
    (name) => JSON.stringify(policy[name]!.inputs['userIdentityId']) === JSON.stringify(person),
  )
  return namesOf(policy, 'AccessGroupMembership').some((name) => {
    const { acsAccessGroupId, acsUserId } = policy[name]!.inputs
    if (acsAccessGroupId !== group || acsUserId === undefined) return false
    const own = nameIn(acsUserId)
    return own === undefined
      ? users.some((user) => user['acs_user_id'] === acsUserId)
      : linked.includes(own)
  })
}

/** Whether the person of a user is named as a member already. */
function isMemberOf(scene: Scene, group: string, user: unknown): boolean {
  const { policy, ids, walk } = scene
  return namesOf(policy, 'AccessGroupMembership').some((name) => {
    const { acsAccessGroupId, userIdentityId } = policy[name]!.inputs
    if (acsAccessGroupId !== group || userIdentityId === undefined) return false
    const own = nameIn(user)
    const person = ids.get(nameIn(userIdentityId) ?? '') ?? userIdentityId
    if (own !== undefined) {
      const linked = policy[own]!.inputs['userIdentityId']
      return JSON.stringify(linked) === JSON.stringify(userIdentityId)
    }
    const found = walk.lists.users.find((one) => one['acs_user_id'] === user)
    return found?.['user_identity_id'] === person
  })
}

export function addList(scene: Scene): string | undefined {
  const { policy, building, random } = scene
  const system = random.one(building.systems)
  const edges = namesOf(policy, 'AccessGroupMembership').map(
    (name) => policy[name]!.inputs['acsAccessGroupId'],
  )
  const free = groupsOf(policy, system, false).filter((group) => !edges.includes(group))
  const group = random.maybe(free)
  if (group === undefined) return undefined
  const acsUserIds = random.some(usersOf(scene, system), 1, 3)
  const removeOnDestroy = random.chance(0.6)
  return put(scene, 'AccessGroupMembersExclusive', {
    acsAccessGroupId: group,
    acsUserIds,
    allowEmpty: true,
    removeOnDestroy,
  })
}

export function addCredential(scene: Scene): string | undefined {
  const { building, random, next } = scene
  const system = random.one(building.systems)
  const byPerson = random.chance(0.3)
  const who = byPerson ? personOf(scene) : random.maybe(usersOf(scene, system))
  if (who === undefined || (byPerson && declaresUser(scene, who, system))) return undefined
  // No two credentials may be the same in everything.
  const minute = String(next() % 60).padStart(2, '0')
  const start = random.chance(0.25)
    ? ends[0]!.replace(/^\d+/, (year) => `${Number(year) - 1}`)
    : undefined
  return put(
    scene,
    'AcsCredential',
    {
      accessMethod: random.one(['code', 'card', 'mobile_key']),
      acsSystemId: system.id,
      ...(byPerson ? { userIdentityId: who } : { acsUserId: who }),
      allowedAcsEntranceIds: random.some(system.doors, 1, 3),
      startsAt: (start ?? '2025-03-01T00:00:00Z').replace(':00:00Z', `:${minute}:00Z`),
      ...(random.chance(0.6) && { endsAt: random.one(ends) }),
    },
    retained(scene),
  )
}
