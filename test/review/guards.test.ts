import test from 'ava'
import {
  ana,
  edited,
  anaId,
  bo,
  boId,
  fires,
  gone,
  grant,
  grantId,
  idOf,
  lab,
  labId,
  later,
  reviewOf,
  same,
  step,
  told,
  userId,
} from './plans'

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

test('Review: secret people, doors and ends are nobody, nowhere and never', (t) => {
  const hidden = reviewOf(ana, lab, gone([labId], { endsAt: '[secret]' }))
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
  const end = gone([labId])
  const seen = reviewOf(renamed, lab, end)
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

test('Review: an end that only the deployment knows may be a loss', (t) => {
  const after = grant([labId], { endsAt: later })
  const seen = reviewOf(ana, lab, edited(grant([labId]), after))
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
  const end = gone([labId])
  t.is(fires(reviewOf(ana, open, end), { protected: { doors: ['Vault'] } }), 4)
  t.is(fires(reviewOf(ana, lab, end), { protected: { doors: ['Vault'] } }), 4)
  t.is(fires(reviewOf(ana, lab, end), { protected: { doors: [idOf(51)] } }), 0)
})

test('Review: who only stands for somebody dilutes no share', (t) => {
  const idle = Array.from({ length: 9 }, (_, at) =>
    same('AcsUser', `u${at}`, idOf(300 + at), { acsSystemId: idOf(9), fullName: `U ${at}` }),
  )
  const end = gone([labId])
  t.is(fires(reviewOf(ana, lab, end, ...idle), { 'removal-limit': { percent: 50 } }), 3)
})

test('Review: who is replaced with all that others gave is guarded, and counted', (t) => {
  const before = { acsSystemId: idOf(9), fullName: 'Ana Ruiz', deleteCascade: true }
  const after = { ...before, emailAddress: 'ana@example.com' }
  const seen = reviewOf(
    step('replace', { type: 'AcsUser', name: 'u', id: userId, before, after }),
    same('AccessGroupMembership', 'm', `${idOf(8)}/${idOf(6)}`, {
      acsAccessGroupId: idOf(8),
      acsUserId: idOf(99),
    }),
  )
  t.is(fires(seen, { protected: { people: ['Ana Ruiz'] } }), 4)
  t.is(fires(seen, { 'removal-limit': { count: 0 } }), 3)
  t.is(seen.cautions.length, 1)
})

test('Review: doors that a space had by hand may be protected ones', (t) => {
  const door = same('UserIdentity', 'x', idOf(80), { fullName: 'X' })
  const after = { name: 'Lab', acsEntranceIds: [], deviceIds: [] }
  const taken = { type: 'Space', name: 'lab', id: labId, before: { name: 'Lab' }, after }
  const guards = { protected: { doors: ['Vault'] } }
  t.is(fires(reviewOf(door, step('update', taken)), guards), 4)
  const made = { type: 'Space', name: 'lab', after: { ...after, adopt: true } }
  t.is(fires(reviewOf(door, step('create', made)), guards), 4)
  t.is(fires(reviewOf(door, step('create', { ...made, after })), guards), 0)
})

test('Review: a secret name may be anybody’s', (t) => {
  const hidden = same('UserIdentity', 'ana', anaId, { fullName: '[secret]' })
  const seen = reviewOf(hidden, lab, gone([labId]))
  t.deepEqual(told(seen).losses, ['ana: Lab'])
  t.is(fires(seen, { protected: { people: ['Ivan Petrov'] } }), 4)
})

test('Review: a protected group is no space', (t) => {
  const seen = reviewOf(ana, lab, gone([idOf(90)]))
  t.is(fires(seen, { protected: { groups: ['Employees'] } }), 0)
  t.is(fires(seen, { protected: { doors: ['Vault'] } }), 4)
})
