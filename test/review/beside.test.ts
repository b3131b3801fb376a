import test from 'ava'
import { markdown, review } from '../../src/review'
import { ask } from '../fixtures/building'
import { asked, askedOf, granted, house, houseFor, issued, lines, pin, user } from './asking'
import { planOf, same, step, withDoor } from './plans'

const { people, users, spaces, doors, group, system } = house

const grantStep = (op: string, id: string, before: object | undefined, after?: object) =>
  step(op, {
    type: 'AccessGrant',
    name: 'g',
    id,
    ...(before && { before: before as Record<string, unknown> }),
    ...(after && { after: after as Record<string, unknown> }),
  })

test('Review: a door that a membership opens as well is not lost with a grant', async (t) => {
  const house = await houseFor(t)
  const given = pin({ acsEntranceIds: [doors[0]] })
  const id = await granted(house, given)
  t.deepEqual(lines(await askedOf(house, grantStep('delete', id, given))), [
    'means: Person 1: Door 1 (no end > no end)',
  ])
})

test('Review: a door that a grant made by hand opens as well is neither lost nor gained', async (t) => {
  const house = await houseFor(t)
  const given = pin({ userIdentityId: people[1], acsEntranceIds: [doors[1]] })
  await granted(house, { ...given, acsEntranceIds: undefined, spaceIds: [spaces[1]] })
  const id = await granted(house, given)
  const kept = ['covered: Person 2: Door 2 (no end > no end)']
  t.deepEqual(lines(await askedOf(house, grantStep('delete', id, given))), kept)
  const coming = grantStep('create', '', undefined, given)
  t.deepEqual(lines(await askedOf(house, coming)), kept)
})

test('Review: a grant made by hand that names a door itself keeps it open', async (t) => {
  const house = await houseFor(t)
  const given = pin({ userIdentityId: people[1], spaceIds: [spaces[1]] })
  await granted(house, pin({ userIdentityId: people[1], acsEntranceIds: [doors[1]] }))
  const id = await granted(house, given)
  t.deepEqual(lines(await askedOf(house, grantStep('delete', id, given))), [
    'covered: Person 2: Space 2 (no end > no end)',
  ])
})

test('Review: a card made by hand keeps its doors open, and no other', async (t) => {
  const house = await houseFor(t)
  const given = pin({ userIdentityId: people[1], acsEntranceIds: [...doors] })
  await issued(house, {
    acsUserId: users[1],
    acsSystemId: system,
    accessMethod: 'card',
    allowedAcsEntranceIds: [doors[0]],
  })
  const id = await granted(house, given)
  t.deepEqual(lines(await askedOf(house, grantStep('delete', id, given))), [
    'losses: Person 2: Door 2 (no end > –)',
    'means: Person 2: Door 1 (no end > no end)',
  ])
})

test('Review: a space is told as a whole, but for the doors that stay open', async (t) => {
  const house = await houseFor(t)
  const given = pin({ spaceIds: [spaces[0]] })
  const id = await granted(house, given)
  t.deepEqual(lines(await askedOf(house, grantStep('delete', id, given))), [
    'losses: Person 1: Space 1 but Door 1 (no end > –)',
    'means: Person 1: Door 1 in Space 1 (no end > no end)',
  ])
})

test('Review: a space by its key and by its id is one', async (t) => {
  const house = await houseFor(t)
  const byKey = pin({ userIdentityId: people[1], spaceKeys: ['space-000002'] })
  const byId = pin({ userIdentityId: people[1], spaceIds: [spaces[1]] })
  const [going, kept] = [await granted(house, byKey), await granted(house, byId)]
  const steps = [grantStep('delete', going, byKey), same('AccessGrant', 'k', kept, byId)]
  const covered = ['covered: Person 2: Space 2 (no end > no end)']
  t.deepEqual(lines(await askedOf(house, ...steps)), covered)
})

test('Review: a space of the same doors as one that goes keeps them open', async (t) => {
  const house = await houseFor(t)
  const twin = { name: 'Twin', acsEntranceIds: [doors[1]], deviceIds: [] }
  const { space } = await ask(house, '/spaces/create', {
    name: 'Twin',
    acs_entrance_ids: [doors[1]],
    device_ids: [],
  })
  const id = String(space!['space_id'])
  const [one, two] = [
    pin({ userIdentityId: people[1], spaceIds: [spaces[1]] }),
    pin({ userIdentityId: people[1], spaceIds: [id] }),
  ]
  const [going, kept] = [await granted(house, one), await granted(house, two)]
  const seen = await askedOf(
    house,
    same('Space', 'twin', id, twin),
    grantStep('delete', going, one),
    same('AccessGrant', 'k', kept, two),
  )
  t.deepEqual(lines(seen), ['covered: Person 2: Space 2 (no end > no end)'])
})

test('Review: whoever a user stands for by now loses, not who an old state names', async (t) => {
  const house = await houseFor(t)
  const membership = { acsAccessGroupId: group, acsUserId: users[0] }
  await ask(house, '/user_identities/remove_acs_user', {
    user_identity_id: people[0],
    acs_user_id: users[0],
  })
  const stale = step('same', {
    type: 'UserIdentity',
    name: 'one',
    id: people[0],
    before: { fullName: 'Person 1', acsUserIds: [users[0]] },
    after: { fullName: 'Person 1', acsUserIds: [users[0]] },
  })
  await ask(house, '/acs/users/update', { acs_user_id: users[0], full_name: 'Una' })
  const seen = await askedOf(
    house,
    stale,
    step('delete', {
      type: 'AccessGroupMembership',
      name: 'm',
      id: `${group}/${users[0]}`,
      before: membership,
    }),
  )
  t.deepEqual(lines(seen), ['losses: Una: Group 1 (group) (no end > –)'])
})

test('Review: a membership that is there already is no gain, nor is that of a suspended user', async (t) => {
  const house = await houseFor(t)
  const coming = (index: 0 | 1) =>
    step('create', {
      type: 'AccessGroupMembership',
      name: 'm',
      after: { acsAccessGroupId: group, acsUserId: users[index] },
    })
  const there = await askedOf(house, coming(0))
  t.deepEqual(lines(there), ['covered: Person 1: Group 1 (group) (no end > no end)'])
  t.deepEqual(lines(await askedOf(house, coming(1))), [
    'gains: Person 2: Group 1 (group) (– > no end)',
  ])
  await ask(house, '/acs/users/suspend', { acs_user_id: users[1] })
  t.deepEqual(lines(await askedOf(house, coming(1))), [])
})

test('Review: who had one door by a card loses that, and not the whole system', async (t) => {
  const house = await houseFor(t)
  const card = {
    acsUserId: users[1],
    acsSystemId: system,
    accessMethod: 'card',
    allowedAcsEntranceIds: [doors[0]],
  }
  await issued(house, card)
  const suspended = step('update', {
    type: 'AcsUser',
    name: 'two',
    id: users[1],
    before: { acsSystemId: system, fullName: 'Person 2' },
    after: { acsSystemId: system, fullName: 'Person 2', isSuspended: true },
  })
  t.deepEqual(lines(await askedOf(house, suspended)), ['losses: Person 2: Door 1 (no end > –)'])
})

test('Review: a space that comes under management keeps what it opens', async (t) => {
  const house = await houseFor(t)
  const given = pin({ userIdentityId: people[1], spaceIds: [spaces[1]] })
  const id = await granted(house, given)
  const later = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'
  const urn = 'urn:pulumi:test::program::pulumi-nodejs:dynamic/seam:Space::lobby'
  const adopting = step('create', {
    type: 'Space',
    name: 'lobby',
    after: { name: 'Space 2', adoptId: spaces[1], acsEntranceIds: [doors[1]], deviceIds: [] },
  })
  const replaced = step('replace', {
    type: 'AccessGrant',
    name: 'g',
    id,
    before: given,
    after: { ...given, spaceIds: [later] },
    refers: { spaceIds: [urn] },
  })
  t.deepEqual(lines(await askedOf(house, adopting, replaced)), [])
})

test('Review: without a key, what nobody could see is said, and never that it is nobody', async (t) => {
  const lab = same('Space', 'lab', spaces[0], { name: 'Lab', ...withDoor(3) })
  const unnamed = step('update', {
    type: 'Space',
    name: 'lab',
    id: spaces[0],
    before: { name: 'Lab', ...withDoor(3) },
    after: { name: 'Laboratory', ...withDoor(3) },
  })
  const said = markdown(review(planOf(unnamed)), [], { timeZone: 'UTC', showContacts: false })
  t.regex(said, /no change of access is known/)
  t.regex(said, /Seam was not asked \(SEAM_API_KEY\)/)
  const house = await houseFor(t)
  const named = await asked(house, planOf(lab, unnamed))
  t.notRegex(markdown(named, [], { timeZone: 'UTC', showContacts: false }), /was not asked/)
})

test('Review: a user of the plan is who Seam says', async (t) => {
  const house = await houseFor(t)
  const gone = step('delete', {
    type: 'AccessGroupMembership',
    name: 'm',
    id: `${group}/${users[0]}`,
    before: { acsAccessGroupId: group, acsUserId: users[0] },
  })
  t.deepEqual(lines(await askedOf(house, user(), gone)), [
    'losses: Person 1: Group 1 (group) (no end > –)',
  ])
})
