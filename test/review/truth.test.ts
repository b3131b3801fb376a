import test from 'ava'
import { markdown, readPulumi } from '../../src/review'
import {
  ana,
  gone,
  grant,
  grantId,
  idOf,
  lab,
  labId,
  later,
  noDoors,
  planOf,
  reviewOf,
  same,
  servers,
  serversId,
  step,
  told,
  urnOf,
  userId,
  wording,
} from './plans'

test('Review: what a failed update has not done is not taken for done', (t) => {
  const after = grant([labId], { endsAt: '2030-02-01T00:00:00Z' })
  const seen = reviewOf(
    ana,
    lab,
    step('update', {
      type: 'AccessGrant',
      name: 'g',
      id: grantId,
      before: after,
      after,
      old: { initErrors: ['failed'], outputs: { ...after, endsAt: '2031-01-01T00:00:00Z' } },
    }),
  )
  t.deepEqual(told(seen).losses, ['Ana Ruiz: Lab'])
})

test('Review: a list that only the deployment knows loses nobody a door', (t) => {
  const seen = reviewOf(
    ana,
    lab,
    step('create', { type: 'Space', name: 'x', after: { name: 'X' } }),
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
  t.regex(error!.message, /it is of other\/prod, and the plan of program\/test/)
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
  const twin = same('Space', 'twin', serversId, { name: 'Lab', ...noDoors })
  const end = gone([labId, serversId])
  t.regex(markdown(reviewOf(ana, lab, twin, end), [], wording), /Lab \(2 of this name\)/)
})
