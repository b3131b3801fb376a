import type { Sandbox } from '../../../src/sandbox'
import type { Building } from './building'
import { ends, methodsOf, overWindow, startOf } from './parts'
import type { Random } from './random'
import type { Asker, Walk, Wire } from './walk'

/** A resource of the stack, as far as people can get at it. */
export interface Held {
  readonly type: string
  readonly id: string
  readonly inputs: Wire
}

/** What a change by hand may look at. */
export interface Hand {
  readonly asker: Asker
  readonly sandbox: Sandbox
  readonly building: Building
  readonly walk: Walk
  /** What the program manages. */
  readonly held: readonly Held[]
  readonly random: Random
}

/** Changes something in Seam, and says what; says nothing where there was nothing to do. */
type Change = (hand: Hand) => Promise<string | undefined>

const isHeld = ({ held }: Hand, type: string, id: unknown) =>
  held.some((one) => one.type === type && one.id === id)

const of = (
  type: string,
  change: (one: Held, hand: Hand) => Promise<string | undefined>,
): Change => {
  return async (hand) => {
    const one = hand.random.maybe(hand.held.filter((held) => held.type === type))
    return one && change(one, hand)
  }
}

const grantOf = ({ walk }: Hand, id: string) =>
  walk.lists.grants.find((grant) => grant['access_grant_id'] === id)

const isBefore = (from: unknown, until: unknown) =>
  typeof until !== 'string' || Date.parse(String(from)) < Date.parse(until)

/** Whether it was there before the program, so that no deployment can bring it back. */
const isAdopted = (inputs: Wire) =>
  ['adopt', 'adoptId', 'adoptUnmanagedAccessGrantId'].some((name) => inputs[name] !== undefined)

/** Changes of what the program manages: a search for drift can know all of them. */
const managed = new Map<Change, number>([
  [
    of('AccessGrant', async ({ id: access_grant_id, inputs }, { asker }) => {
      if (isAdopted(inputs)) return undefined
      await asker.call('/access_grants/delete', { access_grant_id })
      return 'a grant is deleted'
    }),
    2,
  ],
  [
    of('AccessGrant', async ({ id: access_grant_id }, hand) => {
      const grant = grantOf(hand, access_grant_id)
      const ends_at = hand.random.chance(0.3) ? null : hand.random.one(ends)
      if (!grant || !isBefore(grant['starts_at'], ends_at)) return undefined
      await hand.asker.call('/access_grants/update', { access_grant_id, ends_at })
      return 'the end of a grant is moved'
    }),
    3,
  ],
  [
    of('AccessGrant', async ({ id: access_grant_id }, hand) => {
      const grant = grantOf(hand, access_grant_id)
      const starts_at = startOf(hand.random)
      if (!grant || !isBefore(starts_at, grant['ends_at'])) return undefined
      await hand.asker.call('/access_grants/update', { access_grant_id, starts_at })
      return 'the start of a grant is moved'
    }),
    3,
  ],
  [
    of('AccessGrant', async ({ id: access_grant_id }, { asker }) => {
      const { startsAt: starts_at, endsAt: ends_at } = overWindow
      await asker.call('/access_grants/update', { access_grant_id, starts_at, ends_at })
      return 'a grant is ended'
    }),
    1,
  ],
  [
    of('AccessGrant', async ({ id }, hand) => {
      const methods = grantOf(hand, id)?.['access_method_ids'] as string[] | undefined
      const access_method_id = hand.random.maybe(methods ?? [])
      // A PIN may serve grants of others, of whose loss no state tells.
      const serves = hand.walk.lists.grants.filter((grant) =>
        (grant['access_method_ids'] as unknown[]).includes(access_method_id),
      )
      const isOurs = serves.every((one) => isHeld(hand, 'AccessGrant', one['access_grant_id']))
      if (access_method_id === undefined || !isOurs) return undefined
      await hand.asker.call('/access_methods/delete', { access_method_id })
      return 'a method of a grant is deleted'
    }),
    3,
  ],
  [
    of('AcsUser', async ({ id: acs_user_id }, { asker, walk }) => {
      const user = walk.lists.users.find((one) => one['acs_user_id'] === acs_user_id)
      const action = user?.['is_suspended'] ? 'unsuspend' : 'suspend'
      await asker.call(`/acs/users/${action}`, { acs_user_id })
      return `a user is ${action}ed`
    }),
    4,
  ],
  [
    of('AcsUser', async ({ id: acs_user_id }, { asker, random }) => {
      const access_schedule = { starts_at: startOf(random), ends_at: ends.at(-1) }
      await asker.call('/acs/users/update', { acs_user_id, access_schedule })
      return 'the schedule of a user is changed'
    }),
    2,
  ],
  [
    of('AccessGroupMembership', async ({ id }, { asker }) => {
      const [acs_access_group_id, acs_user_id] = id.split('/')
      await asker.call('/acs/access_groups/remove_user', { acs_access_group_id, acs_user_id })
      return 'a member is removed'
    }),
    3,
  ],
  [
    of('AccessGroupMembersExclusive', async ({ id }, { asker, building, random }) => {
      const system = building.systems.find(({ groups }) => groups.includes(id))!
      const member = { acs_access_group_id: id, acs_user_id: random.one(system.users) }
      const action = random.chance(0.6) ? 'add' : 'remove'
      await asker.call(`/acs/access_groups/${action}_user`, member)
      return `a listed group: ${action} a user`
    }),
    3,
  ],
  [
    of('Space', async ({ id: space_id, inputs }, { asker, building, random }) => {
      if (inputs['acsEntranceIds'] === undefined) return undefined
      const acs_entrance_ids = random.some(random.one(building.systems).doors, 0, 3)
      await asker.call('/spaces/update', { space_id, acs_entrance_ids })
      return 'the doors of a space are changed'
    }),
    4,
  ],
  [
    of('AcsCredential', async ({ id: acs_credential_id, inputs }, { asker }) => {
      if (isAdopted(inputs)) return undefined
      await asker.call('/acs/credentials/delete', { acs_credential_id })
      return 'a credential is deleted'
    }),
    1,
  ],
  [
    of('AcsCredential', async ({ id: acs_credential_id }, { asker, random }) => {
      const ends_at = random.one(ends)
      await asker.call('/acs/credentials/update', { acs_credential_id, ends_at })
      return 'the end of a credential is moved'
    }),
    2,
  ],
  [() => Promise.resolve('nothing'), 1],
])

/** Somebody, chosen by name: what the engine creates side by side comes in any order. */
function anybody({ walk, random }: Hand): unknown {
  const people = new Map(walk.lists.people.map((one) => [String(one['full_name']), one]))
  return people.get(random.one([...people.keys()].sort()))!['user_identity_id']
}

const grantByHand: Change = async (hand) => {
  const { asker, building, sandbox, random } = hand
  const doors = building.systems.flatMap((system) => system.doors)
  const isBySpace = random.chance(0.5)
  const { access_grant: grant } = await asker.call('/access_grants/create', {
    user_identity_id: anybody(hand),
    requested_access_methods: methodsOf(random),
    ...(isBySpace
      ? { space_ids: [random.one(building.spaces).id] }
      : { acs_entrance_ids: random.some(doors, 1, 3) }),
    ...(random.chance(0.4) && { ends_at: random.one(ends) }),
  })
  const id = String((grant as Wire)['access_grant_id'])
  const isManaged = random.chance(0.6)
  if (!isManaged) sandbox.store.accessGrants.update(id, { is_managed: false })
  return `a new grant${isManaged ? '' : ', unmanaged'}`
}

const memberByHand: Change = async ({ asker, building, held, random }) => {
  const system = random.one(building.systems)
  const acs_access_group_id = random.one(system.groups)
  const own = held.filter(
    ({ type, inputs }) => type === 'AcsUser' && inputs['acsSystemId'] === system.id,
  )
  const acs_user_id = random.one([...system.users, ...own.map(({ id }) => id)])
  await asker.call('/acs/access_groups/add_user', { acs_access_group_id, acs_user_id })
  return 'a new member'
}

const credentialByHand: Change = async ({ asker, building, random }) => {
  const system = random.one(building.systems)
  await asker.call('/acs/credentials/create', {
    access_method: random.one(['card', 'mobile_key']),
    acs_user_id: random.one(system.users),
    allowed_acs_entrance_ids: random.some(system.doors, 1, 3),
    ...(random.chance(0.4) && { ends_at: random.one(ends) }),
  })
  return 'a new credential'
}

/** Links a user whom no program declares to a person, or ends the link. */
const linkByHand: Change = async (hand) => {
  const { asker, building, walk, random } = hand
  const users = building.systems.flatMap((system) => system.users)
  const acs_user_id = random.one(users)
  const user = walk.lists.users.find((one) => one['acs_user_id'] === acs_user_id)
  if (!user || isHeld(hand, 'AcsUser', acs_user_id)) return undefined
  const { user_identity_id: linked, acs_system_id: system } = user
  if (linked !== undefined) {
    await asker.call('/user_identities/remove_acs_user', { acs_user_id, user_identity_id: linked })
    return 'a user is unlinked'
  }
  const user_identity_id = anybody(hand)
  const isTaken = walk.lists.users.some(
    (one) => one['user_identity_id'] === user_identity_id && one['acs_system_id'] === system,
  )
  if (isTaken) return undefined
  await asker.call('/user_identities/add_acs_user', { acs_user_id, user_identity_id })
  return 'a user is linked'
}

const boundsByHand: Change = async (hand) => {
  const { asker, building, random } = hand
  const acs_user_id = random.one(building.systems.flatMap((system) => system.users))
  const isThere = hand.walk.person.has(acs_user_id)
  if (!isThere || isHeld(hand, 'AcsUser', acs_user_id)) return undefined
  if (random.chance(0.4)) {
    await asker.call('/acs/users/suspend', { acs_user_id })
    return 'a user is suspended'
  }
  const access_schedule = { starts_at: startOf(random), ends_at: ends.at(-1) }
  await asker.call('/acs/users/update', { acs_user_id, access_schedule })
  return 'a user gets a schedule'
}

const doorsByHand: Change = async (hand) => {
  const { asker, building, random } = hand
  const { id: space_id } = random.one(building.spaces)
  if (!hand.walk.names.has(space_id) || isHeld(hand, 'Space', space_id)) return undefined
  const acs_entrance_ids = random.some(random.one(building.systems).doors, 0, 3)
  await asker.call('/spaces/update', { space_id, acs_entrance_ids })
  return 'a space gets other doors'
}

/** Changes of what no program declares: a review can see them, and no search for drift tells them. */
const foreign = new Map<Change, number>([
  [grantByHand, 4],
  [memberByHand, 3],
  [credentialByHand, 1],
  [linkByHand, 2],
  [boundsByHand, 1],
  [doorsByHand, 1],
])

async function done(changes: ReadonlyMap<Change, number>, hand: Hand): Promise<string> {
  for (let tries = 0; tries < 30; tries += 1) {
    const what = await hand.random.weighted(changes)(hand)
    if (what !== undefined) return what
  }
  return 'nothing'
}

/** Somebody changes what the program manages. */
export const changeManaged = (hand: Hand) => done(managed, hand)

/** Somebody changes what it does not manage. */
export const changeForeign = (hand: Hand) => done(foreign, hand)
