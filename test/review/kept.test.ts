import test from 'ava'
import { markdown, report } from '../../src/review'
import { ask } from '../fixtures/building'
import { askedOf, granted, house, houseFor, issued, lines, pin } from './asking'
import {
  ana,
  bo,
  boId,
  edited,
  fires,
  grant,
  lab,
  labId,
  later,
  reviewOf,
  same,
  servers,
  serversId,
  step,
  urnOf,
  withDoor,
  wording,
  type Given,
} from './plans'

const { people, users, spaces, doors, group, system } = house

const kept = step('delete', {
  type: 'AccessGrant',
  name: 'g',
  id: 'g',
  before: grant([labId]),
  old: { retainOnDelete: true },
})
const labGoes = step('delete', {
  type: 'Space',
  name: 'lab',
  id: labId,
  before: { name: 'Lab', ...withDoor(3) },
})

test('Review: a retained grant ends with the space that it hangs on', (t) => {
  const seen = reviewOf(ana, labGoes, kept)
  t.deepEqual(lines(seen), ['losses: Ana Ruiz: Lab (no end > –)'])
  const { losses, others } = report(seen, [], wording)
  t.is(losses[0]!.resource.name, 'lab')
  const told = others.find(({ resource }) => resource.name === 'g')
  t.regex(told!.text, /ends in Seam with what it hangs on/)
})

test('Review: a retained grant ends with its person', (t) => {
  const gone = step('delete', {
    type: 'UserIdentity',
    name: 'ana',
    id: String(ana.oldState!['id']),
    before: { fullName: 'Ana Ruiz' },
  })
  t.deepEqual(lines(reviewOf(gone, lab, kept)), ['losses: Ana Ruiz: Lab (no end > –)'])
})

test('Review: a retained membership ends with its user', async (t) => {
  const house = await houseFor(t)
  const membership = step('delete', {
    type: 'AccessGroupMembership',
    name: 'm',
    id: `${group}/${users[0]}`,
    before: { acsAccessGroupId: group, acsUserId: users[0] },
    old: { retainOnDelete: true },
  })
  const user = step('delete', {
    type: 'AcsUser',
    name: 'u',
    id: users[0],
    before: { acsSystemId: system, fullName: 'Person 1' },
  })
  t.deepEqual(lines(await askedOf(house, membership, user)), [
    'losses: Person 1: Group 1 (group) (no end > –)',
  ])
  t.deepEqual(lines(await askedOf(house, membership)), [])
})

test('Review: a retained grant that moves to another person goes on opening for the first', (t) => {
  const moved = step('replace', {
    type: 'AccessGrant',
    name: 'g',
    id: 'g',
    before: grant([labId]),
    after: grant([labId], { userIdentityId: boId }),
    old: { retainOnDelete: true },
  })
  t.deepEqual(lines(reviewOf(ana, bo, lab, moved)), ['gains: Bo Lindgren: Lab (– > no end)'])
})

test('Review: a retained grant that is replaced while its space goes loses the space', (t) => {
  const moved = step('replace', {
    type: 'AccessGrant',
    name: 'g',
    id: 'g',
    before: grant([labId]),
    after: grant([serversId]),
    old: { retainOnDelete: true },
  })
  t.deepEqual(lines(reviewOf(ana, labGoes, servers, moved)), [
    'losses: Ana Ruiz: Lab (no end > –)',
    'gains: Ana Ruiz: Servers (– > no end)',
  ])
})

const endsAt = '2031-01-01T00:00:00Z'

test('Review: an unmanaged grant that is taken over with an end becomes shorter', async (t) => {
  const house = await houseFor(t)
  const given = pin({ userIdentityId: people[1], acsEntranceIds: [doors[0]] })
  const id = await granted(house, given)
  house.store.accessGrants.update(id, { is_managed: false })
  const taken = (more: object) =>
    step('create', {
      type: 'AccessGrant',
      name: 'g',
      after: { ...given, adoptUnmanagedAccessGrantId: id, ...more },
    })
  t.deepEqual(lines(await askedOf(house, taken({ endsAt }))), [
    'windows: Person 2: Door 1 (no end > 2031-01-01)',
  ])
  t.deepEqual(lines(await askedOf(house, taken({}))), [])
})

test('Review: a grant that is adopted by its key with an end becomes shorter', async (t) => {
  const house = await houseFor(t)
  const given = pin({ userIdentityId: people[1], spaceIds: [spaces[1]], accessGrantKey: 'mine' })
  await granted(house, given)
  const adopted = step('create', {
    type: 'AccessGrant',
    name: 'g',
    after: { ...given, adopt: true, endsAt },
  })
  t.deepEqual(lines(await askedOf(house, adopted)), [
    'windows: Person 2: Space 2 (no end > 2031-01-01)',
  ])
})

test('Review: a user who is adopted and suspended loses what the user holds', async (t) => {
  const house = await houseFor(t)
  const adopted = (more: object) =>
    step('create', {
      type: 'AcsUser',
      name: 'u',
      after: {
        acsSystemId: system,
        fullName: 'Person 1',
        userIdentityId: people[0],
        isSuspended: true,
        ...more,
      },
    })
  const lost = ['losses: Person 1: Group 1 (group) (no end > –)']
  t.deepEqual(lines(await askedOf(house, adopted({ adopt: true }))), lost)
  t.deepEqual(lines(await askedOf(house, adopted({ adoptId: users[0] }))), lost)
})

test('Review: the schedule of a user bounds memberships, lists and credentials', async (t) => {
  const house = await houseFor(t)
  const access_schedule = { starts_at: '2026-01-01T00:00:00Z', ends_at: endsAt }
  await ask(house, '/acs/users/update', { acs_user_id: users[1], access_schedule })
  const membership = step('create', {
    type: 'AccessGroupMembership',
    name: 'm',
    after: { acsAccessGroupId: group, acsUserId: users[1] },
  })
  const bounded = ['gains: Person 2: Group 1 (group) (– > 2031-01-01)']
  t.deepEqual(lines(await askedOf(house, membership)), bounded)
  const list = step('create', {
    type: 'AccessGroupMembersExclusive',
    name: 'l',
    after: { acsAccessGroupId: group, acsUserIds: [...users], adds: [users[1]] },
  })
  t.deepEqual(lines(await askedOf(house, list)), bounded)
  const card = step('create', {
    type: 'AcsCredential',
    name: 'c',
    after: {
      acsUserId: users[1],
      acsSystemId: system,
      accessMethod: 'card',
      allowedAcsEntranceIds: [doors[0]],
      endsAt: '2035-01-01T00:00:00Z',
    },
  })
  t.deepEqual(lines(await askedOf(house, card)), ['gains: Person 2: Door 1 (– > 2031-01-01)'])
})

test('Review: a schedule that is over opens nothing', async (t) => {
  const house = await houseFor(t)
  const access_schedule = { starts_at: '2020-01-01T00:00:00Z', ends_at: '2021-01-01T00:00:00Z' }
  await ask(house, '/acs/users/update', { acs_user_id: users[1], access_schedule })
  const membership = step('create', {
    type: 'AccessGroupMembership',
    name: 'm',
    after: { acsAccessGroupId: group, acsUserId: users[1] },
  })
  t.deepEqual(lines(await askedOf(house, membership)), [])
})

test('Review: who is suspended loses a PIN with the end that it had', async (t) => {
  const house = await houseFor(t)
  await issued(house, {
    acsUserId: users[1],
    acsSystemId: system,
    accessMethod: 'code',
    allowedAcsEntranceIds: [doors[0]],
    endsAt: '2034-01-01T00:00:00Z',
  })
  const before = { acsSystemId: system, fullName: 'Person 2' }
  const suspended = step('update', {
    type: 'AcsUser',
    name: 'two',
    id: users[1],
    before,
    after: { ...before, isSuspended: true },
  })
  t.deepEqual(lines(await askedOf(house, suspended)), ['losses: Person 2: Door 1 (2034-01-01 > –)'])
})

test('Review: a start that the program does not say any more is still to come', (t) => {
  const startsAt = '2032-01-01T00:00:00Z'
  const seen = reviewOf(ana, lab, edited(grant([labId], { startsAt }), grant([labId])))
  t.deepEqual(lines(seen), [])
  const later = edited(grant([labId]), grant([labId], { endsAt: '2033-01-01T00:00:00Z' }), {
    old: { outputs: { ...grant([labId]), startsAt } },
  })
  const { windows } = report(reviewOf(ana, lab, later), [], wording)
  t.deepEqual(windows[0]!.before, { from: startsAt })
  t.deepEqual(windows[0]!.after, { from: startsAt, until: '2033-01-01T00:00:00Z' })
})

test('Review: without a key, who is suspended may lose anything in the system', (t) => {
  const before = { acsSystemId: system, fullName: 'Una' }
  const changed = (more: object) =>
    reviewOf(
      step('update', {
        type: 'AcsUser',
        name: 'u',
        id: users[0],
        before,
        after: { ...before, ...more },
      }),
    )
  const suspended = changed({ isSuspended: true })
  t.deepEqual(lines(suspended), ['losses: Una: an access control system (no end > –)'])
  t.is(fires(suspended, { protected: { people: ['Una'] } }), 4)
  t.is(suspended.access.standing, 0)
  t.deepEqual(lines(changed({ accessSchedule: { endsAt } })), [
    'windows: Una: an access control system (no end > 2031-01-01)',
  ])
  t.deepEqual(lines(changed({ fullName: 'Una Holm' })), [])
})

test('Review: what names an adopted person by the resource is not replaced', async (t) => {
  const sandbox = await houseFor(t)
  const given = {
    userIdentityId: people[1],
    spaceIds: [spaces[1]],
    requestedAccessMethods: [{ mode: 'card' }],
  }
  const id = await granted(sandbox, given)
  const person = (more: Given) =>
    step('create', { type: 'UserIdentity', name: 'p', after: { fullName: 'Person 2', ...more } })
  const grant = step('replace', {
    type: 'AccessGrant',
    name: 'g',
    id,
    before: given,
    after: { ...given, userIdentityId: later },
    refers: { userIdentityId: [urnOf('UserIdentity', 'p')] },
  })
  const adopting = person({ adoptId: people[1] })
  for (const seen of [await askedOf(sandbox, adopting, grant), reviewOf(adopting, grant)]) {
    t.deepEqual(lines(seen), [])
    t.regex(markdown(seen, [], wording), /AccessGrant g<\/code> stays as it is: what it names is/)
  }
  t.deepEqual(lines(await askedOf(sandbox, person({}), grant)), [
    'losses: Person 2: Space 2 (no end > –)',
    'gains: Person 2: Space 2 (– > no end)',
  ])
})

test('Review: what hangs on a user stays with the user, whoever that stands for', async (t) => {
  const sandbox = await houseFor(t)
  const membership = same('AccessGroupMembership', 'm', `${group}/${users[0]}`, {
    acsAccessGroupId: group,
    userIdentityId: people[0],
    acsUserId: users[0],
  })
  const before = { acsSystemId: system, fullName: 'Person 1', userIdentityId: people[0] }
  const { userIdentityId: _, ...after } = before
  const user = step('update', { type: 'AcsUser', name: 'u', id: users[0], before, after })
  for (const seen of [await askedOf(sandbox, membership, user), reviewOf(membership, user)]) {
    t.deepEqual(
      report(seen, [], wording).losses.map(({ person }) => person.id),
      [people[0]],
    )
    t.deepEqual(
      report(seen, [], wording).gains.map(({ person }) => [person.kind, person.id]),
      [['acs_user', users[0]]],
    )
  }
})

test('Review: what is adopted stays as it is where the program is silent', async (t) => {
  const sandbox = await houseFor(t)
  await ask(sandbox, '/acs/users/suspend', { acs_user_id: users[0] })
  const adopting = step('create', {
    type: 'AcsUser',
    name: 'u',
    after: { acsSystemId: system, fullName: 'Person 1', adoptId: users[0] },
  })
  t.deepEqual(lines(await askedOf(sandbox, adopting)), [])
})

test('Review: what others gave the user of a person goes with the person', async (t) => {
  const sandbox = await houseFor(t)
  await issued(sandbox, {
    acsUserId: users[1],
    accessMethod: 'card',
    allowedAcsEntranceIds: [doors[1]],
  })
  const gone = step('delete', {
    type: 'UserIdentity',
    name: 'p',
    id: people[1],
    before: { fullName: 'Person 2', deleteCascade: true },
  })
  const seen = await askedOf(sandbox, gone)
  t.deepEqual(lines(seen), ['losses: Person 2: Door 2 (no end > –)'])
})
