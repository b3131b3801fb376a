import test from 'ava'
import { markdown, readPulumi, report, type Plan } from '../../src/review'
import { ask } from '../fixtures/building'
import { asked, granted, house, houseFor, lines, pin } from './asking'
import { step, wording, type Given, type Told } from './plans'

const { people, users, spaces, doors, group, system } = house

/** What `pulumi refresh --preview-only --json` says of a resource: what it has seen, if it tells. */
const looked = (told: Omit<Told, 'before' | 'after'> & { state: Given; seen?: Given }) => {
  const { state, seen = state, ...rest } = told
  return step('refresh', { ...rest, before: state, after: seen })
}

const lookedOf = (...steps: object[]): Plan =>
  readPulumi(JSON.stringify({ steps, changeSummary: {} }), undefined, true)

const membership = looked({
  type: 'AccessGroupMembership',
  name: 'm',
  id: `${group}/${users[0]}`,
  state: { acsAccessGroupId: group, acsUserId: users[0] },
})

const one = {
  acsSystemId: system,
  fullName: 'Person 1',
  emailAddress: 'person-000001@building.example',
  userIdentityId: people[0],
}

const userSeen = (more: Given = {}) =>
  looked({
    type: 'AcsUser',
    name: 'u',
    id: users[0],
    state: one,
    old: { outputs: { ...one, isSuspended: false, ...more } },
  })

test('Drift: a user whom somebody suspended lost the doors, though no program says a word', async (t) => {
  const house = await houseFor(t)
  const plan = lookedOf(userSeen(), membership)
  t.regex(markdown(await asked(house, plan), [], wording), /no drift/)
  await ask(house, '/acs/users/suspend', { acs_user_id: users[0] })
  const seen = await asked(house, plan)
  t.deepEqual(lines(seen), ['losses: Person 1: Group 1 (group) (no end > –)'])
  t.regex(report(seen, [], wording).losses[0]!.why, /isSuspended changed outside the program/)
})

test('Drift: a schedule that somebody gave a user is told, and one without a start is no drift', async (t) => {
  const house = await houseFor(t)
  const access_schedule = { starts_at: '2026-01-01T00:00:00Z', ends_at: '2031-01-01T00:00:00Z' }
  await ask(house, '/acs/users/update', { acs_user_id: users[0], access_schedule })
  t.deepEqual(lines(await asked(house, lookedOf(userSeen(), membership))), [
    'windows: Person 1: Group 1 (group) (no end > 2031-01-01)',
  ])
  const known = userSeen({ accessSchedule: { endsAt: '2031-01-01T00:00:00Z' } })
  const calm = await asked(house, lookedOf(known, membership))
  t.regex(markdown(calm, [], wording), /no drift/)
})

test('Drift: a start that somebody moved is told, though no program says one', async (t) => {
  const house = await houseFor(t)
  const given = pin({ userIdentityId: people[1], spaceIds: [spaces[1]] })
  const id = await granted(house, given)
  const { starts_at: startsAt } = house.store.accessGrants.get(id)!
  const plan = lookedOf(
    looked({
      type: 'AccessGrant',
      name: 'g',
      id,
      state: given,
      old: { outputs: { ...given, startsAt } },
    }),
  )
  t.regex(markdown(await asked(house, plan), [], wording), /no drift/)
  const starts_at = '2031-01-01T00:00:00Z'
  await ask(house, '/access_grants/update', { access_grant_id: id, starts_at })
  const { windows } = report(await asked(house, plan), [], wording)
  t.deepEqual(
    windows.map(({ person, after }) => [person.name, after]),
    [['Person 2', { from: starts_at }]],
  )
})

test('Drift: a list that was just deployed is none, whatever the plan had found out', async (t) => {
  const house = await houseFor(t)
  const list = { acsAccessGroupId: group, acsUserIds: [users[0]] }
  const deployed = looked({
    type: 'AccessGroupMembersExclusive',
    name: 'l',
    id: group,
    state: { ...list, removes: [`Person 2 (${users[1]})`], adds: [users[0]] },
    seen: list,
  })
  t.regex(markdown(await asked(house, lookedOf(deployed)), [], wording), /no drift/)
})

test('Drift: doors of a space that somebody changed are told for grants made by hand', async (t) => {
  const house = await houseFor(t)
  await granted(house, pin({ userIdentityId: people[1], spaceIds: [spaces[1]] }))
  const space = { name: 'Space 2', acsEntranceIds: [doors[1]], deviceIds: [] }
  await ask(house, '/spaces/update', { space_id: spaces[1], acs_entrance_ids: [doors[0]] })
  const seen = step('update', {
    type: 'Space',
    name: 's',
    id: spaces[1],
    before: space,
    after: { ...space, acsEntranceIds: [doors[0]] },
  })
  t.deepEqual(lines(await asked(house, lookedOf(seen))), [
    'losses: Person 2: Door 2 in Space 2 (no end > –)',
    'gains: Person 2: Door 1 in Space 2 (– > no end)',
  ])
})

test('Drift: a member whom somebody removed lost the doors, also where a deployment would let the membership be', async (t) => {
  const house = await houseFor(t)
  const ends = { acs_access_group_id: group, acs_user_id: users[0] }
  await ask(house, '/acs/access_groups/remove_user', ends)
  for (const old of [{}, { retainOnDelete: true }]) {
    const gone = step('delete', {
      type: 'AccessGroupMembership',
      name: 'm',
      id: `${group}/${users[0]}`,
      before: { acsAccessGroupId: group, acsUserId: users[0] },
      old,
    })
    t.deepEqual(lines(await asked(house, lookedOf(gone))), [
      'losses: Person 1: Group 1 (group) (no end > –)',
    ])
  }
})

test('Drift: the way back is said once, and it is one that guards look at', async (t) => {
  const house = await houseFor(t)
  await ask(house, '/acs/users/suspend', { acs_user_id: users[0] })
  const seen = await asked(house, lookedOf(userSeen(), membership))
  const said = markdown(seen, [], wording)
  t.is(said.split('seam-iac up --refresh').length, 2)
  t.notRegex(said, /pulumi up/)
  t.regex(report(seen, [], wording).hint!, /^seam-iac up --refresh brings back/)
})

test('Drift: a method that somebody deleted is told, though a PIN hides the list', async (t) => {
  const house = await houseFor(t)
  const given = pin({ userIdentityId: people[1], spaceIds: [spaces[1]] })
  const id = await granted(house, {
    ...given,
    requestedAccessMethods: [{ mode: 'code', code: '471100' }, { mode: 'card' }],
  })
  const grant = house.store.accessGrants.get(id)!
  const accessMethodIds = grant.access_method_ids
  const state = { ...given, requestedAccessMethods: '[secret]' }
  const plan = lookedOf(
    looked({
      type: 'AccessGrant',
      name: 'g',
      id,
      state,
      old: { outputs: { ...state, accessMethodIds } },
    }),
  )
  t.regex(markdown(await asked(house, plan), [], wording), /no drift/)
  const code = grant.requested_access_methods[0]!.created_access_method_ids[0]
  await ask(house, '/access_methods/delete', { access_method_id: code })
  const seen = await asked(house, plan)
  t.deepEqual(lines(seen), ['means: Person 2: Space 2 (no end > no end)'])
  t.regex(markdown(seen, [], wording), /\| card, PIN → card \|/)
  t.notRegex(markdown(seen, [], wording), /471100/)
})

test('Drift: a PIN that stays because another grant has it is none', async (t) => {
  const house = await houseFor(t)
  const given = pin({ userIdentityId: people[1], spaceIds: [spaces[1]] })
  const id = await granted(house, given)
  await granted(house, { ...given, spaceIds: [spaces[0]] })
  const accessMethodIds = house.store.accessGrants.get(id)!.access_method_ids
  const state = { ...given, requestedAccessMethods: [] }
  const found = looked({
    type: 'AccessGrant',
    name: 'g',
    id,
    state,
    seen: given,
    old: { outputs: { ...state, accessMethodIds } },
  })
  t.regex(markdown(await asked(house, lookedOf(found)), [], wording), /no drift/)
})

test('Drift: whose user a membership was is what the state says', async (t) => {
  const house = await houseFor(t)
  const ends = { acs_user_id: users[0], user_identity_id: people[0] }
  await ask(house, '/user_identities/remove_acs_user', ends)
  const state = { acsAccessGroupId: group, userIdentityId: people[0] }
  const found = looked({
    type: 'AccessGroupMembership',
    name: 'm',
    id: `${group}/${users[0]}`,
    state,
    seen: { acsAccessGroupId: group },
    old: { outputs: { ...state, acsUserId: users[0] } },
    next: { outputs: { acsAccessGroupId: group, acsUserId: users[0] } },
  })
  const { losses, gains } = report(await asked(house, lookedOf(found)), [], wording)
  const whom = (rows: typeof losses) => rows.map(({ person }) => [person.kind, person.id])
  t.deepEqual(whom(losses), [['user_identity', people[0]]])
  t.deepEqual(whom(gains), [['acs_user', users[0]]])
})
