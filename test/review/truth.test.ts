import test from 'ava'
import {
  exitCodeOf,
  guard,
  lossPasses,
  notRevoked,
  readPulumi,
  readState,
  report,
  type Review,
  type ReviewSettings,
} from '../../src/review'
import { idOf, later, planOf, reviewOf, same, step, urnOf, type Given } from './plans'

const wording = { timeZone: 'UTC', showContacts: false }
const [anaId, boId, labId, serversId, grantId, userId] = [1, 2, 3, 4, 5, 6].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
const ana = same('UserIdentity', 'ana', anaId, { fullName: 'Ana Ruiz' })
const bo = same('UserIdentity', 'bo', boId, { fullName: 'Bo Lindgren' })
const doors = { acsEntranceIds: [], deviceIds: [] }
const lab = same('Space', 'lab', labId, { name: 'Lab', ...doors })
const servers = same('Space', 'servers', serversId, { name: 'Servers', ...doors })
const grant = (spaceIds: string[], more: Given = {}) => ({
  userIdentityId: anaId,
  spaceIds,
  requestedAccessMethods: [{ mode: 'card' }],
  ...more,
})

/** Who loses, gains, or keeps what with changes: `Ana Ruiz: Lab`. */
function told(seen: Review) {
  const { losses, gains, windows } = report(seen, [], wording)
  const lines = (rows: typeof losses) =>
    rows.map(({ person, doors }) => `${person.name}: ${doors.map(({ name }) => name).join(', ')}`)
  return { losses: lines(losses), gains: lines(gains), windows: lines(windows) }
}

const fires = (seen: Review, guards: ReviewSettings['guards']) =>
  exitCodeOf(guard(seen, { guards: guards! }, [], wording))

const passes = (seen: Review) =>
  lossPasses(seen).map((pass) => pass.map((urn) => urn.replace(/^.*::/, '')))

test('Review: a user that comes to stand for somebody else takes the membership along', (t) => {
  const user = (userIdentityId: string) => ({ acsSystemId: idOf(9), fullName: 'U', userIdentityId })
  const member = { acsAccessGroupId: idOf(8), acsUserId: userId }
  const seen = reviewOf(
    ana,
    bo,
    step('update', {
      type: 'AcsUser',
      name: 'u',
      id: userId,
      before: user(anaId),
      after: user(boId),
    }),
    same('AccessGroupMembership', 'm', `${idOf(8)}/${userId}`, member),
  )
  t.regex(told(seen).losses.join(), /Ana Ruiz: .*access group A/)
  t.regex(told(seen).gains.join(), /Bo Lindgren: .*access group A/)
  t.is(fires(seen, { protected: { people: ['Ana Ruiz'] } }), 4)
})

test('Review: what closes a door that another grant is to open waits for it', (t) => {
  const seen = reviewOf(
    ana,
    lab,
    servers,
    step('delete', {
      type: 'AccessGrant',
      name: 'a',
      id: grantId,
      before: grant([labId, serversId]),
    }),
    step('create', { type: 'AccessGrant', name: 'b', after: grant([labId]) }),
  )
  t.deepEqual(told(seen), { losses: ['Ana Ruiz: Servers'], gains: [], windows: [] })
  t.deepEqual(passes(seen), [])
  const alone = reviewOf(
    ana,
    lab,
    step('delete', { type: 'AccessGrant', name: 'a', id: grantId, before: grant([labId]) }),
  )
  t.deepEqual(passes(alone), [['a']])
})

test('Review: a revocation counts as made only where the old object is gone', (t) => {
  const seen = reviewOf(
    ana,
    lab,
    servers,
    step('replace', {
      type: 'AccessGrant',
      name: 'g',
      id: grantId,
      before: grant([labId, serversId]),
      after: grant([labId]),
    }),
  )
  const left = (...resources: Given[]) =>
    notRevoked(seen, readState(JSON.stringify({ version: 3, deployment: { resources } }))).length
  const one = { urn: urnOf('AccessGrant', 'g'), type: 'pulumi-nodejs:dynamic/seam:AccessGrant' }
  t.is(left({ ...one, id: idOf(99), inputs: {} }, { ...one, id: grantId, delete: true }), 1)
  t.is(left({ ...one, id: grantId, pendingReplacement: true }), 0)
  t.is(left({ ...one, id: idOf(99), inputs: {} }), 0)
})

test('Review: an early end counts as made only where the change has not failed', (t) => {
  const [before, after] = [grant([labId]), grant([labId], { endsAt: '2030-06-01T00:00:00Z' })]
  const seen = reviewOf(
    ana,
    lab,
    step('update', { type: 'AccessGrant', name: 'g', id: grantId, before, after }),
  )
  t.deepEqual(passes(seen), [['g']])
  const left = (inputs: Given, initErrors?: string[]) =>
    notRevoked(
      seen,
      readState(
        JSON.stringify({
          deployment: {
            resources: [
              { urn: urnOf('AccessGrant', 'g'), type: 'x', id: grantId, inputs, initErrors },
            ],
          },
        }),
      ),
    ).length
  t.is(left(before), 1)
  t.is(left(after), 0)
  t.is(left(after, ['the update failed']), 1)
})

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

test('Review: secret people, doors and ends are nobody, nowhere and never', (t) => {
  const hidden = reviewOf(
    ana,
    lab,
    step('delete', {
      type: 'AccessGrant',
      name: 'g',
      id: grantId,
      before: grant([labId], { endsAt: '[secret]' }),
    }),
  )
  t.deepEqual(told(hidden).losses, ['Ana Ruiz: Lab'])
  const exchanged = reviewOf(
    lab,
    step('replace', {
      type: 'AccessGrant',
      name: 'g',
      id: grantId,
      before: { ...grant([labId]), userIdentityId: '[secret]', name: 'a' },
      after: { ...grant([labId]), userIdentityId: '[secret]', name: 'b' },
    }),
  )
  t.deepEqual(told(exchanged), { losses: [], gains: [], windows: [] })
  t.is(fires(hidden, { protected: { people: ['Ana Ruiz'] } }), 4)
})

test('Review: a new name takes nobody’s protection, nor does another spelling', (t) => {
  const renamed = step('update', {
    type: 'UserIdentity',
    name: 'ana',
    id: anaId,
    before: { fullName: 'Zoë Ruiz' },
    after: { fullName: 'Z. R.' },
  })
  const gone = step('delete', {
    type: 'AccessGrant',
    name: 'g',
    id: grantId,
    before: grant([labId]),
  })
  const seen = reviewOf(renamed, lab, gone)
  t.is(fires(seen, { protected: { people: ['Zoe\u0308  ruiz'] } }), 4)
  t.is(fires(seen, { protected: { people: ['Bo Lindgren'] } }), 0)
})

test('Review: who is deleted with all that others gave is guarded too', (t) => {
  const before = { fullName: 'Ana Ruiz', deleteCascade: true }
  const seen = reviewOf(step('delete', { type: 'UserIdentity', name: 'ana', id: anaId, before }))
  t.is(fires(seen, { protected: { people: ['Ana Ruiz'] } }), 4)
})

test('Review: an end in a minute for everybody is a removal', (t) => {
  const people = Array.from({ length: 10 }, (_, at) => idOf(100 + at))
  const soon = '2030-03-01T09:01:00Z'
  const seen = reviewOf(
    lab,
    ...people.map((id, at) => same('UserIdentity', `p${at}`, id, { fullName: `P ${at}` })),
    ...people.map((userIdentityId, at) => {
      const given = grant([labId], { userIdentityId })
      const after = { ...given, endsAt: soon }
      return step('update', {
        type: 'AccessGrant',
        name: `g${at}`,
        id: idOf(200 + at),
        before: given,
        after,
      })
    }),
  )
  t.is(fires(seen, { 'removal-limit': { count: 5 } }), 3)
  t.is(fires(seen, { 'removal-limit': { percent: 99 } }), 3)
  t.is(fires(seen, { 'removal-limit': { percent: 100 } }), 0)
  t.is(fires(seen, { 'removal-limit': { count: 10 } }), 0)
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

test('Review: an end that only the deployment knows may be a loss', (t) => {
  const after = grant([labId], { endsAt: later })
  const seen = reviewOf(
    ana,
    lab,
    step('update', { type: 'AccessGrant', name: 'g', id: grantId, before: grant([labId]), after }),
  )
  t.deepEqual(told(seen).windows, ['Ana Ruiz: Lab'])
  t.is(fires(seen, { protected: { people: ['Ana Ruiz'] } }), 4)
})

test('Review: doors of a space change for grants of other stacks, and guards know', (t) => {
  const door = idOf(50)
  const before = { name: 'Lab', acsEntranceIds: [door], deviceIds: [] }
  const after = { ...before, acsEntranceIds: [] }
  const seen = reviewOf(step('update', { type: 'Space', name: 'lab', id: labId, before, after }))
  t.is(seen.cautions.length, 1)
  t.is(fires(seen, { protected: { doors: [door] } }), 4)
  t.is(fires(seen, { protected: { doors: [idOf(51)] } }), 0)
})

test('Review: a space of which a part is left open may hold any door', (t) => {
  const open = same('Space', 'lab', labId, { name: 'Lab', acsEntranceIds: [] })
  const gone = step('delete', {
    type: 'AccessGrant',
    name: 'g',
    id: grantId,
    before: grant([labId]),
  })
  t.is(fires(reviewOf(ana, open, gone), { protected: { doors: ['Vault'] } }), 4)
  t.is(fires(reviewOf(ana, lab, gone), { protected: { doors: ['Vault'] } }), 0)
})

test('Review: who only stands for somebody dilutes no share', (t) => {
  const idle = Array.from({ length: 9 }, (_, at) =>
    same('AcsUser', `u${at}`, idOf(300 + at), { acsSystemId: idOf(9), fullName: `U ${at}` }),
  )
  const gone = step('delete', {
    type: 'AccessGrant',
    name: 'g',
    id: grantId,
    before: grant([labId]),
  })
  t.is(fires(reviewOf(ana, lab, gone, ...idle), { 'removal-limit': { percent: 50 } }), 3)
})
