import type { Building, System } from './building'
import { nameIn, namesOf, ref, type Policy } from './program'
import type { Random } from './random'
import type { Walk } from './walk'

/** What an edit may look at, and the policy that it changes. */
export interface Scene {
  readonly policy: Policy
  readonly building: Building
  readonly walk: Walk
  /** Ids of what is deployed, by its name in the program. */
  readonly ids: ReadonlyMap<string, string>
  readonly random: Random
  /** A number that nothing has yet. */
  readonly next: () => number
}

const year = new Date().getUTCFullYear()
const first = (years: number, month = 1) =>
  `${year + years}-${String(month).padStart(2, '0')}-01T00:00:00Z`

/** Instants of which no two are the same, nor too near to now. */
export const ends = [first(3), first(4, 7), first(6), first(8, 3)]
const futureStarts = [first(1, 6), first(2)]
const pastStarts = [first(-3), first(-2, 6)]
const pastEnd = first(-1)

export const startOf = (random: Random) => random.one([...futureStarts, ...pastStarts])

/** A window of a new object: it may be over only for what is there already. */
export function windowOf(random: Random): Record<string, unknown> {
  return {
    ...(random.chance(0.3) && { startsAt: startOf(random) }),
    ...(random.chance(0.5) && { endsAt: random.one(ends) }),
  }
}

export const overWindow = { startsAt: pastStarts[0], endsAt: pastEnd }

const modes = ['code', 'card', 'mobile_key'] as const

export function methodsOf(random: Random): object[] {
  if (random.chance(0.07)) return []
  const chosen = random.some(modes, 1, random.chance(0.3) ? 3 : 1)
  return chosen.map((mode) => ({ mode }))
}

/** A PIN that nobody else asks for. */
export const pin = (next: () => number) => ({ mode: 'code', code: String(5_000_000 + next()) })

/** A person of the program, or one who was there before. */
export function personOf({ policy, building, random }: Scene): unknown {
  const own = random.maybe(namesOf(policy, 'UserIdentity'))
  return own !== undefined && random.chance(0.75) ? ref(own) : random.one(building.people)
}

/** The id of a person; nothing for one who is not deployed. */
export const idOf = (value: unknown, ids: ReadonlyMap<string, string>): string | undefined => {
  const name = nameIn(value)
  return name === undefined ? (value as string | undefined) : ids.get(name)
}

export function doorsOf(scene: Scene): Record<string, unknown> {
  const { policy, building, random } = scene
  const spaces = [...namesOf(policy, 'Space').map(ref), ...building.spaces.map(({ id }) => id)]
  const entrances = building.systems.flatMap(({ doors }) => doors)
  const own = namesOf(policy, 'Space').map(ref)
  const kinds: (() => Record<string, unknown>)[] = [
    () => ({ spaceIds: random.some(own.length > 0 ? own : spaces, 1, 2) }),
    () => ({ spaceIds: random.some(spaces, 1, 2) }),
    () => ({ spaceKeys: random.some(building.spaces, 1, 2).map(({ key }) => key) }),
    () => ({ acsEntranceIds: random.some(entrances, 1, 3) }),
    () => ({ deviceIds: random.some(building.locks, 1, 2) }),
    () => ({ spaceIds: [random.one(spaces)], acsEntranceIds: random.some(entrances, 1, 2) }),
    () => ({ spaceIds: [random.one(spaces)], deviceIds: [random.one(building.locks)] }),
  ]
  return random.one(kinds)()
}

export function scheduleOf(random: Random): Record<string, unknown> {
  if (random.chance(0.15)) return { ...overWindow }
  return {
    ...(random.chance(0.5) && { startsAt: startOf(random) }),
    endsAt: random.one(ends),
  }
}

/** Users of a system whom the program may speak of: its own ones, and those who were there before. */
export function usersOf({ policy, ids, walk }: Scene, system: System): unknown[] {
  const own = namesOf(policy, 'AcsUser').filter(
    (name) => policy[name]!.inputs['acsSystemId'] === system.id,
  )
  const managed = new Set(own.map((name) => ids.get(name)))
  const there = walk.lists.users
    .filter((user) => user['acs_system_id'] === system.id)
    .map((user) => String(user['acs_user_id']))
    // What a membership has brought about may go with its person.
    .filter((id) => system.users.includes(id) && !managed.has(id))
  return [...own.map(ref), ...there]
}

/** The groups of a system whose members the program lists one by one, or all of them. */
export function groupsOf(policy: Policy, system: System, isListed: boolean): string[] {
  const listed = new Set(
    namesOf(policy, 'AccessGroupMembersExclusive').map(
      (name) => policy[name]!.inputs['acsAccessGroupId'],
    ),
  )
  return system.groups.filter((group) => listed.has(group) === isListed)
}

/** Whether a person has a user in a system already, in Seam or in the program. */
export function hasUser({ policy, ids, walk }: Scene, person: unknown, system: System): boolean {
  const id = idOf(person, ids)
  const inSeam = walk.lists.users.some(
    (user) => user['user_identity_id'] === id && user['acs_system_id'] === system.id,
  )
  const text = JSON.stringify(person)
  const inProgram = Object.values(policy).some(({ type, inputs }) => {
    if (JSON.stringify(inputs['userIdentityId']) !== text) return false
    if (type === 'AccessGroupMembership') {
      return system.groups.includes(String(inputs['acsAccessGroupId']))
    }
    return type !== 'AccessGrant' && inputs['acsSystemId'] === system.id
  })
  return (id !== undefined && inSeam) || inProgram
}

/**
 * Whether the program declares the user of a person in a system. What names the person alone could come
 * first then, and make another one.
 */
export const declaresUser = ({ policy }: Scene, person: unknown, system: System): boolean =>
  namesOf(policy, 'AcsUser').some((name) => {
    const { acsSystemId, userIdentityId } = policy[name]!.inputs
    return acsSystemId === system.id && JSON.stringify(userIdentityId) === JSON.stringify(person)
  })
