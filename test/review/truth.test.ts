import test from 'ava'
import { markdown, readPulumi } from '../../src/review'
import { lines } from './asking'
import {
  ana,
  edited,
  anaId,
  gone,
  grant,
  grantId,
  idOf,
  lab,
  labId,
  later,
  passes,
  planOf,
  reviewOf,
  same,
  servers,
  serversId,
  step,
  told,
  urnOf,
  userId,
  withDoor,
  wording,
} from './plans'

test('Review: what a failed update has not done is not taken for done', (t) => {
  const after = grant([labId], { endsAt: '2030-02-01T00:00:00Z' })
  const seen = reviewOf(
    ana,
    lab,
    edited(after, after, {
      old: { initErrors: ['failed'], outputs: { ...after, endsAt: '2031-01-01T00:00:00Z' } },
    }),
  )
  t.deepEqual(told(seen).losses, ['Ana Ruiz: Lab'])
})

test('Review: a list that only the deployment knows loses nobody a door', (t) => {
  const seen = reviewOf(
    ana,
    lab,
    step('create', { type: 'Space', name: 'x', after: { name: 'X', ...withDoor(9) } }),
    step('replace', {
      type: 'AccessGrant',
      name: 'g',
      id: grantId,
      before: grant([labId]),
      after: { ...grant([]), spaceIds: later },
      refers: { spaceIds: [urnOf('Space', 'lab'), urnOf('Space', 'x')] },
    }),
  )
  t.deepEqual(told(seen).losses, [])
  t.regex(told(seen).gains.join(), /^Ana Ruiz: .*X/)
})

test('Review: a list that moves to another group leaves the old one', (t) => {
  const list = (acsAccessGroupId: string) => ({
    acsAccessGroupId,
    acsUserIds: [userId],
    removeOnDestroy: true,
  })
  const seen = reviewOf(
    step('replace', {
      type: 'AccessGroupMembersExclusive',
      name: 'e',
      id: idOf(7),
      before: list(idOf(7)),
      after: { ...list(idOf(8)), adds: [userId] },
    }),
  )
  t.is(told(seen).losses.length, 1)
  t.is(told(seen).gains.length, 1)
})

test('Review: a replaced object that is retained, or an imported one, closes nothing', (t) => {
  const retained = reviewOf(
    ana,
    lab,
    servers,
    step('replace', {
      type: 'AccessGrant',
      name: 'g',
      id: grantId,
      before: grant([labId]),
      after: grant([serversId]),
      old: { retainOnDelete: true },
    }),
  )
  t.deepEqual(told(retained), { losses: [], gains: ['Ana Ruiz: Servers'], windows: [] })
  const imported = reviewOf(
    ana,
    lab,
    step('import', { type: 'AccessGrant', name: 'g', after: grant([labId]) }),
  )
  t.deepEqual(told(imported), { losses: [], gains: [], windows: [] })
})

test('Review: what targets leave out is not there, and the plan is not whole', (t) => {
  const skipped = step('same', {
    type: 'AccessGrant',
    name: 'new',
    before: grant([labId]),
    after: grant([labId]),
  })
  const plan = planOf(
    ana,
    lab,
    step('delete', { type: 'AccessGrant', name: 'old', id: grantId, before: grant([labId]) }),
    skipped,
  )
  t.false(plan.isWhole)
  t.is(plan.changes.filter(({ name }) => name === 'new').length, 0)
})

test('Review: a state of another stack is refused', (t) => {
  const other = {
    urn: 'urn:pulumi:prod::other::pulumi:pulumi:Stack::other-prod',
    type: 'pulumi:pulumi:Stack',
  }
  const error = t.throws(() =>
    readPulumi(
      JSON.stringify({ steps: [lab] }),
      JSON.stringify({ deployment: { resources: [other] } }),
    ),
  )
  t.regex(error.message, /it is of other\/prod, and the plan of program\/test/)
})

test('Review: a group gives nothing to a user who is suspended', (t) => {
  const user = { acsSystemId: idOf(9), fullName: 'U', isSuspended: true }
  const member = { acsAccessGroupId: idOf(8), acsUserId: userId }
  const idle = same('AcsUser', 'u', userId, user)
  const made = step('create', { type: 'AccessGroupMembership', name: 'm', after: member })
  t.deepEqual(told(reviewOf(idle, made)).gains, [])
  const back = step('update', {
    type: 'AcsUser',
    name: 'u',
    id: userId,
    before: user,
    after: { ...user, isSuspended: false },
  })
  t.regex(told(reviewOf(back, made)).gains.join(), /access group A/)
})

test('Review: two doors of one name are two doors', (t) => {
  const twin = same('Space', 'twin', serversId, { name: 'Lab', ...withDoor(5) })
  const end = gone([labId, serversId])
  t.regex(markdown(reviewOf(ana, lab, twin, end), [], wording), /Lab \(2 of this name\)/)
})

test('Review: a card of one system is no card of another', (t) => {
  const card = (system: string) => ({
    accessMethod: 'card',
    acsSystemId: system,
    userIdentityId: anaId,
  })
  const kept = same('AcsCredential', 'x', idOf(60), card(idOf(70)))
  const ended = step('delete', {
    type: 'AcsCredential',
    name: 'y',
    id: idOf(61),
    before: card(idOf(71)),
  })
  t.is(told(reviewOf(ana, kept, ended)).losses.length, 1)
  const moved = step('replace', {
    type: 'AcsCredential',
    name: 'y',
    id: idOf(61),
    before: card(idOf(71)),
    after: card(idOf(70)),
  })
  t.is(told(reviewOf(ana, moved)).losses.length, 1)
  t.is(told(reviewOf(ana, moved)).gains.length, 1)
})

test('Review: who holds a space that goes loses it, although the grant stays', (t) => {
  const held = same('AccessGrant', 'g', grantId, grant([], { spaceKeys: ['lab'] }))
  const given = { name: 'Lab', spaceKey: 'lab', ...withDoor(3) }
  const space = { type: 'Space', name: 'lab', id: labId, before: given }
  t.deepEqual(told(reviewOf(ana, held, step('delete', space))).losses, ['Ana Ruiz: Lab'])
  const other = { ...given, spaceKey: 'other' }
  const moved = reviewOf(ana, held, step('replace', { ...space, after: other }))
  t.deepEqual(told(moved), { losses: ['Ana Ruiz: Lab'], gains: [], windows: [] })
  const byId = same('AccessGrant', 'g', grantId, grant([labId]))
  t.deepEqual(told(reviewOf(ana, byId, step('delete', space))).losses, ['Ana Ruiz: Lab'])
  t.deepEqual(told(reviewOf(ana, held, step('update', { ...space, after: other }))).losses, [])
})

test('Review: an end that Seam never got is still to come', (t) => {
  const wish = grant([labId], { endsAt: '2030-06-01T00:00:00Z' })
  const failed = { initErrors: ['failed'], inputs: wish, outputs: grant([labId]) }
  const again = edited(grant([labId]), wish, { old: failed })
  t.deepEqual(told(reviewOf(ana, lab, again)).windows, ['Ana Ruiz: Lab'])
  t.deepEqual(passes(reviewOf(ana, lab, again)), [['g']])
})

test('Review: of a plan that looks first, what it will do counts', (t) => {
  const [drifted, wanted] = ['2039-01-01T00:00:00Z', '2030-06-01T00:00:00Z'].map((endsAt) =>
    grant([labId], { endsAt }),
  )
  const change = { type: 'AccessGrant', name: 'g', id: grantId }
  const seen = reviewOf(
    ana,
    lab,
    step('update', { ...change, before: wanted!, after: drifted! }),
    step('update', { ...change, before: drifted!, after: wanted! }),
  )
  t.deepEqual(told(seen).windows, ['Ana Ruiz: Lab'])
  t.deepEqual(passes(seen), [['g']])
})

test('Review: a plan that failed early is of the stack that its errors name', (t) => {
  const failed = (urn?: string) =>
    readPulumi(JSON.stringify({ diagnostics: [{ urn, severity: 'error', message: 'no' }] })).stack
  t.is(failed('urn:pulumi:test::program::pulumi:pulumi:Stack::program-test'), 'program/test')
  t.is(failed(), '')
})

test('Review: of an empty stack, the engine says nothing', (t) => {
  t.deepEqual(readPulumi('{"duration": 12}').changes, [])
})

test('Review: where a transformation hides which value is of which resource, its dependencies tell', (t) => {
  const told = { type: 'AccessGrant', name: 'g', after: grant([labId], { userIdentityId: later }) }
  const given = step('create', told)
  const newState = { ...given.newState, dependencies: [urnOf('UserIdentity', 'cy')] }
  const cy = step('create', { type: 'UserIdentity', name: 'cy', after: { fullName: 'Cy Young' } })
  t.deepEqual(lines(reviewOf(cy, lab, { ...given, newState })), [
    'gains: Cy Young: Lab (– > no end)',
  ])
})
