import { buildingKeys } from '../../../src/sandbox'
import { fullNameOf, numbers, size, there, type Declared, type Policy } from './program'
import type { Random } from './random'

/** A change of a policy that somebody could make, or nothing where there is none to make. */
type Edit = (policy: Policy, random: Random, counter: Counter) => string | undefined

/** Numbers for what is new. */
export interface Counter {
  next: number
}

const named = (policy: Policy, type: string) =>
  Object.keys(policy).filter((name) => policy[name]!.type === type)

const ref = (name: string) => ({ $: name })

const future = ['2031-01-01T00:00:00Z', '2032-06-30T12:00:00Z', '2034-01-01T00:00:00Z']
const coming = ['2029-01-01T00:00:00Z', '2030-03-01T00:00:00Z']
const modes = ['code', 'card', 'mobile_key'] as const

function methods(random: Random): object[] {
  if (random.chance(0.08)) return []
  return random.some(modes, 2).map((mode) => ({ mode }))
}

const personOf = (policy: Policy, random: Random): unknown => {
  const own = named(policy, 'UserIdentity')
  return own.length > 0 && random.chance(0.7) ? ref(random.one(own)) : random.one(there.people)
}

function doorsOf(policy: Policy, random: Random): Record<string, unknown> {
  const own = named(policy, 'Space').map(ref)
  const spaces = [...own, ...there.spaces]
  const kinds: (() => Record<string, unknown>)[] = [
    () => ({ spaceIds: random.some(spaces, 2) }),
    () => ({ spaceIds: random.some(spaces, 2) }),
    () => ({ spaceKeys: random.some(numbers(size.spaces).map(buildingKeys.space), 2) }),
    () => ({ acsEntranceIds: random.some(there.doors, 3) }),
    () => ({ deviceIds: random.some(there.devices, 2) }),
    () => ({ spaceIds: [random.one(spaces)], acsEntranceIds: [random.one(there.doors)] }),
  ]
  return random.one(kinds)()
}

function window(random: Random): Record<string, unknown> {
  return {
    ...(random.chance(0.25) && { startsAt: random.one(coming) }),
    ...(random.chance(0.5) && { endsAt: random.one(future) }),
  }
}

const make = {
  person(policy: Policy, _random: Random, counter: Counter): string {
    const number = counter.next++
    policy[`person-${number}`] = { type: 'UserIdentity', props: { fullName: fullNameOf(number) } }
    return `person-${number}`
  },
  user(policy: Policy, random: Random, counter: Counter): string | undefined {
    const number = counter.next++
    const taken = named(policy, 'AcsUser').map((name) =>
      refOf(policy[name]!.props['userIdentityId']),
    )
    const free = named(policy, 'UserIdentity').filter((name) => !taken.includes(name))
    const person = free.length > 0 && random.chance(0.7) ? random.one(free) : undefined
    const fullName = person ? policy[person]!.props['fullName'] : fullNameOf(number)
    policy[`user-${number}`] = {
      type: 'AcsUser',
      props: {
        acsSystemId: there.system,
        fullName,
        ...(person && { userIdentityId: ref(person) }),
        ...(random.chance(0.3) && { accessSchedule: schedule(random) }),
        ...(random.chance(0.15) && { isSuspended: true }),
      },
    }
    return `user-${number}`
  },
  space(policy: Policy, random: Random, counter: Counter): string {
    const number = counter.next++
    policy[`space-${number}`] = {
      type: 'Space',
      props: {
        name: `Zone ${number}`,
        acsEntranceIds: random.some(there.doors, 3),
        ...(random.chance(0.5) && { deviceIds: random.some(there.devices, 1) }),
      },
    }
    return `space-${number}`
  },
  grant(policy: Policy, random: Random, counter: Counter): string {
    const number = counter.next++
    policy[`grant-${number}`] = {
      type: 'AccessGrant',
      props: {
        userIdentityId: personOf(policy, random),
        ...doorsOf(policy, random),
        requestedAccessMethods: methods(random),
        ...window(random),
      },
      ...(random.chance(0.1) && { opts: { retainOnDelete: true } }),
    }
    return `grant-${number}`
  },
  membership(policy: Policy, random: Random, counter: Counter): string | undefined {
    const held = named(policy, 'AccessGroupMembersExclusive').map(
      (name) => policy[name]!.props['acsAccessGroupId'],
    )
    const groups = there.groups.filter((group) => !held.includes(group))
    if (groups.length === 0) return undefined
    const group = random.one(groups)
    const user = random.one<unknown>([...named(policy, 'AcsUser').map(ref), ...there.users])
    const isTwin = ({ props }: Declared) =>
      props['acsAccessGroupId'] === group &&
      JSON.stringify(props['acsUserId']) === JSON.stringify(user)
    if (Object.values(policy).some(isTwin)) return undefined
    const number = counter.next++
    policy[`member-${number}`] = {
      type: 'AccessGroupMembership',
      props: { acsAccessGroupId: group, acsUserId: user },
    }
    return `member-${number}`
  },
  list(policy: Policy, random: Random, counter: Counter): string | undefined {
    const used = Object.values(policy).map(({ props }) => props['acsAccessGroupId'])
    const groups = there.groups.filter((group) => !used.includes(group))
    if (groups.length === 0) return undefined
    const users = [...named(policy, 'AcsUser').map(ref), ...there.users]
    const number = counter.next++
    policy[`list-${number}`] = {
      type: 'AccessGroupMembersExclusive',
      props: {
        acsAccessGroupId: random.one(groups),
        acsUserIds: random.some<unknown>(users, 3),
        ...(random.chance(0.5) && { removeOnDestroy: true }),
      },
    }
    return `list-${number}`
  },
  credential(policy: Policy, random: Random, counter: Counter): string {
    const number = counter.next++
    const users = [...named(policy, 'AcsUser').map(ref), ...there.users]
    policy[`card-${number}`] = {
      type: 'AcsCredential',
      props: {
        acsUserId: random.one<unknown>(users),
        accessMethod: random.one(['card', 'code']),
        acsSystemId: there.system,
        allowedAcsEntranceIds: random.some(there.doors, 3),
        // No two are alike, or the provider takes one for the other.
        endsAt: `20${31 + (number % 40)}-01-01T00:00:${String(number % 60).padStart(2, '0')}Z`,
      },
    }
    return `card-${number}`
  },
}

const schedule = (random: Random) => ({
  ...(random.chance(0.3) && { startsAt: random.one(coming) }),
  endsAt: random.chance(0.15) ? '2025-01-01T00:00:00Z' : random.one(future),
})

const refOf = (value: unknown) => (value as { $?: string } | undefined)?.$

/** Whether a property names a resource somewhere. */
const names = (value: unknown, name: string): boolean =>
  JSON.stringify(value ?? null).includes(JSON.stringify(ref(name)))

/** Takes a resource out, and out of what names it. */
function drop(policy: Policy, name: string): void {
  delete policy[name]
  for (const [other, { props }] of Object.entries(policy)) {
    if (!names(props, name)) continue
    const lists = Object.entries(props).filter(([, value]) => Array.isArray(value))
    const left = lists.map(([field, value]) => [
      field,
      (value as unknown[]).filter((one) => !names(one, name)),
    ])
    const rest = { ...props, ...(Object.fromEntries(left) as object) }
    const isEmpty = left.some(([, value]) => (value as unknown[]).length === 0)
    if (names(rest, name) || isEmpty) drop(policy, other)
    else policy[other] = { ...policy[other]!, props: rest }
  }
}

const change = (policy: Policy, name: string, props: Record<string, unknown>) => {
  const all = Object.entries({ ...policy[name]!.props, ...props }).filter(
    ([, value]) => value !== undefined,
  )
  policy[name] = { ...policy[name]!, props: Object.fromEntries(all) }
}

function edited(
  type: string,
  what: string,
  how: (props: Record<string, unknown>, policy: Policy, random: Random) => object | undefined,
): Edit {
  return (policy, random) => {
    const all = named(policy, type)
    if (all.length === 0) return undefined
    const name = random.one(all)
    const props = how(policy[name]!.props, policy, random)
    if (!props) return undefined
    change(policy, name, props as Record<string, unknown>)
    return `${what} of ${name}`
  }
}

const dropped = (type: string): Edit => {
  return (policy, random) => {
    const all = named(policy, type)
    if (all.length === 0) return undefined
    const name = random.one(all)
    drop(policy, name)
    return `${name} goes`
  }
}

const none = (all: unknown, other: unknown) => JSON.stringify(all) === JSON.stringify(other)

const added =
  (kind: keyof typeof make): Edit =>
  (policy, random, counter) => {
    const name = make[kind](policy, random, counter)
    return name && `${name} comes`
  }

const noDoors = {
  spaceIds: undefined,
  spaceKeys: undefined,
  acsEntranceIds: undefined,
  deviceIds: undefined,
}

const edits: readonly Edit[] = [
  added('person'),
  added('user'),
  added('space'),
  added('grant'),
  added('grant'),
  added('membership'),
  added('membership'),
  added('list'),
  added('credential'),
  dropped('UserIdentity'),
  dropped('AcsUser'),
  dropped('Space'),
  dropped('AccessGrant'),
  dropped('AccessGrant'),
  dropped('AccessGroupMembership'),
  dropped('AccessGroupMembersExclusive'),
  dropped('AcsCredential'),
  edited('AccessGrant', 'the end', (_props, _policy, random) => ({
    endsAt: random.chance(0.3) ? undefined : random.one(future),
  })),
  edited('AccessGrant', 'the start', ({ startsAt }, _policy, random) => ({
    startsAt: startsAt && random.chance(0.5) ? undefined : random.one(coming),
  })),
  edited('AccessGrant', 'the methods', (_props, _policy, random) => ({
    requestedAccessMethods: methods(random),
  })),
  edited('AccessGrant', 'the doors', (_props, policy, random) => ({
    ...noDoors,
    ...doorsOf(policy, random),
  })),
  edited('AccessGrant', 'the person', (_props, policy, random) => ({
    userIdentityId: personOf(policy, random),
  })),
  edited('Space', 'the doors', (_props, _policy, random) => ({
    acsEntranceIds: random.chance(0.15) ? [] : random.some(there.doors, 4),
  })),
  edited('Space', 'the doors', (_props, _policy, random) => ({
    deviceIds: random.chance(0.3) ? undefined : random.some(there.devices, 2),
  })),
  edited('AcsUser', 'the suspension', ({ isSuspended }) => ({ isSuspended: isSuspended !== true })),
  edited('AcsUser', 'the schedule', ({ accessSchedule }, _policy, random) => ({
    accessSchedule: accessSchedule && random.chance(0.4) ? undefined : schedule(random),
  })),
  edited('AcsUser', 'the person', ({ userIdentityId }, policy, random) => {
    const taken = named(policy, 'AcsUser').map((one) => refOf(policy[one]!.props['userIdentityId']))
    const free = named(policy, 'UserIdentity').filter((one) => !taken.includes(one))
    if (userIdentityId) return { userIdentityId: undefined }
    return free.length > 0 ? { userIdentityId: ref(random.one(free)) } : undefined
  }),
  edited('AccessGroupMembersExclusive', 'the users', ({ acsUserIds }, policy, random) => {
    const users = [...named(policy, 'AcsUser').map(ref), ...there.users]
    const next = random.some<unknown>(users, 3)
    return none(acsUserIds, next) ? undefined : { acsUserIds: next }
  }),
  edited('AcsCredential', 'the end', (_props, _policy, random) => ({ endsAt: random.one(future) })),
  edited('AcsCredential', 'the doors', (_props, _policy, random) => ({
    allowedAcsEntranceIds: random.some(there.doors, 3),
  })),
  edited('AcsCredential', 'the holder', (_props, policy, random) => ({
    acsUserId: random.one<unknown>([...named(policy, 'AcsUser').map(ref), ...there.users]),
  })),
  edited('UserIdentity', 'the name', ({ fullName }) => ({ fullName: `${String(fullName)}a` })),
  (policy, random) => {
    const all = Object.keys(policy).filter((name) => policy[name]!.type === 'AccessGrant')
    if (all.length === 0) return undefined
    const name = random.one(all)
    policy[name] = { ...policy[name]!, opts: { retainOnDelete: random.chance(0.5) } }
    return `whether ${name} is retained`
  },
]

/** A policy to begin with. */
export function firstPolicy(random: Random, counter: Counter): Policy {
  const policy: Policy = {}
  const kinds = ['person', 'person', 'person', 'space', 'space', 'user', 'user'] as const
  for (const kind of kinds) make[kind](policy, random, counter)
  for (let count = 0; count < 5; count += 1) make.grant(policy, random, counter)
  make.membership(policy, random, counter)
  make.membership(policy, random, counter)
  make.list(policy, random, counter)
  make.credential(policy, random, counter)
  return policy
}

/** One to three edits at once, as a pull request has them. */
export function edit(
  policy: Policy,
  random: Random,
  counter: Counter,
): { policy: Policy; what: string } {
  const next = structuredClone(policy)
  const done: string[] = []
  const count = 1 + random.below(3)
  for (let tries = 0; done.length < count && tries < 30; tries += 1) {
    const what = random.one(edits)(next, random, counter)
    if (what) done.push(what)
  }
  return { policy: next, what: done.join(', ') }
}
