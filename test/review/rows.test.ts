import test from 'ava'
import { markdown, report } from '../../src/review'
import { askedOf, granted, house, houseFor, lines, pin } from './asking'
import {
  ana,
  anaId,
  bo,
  boId,
  edited,
  grant,
  lab,
  labId,
  reviewOf,
  same,
  step,
  withDoor,
  wording,
} from './plans'

const { people, users, spaces, doors, group } = house

const den = (acsEntranceIds: string[]) => ({ name: 'Lab', acsEntranceIds, deviceIds: [] })
const [one, two] = withDoor(3).acsEntranceIds.concat(withDoor(4).acsEntranceIds) as [string, string]

const moved = step('update', {
  type: 'Space',
  name: 'lab',
  id: labId,
  before: den([one, two]),
  after: den([one]),
})

test('Review: a space that loses a door is one line, with everybody who held it', (t) => {
  const many = Array.from({ length: 8 }, (_, at) => {
    const id = `p${at}`
    return [
      same('UserIdentity', id, id, { fullName: `Person ${at}` }),
      same('AccessGrant', `g${at}`, `g${at}`, grant([labId], { userIdentityId: id })),
    ]
  }).flat()
  const said = markdown(reviewOf(moved, ...many), [], wording)
  const rows = said.split('\n').filter((line) => line.includes('the doors of the space change'))
  t.is(rows.length, 1)
  for (let at = 0; at < 8; at += 1) t.true(rows[0]!.includes(`Person ${at}`))
  t.regex(said, /Loses \(8 people\)/)
})

test('Review: a line has ten people at most, so that nobody is left out', (t) => {
  const many = Array.from({ length: 23 }, (_, at) => {
    const id = `p${at}`
    return [
      same('UserIdentity', id, id, { fullName: `Person ${at}` }),
      same('AccessGrant', `g${at}`, `g${at}`, grant([labId], { userIdentityId: id })),
    ]
  }).flat()
  const said = markdown(reviewOf(moved, ...many), [], wording)
  for (let at = 0; at < 23; at += 1) t.regex(said, new RegExp(`Person ${at}\\b`))
  t.is(said.split('\n').filter((line) => line.includes('the doors of the space change')).length, 3)
})

test('Review: an end that changes is the cause of a window, not the space that changes as well', (t) => {
  const endsAt = '2031-01-01T00:00:00Z'
  const seen = reviewOf(ana, moved, edited(grant([labId]), grant([labId], { endsAt })))
  t.deepEqual(lines(seen), [
    'losses: Ana Ruiz: entrance B in Lab (no end > –)',
    'windows: Ana Ruiz: Lab (no end > 2031-01-01)',
  ])
  const { losses, windows } = report(seen, [], wording)
  t.is(losses[0]!.resource.name, 'lab')
  t.is(windows[0]!.resource.name, 'g')
  t.regex(windows[0]!.why, /endsAt changes/)
})

test('Review: a group is told with its doors', async (t) => {
  const house = await houseFor(t)
  const coming = step('create', {
    type: 'AccessGroupMembership',
    name: 'm',
    after: { acsAccessGroupId: group, acsUserId: users[1] },
  })
  const said = markdown(await askedOf(house, coming), [], wording)
  t.regex(said, /\| Person 2 \| Group 1 \(group\): Door 1, Door 2 \| group \|/)
})

test('Review: whoever keeps doors with changes is counted, also who loses others', (t) => {
  const endsAt = '2031-01-01T00:00:00Z'
  const seen = reviewOf(ana, moved, edited(grant([labId]), grant([labId], { endsAt })))
  t.regex(markdown(seen, [], wording), /1 person loses, 1 person keeps with changes/)
})

test('Review: cautions name the people whom they are about', (t) => {
  const gone = step('delete', {
    type: 'UserIdentity',
    name: 'a1',
    id: anaId,
    before: { fullName: 'Ana Ruiz', deleteCascade: true },
  })
  const [caution] = reviewOf(gone).cautions
  t.regex(caution!, /^Ana Ruiz \(UserIdentity a1\) is deleted together with/)
})

test('Review: who still holds what others made is not deleted, and a report says so', async (t) => {
  const house = await houseFor(t)
  await granted(house, pin({ userIdentityId: people[1], spaceIds: [spaces[1]] }))
  const gone = (more: object) =>
    step('delete', {
      type: 'UserIdentity',
      name: 'two',
      id: people[1],
      before: { fullName: 'Person 2', ...more },
    })
  const [caution] = (await askedOf(house, gone({}))).cautions
  t.regex(caution!, /^Person 2 \(UserIdentity two\) still has what this plan does not manage/)
  const cascade = await askedOf(house, gone({ deleteCascade: true }))
  t.deepEqual(cascade.cautions, [])
  t.deepEqual(lines(cascade), ['losses: Person 2: Space 2 (no end > –)'])
})

test('Review: doors that a space gets are told also for grants made by hand', async (t) => {
  const house = await houseFor(t)
  await granted(house, pin({ userIdentityId: people[1], spaceIds: [spaces[1]] }))
  const grown = step('update', {
    type: 'Space',
    name: 's',
    id: spaces[1],
    before: { name: 'Space 2', acsEntranceIds: [doors[1]], deviceIds: [] },
    after: { name: 'Space 2', acsEntranceIds: [doors[0]], deviceIds: [] },
  })
  t.deepEqual(lines(await askedOf(house, grown)), [
    'losses: Person 2: Door 2 in Space 2 (no end > –)',
    'gains: Person 2: Door 1 in Space 2 (– > no end)',
  ])
})

test('Review: two grants by which one person loses a door are two rows, and one person', (t) => {
  const twice = [
    step('delete', { type: 'AccessGrant', name: 'g', id: 'g', before: grant([labId]) }),
    step('delete', { type: 'AccessGrant', name: 'h', id: 'h', before: grant([labId]) }),
    step('delete', {
      type: 'AccessGrant',
      name: 'i',
      id: 'i',
      before: grant([labId], { userIdentityId: boId }),
    }),
  ]
  t.regex(markdown(reviewOf(ana, bo, lab, ...twice), [], wording), /2 people lose/)
})

test('Review: doors that stay open are told by themselves where their space goes', async (t) => {
  const sandbox = await houseFor(t)
  const given = pin({ userIdentityId: people[1], spaceIds: [spaces[1]] })
  const end = { endsAt: '2031-01-01T00:00:00Z' }
  await granted(sandbox, { ...given, spaceIds: [], acsEntranceIds: [doors[1]], ...end })
  const id = await granted(sandbox, given)
  const [grant, space] = [
    step('delete', { type: 'AccessGrant', name: 'g', id, before: given }),
    { name: 'Space 2', acsEntranceIds: [doors[1]], deviceIds: [] },
  ]
  const told = { type: 'Space', name: 's', id: spaces[1], before: space }
  t.deepEqual(lines(await askedOf(sandbox, grant, step('delete', told))), [
    'windows: Person 2: Door 2 (no end > 2031-01-01)',
  ])
  const after = { ...space, acsEntranceIds: [] }
  const kept = step('same', { type: 'AccessGrant', name: 'g', id, before: given, after: given })
  t.deepEqual(lines(await askedOf(sandbox, kept, step('update', { ...told, after }))), [
    'windows: Person 2: Door 2 in Space 2 (no end > 2031-01-01)',
  ])
})

test('Review: what the same plan takes away as well keeps no door open', async (t) => {
  const sandbox = await houseFor(t)
  const given = pin({ spaceIds: [spaces[0]] })
  const id = await granted(sandbox, given)
  const edge = { acsAccessGroupId: group, acsUserId: users[0] }
  const steps = [
    step('delete', { type: 'AccessGrant', name: 'g', id, before: given }),
    step('delete', {
      type: 'AccessGroupMembership',
      name: 'm',
      id: `${group}/${users[0]}`,
      before: edge,
    }),
  ] as const
  const said = markdown(await askedOf(sandbox, ...steps), [], wording)
  t.notRegex(said, /keeps/)
  t.regex(said, /\| Space 1, apart from Door 1, which goes as well \|/)
  t.regex(said, /\| Door 1 \(in Space 1\) \|/)
  t.regex(
    markdown(await askedOf(sandbox, steps[0]), [], wording),
    /Space 1, but keeps Door 1 by Group 1/,
  )
  t.deepEqual(lines(await askedOf(sandbox, steps[0])), [
    'losses: Person 1: Space 1 but Door 1 (no end > –)',
    'means: Person 1: Door 1 in Space 1 (no end > no end)',
  ])
})
