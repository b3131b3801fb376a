import test from 'ava'
import { check, create, diff, read, remove, Session, update } from '../../src/provider'
import { accessGrant } from '../../src/resources'
import type { Wire } from '../../src/schema'
import { officeIds } from '../../src/sandbox'
import { writes } from '../fixtures/building'
import { grantOf, office, planned, seed } from './office'

const past = '2020-01-01T00:00:00Z'
const later = '2040-01-01T00:00:00Z'
/** What a plan made before the grant was over. */
const ended = (more: Wire = {}) => ({
  ...planned(accessGrant, grantOf(more)),
  starts_at: '2019-01-01T00:00:00Z',
  ends_at: past,
})
const planOf = (before: object, given: object) => {
  const standing = { seed, before: { ...before } }
  const after = planned(accessGrant, { ...given }, new Session(), standing)
  return diff(accessGrant, { ...before }, after, seed)
}
const window = { starts_at: '2019-01-01T00:00:00Z' }

test('Ended: a grant that would be over when it is made is a problem of the plan', (t) => {
  const { facts } = new Session()
  const given = grantOf({ ...window, ends_at: past })
  t.deepEqual(check(accessGrant, given, { seed }, facts).problems, [
    { path: ['ends_at'], reason: 'is in the past: it would have ended already' },
  ])
  t.deepEqual(check(accessGrant, given, { seed, before: ended() }, facts).problems, [])
  t.deepEqual(check(accessGrant, grantOf({ ends_at: later }), { seed }, facts).problems, [])
})

test('Ended: a plan that changes nothing is the same', (t) => {
  t.deepEqual(planOf(ended(), grantOf({ ...window, ends_at: past })), { kind: 'same' })
})

for (const [what, ends_at] of [
  ['later', later],
  ['never', undefined],
] as const) {
  test(`Ended: a grant that is to end ${what} is made anew`, (t) => {
    t.like(planOf(ended(), grantOf({ ...window, ends_at })), {
      kind: 'replace',
      order: 'create-first',
      reasons: [{ name: 'ends_at', reason: 'it has ended, and Seam may keep it no longer' }],
    })
  })
}

test('Ended: with a key of the program the old one goes first', (t) => {
  const mine = { access_grant_key: 'mine' }
  const change = planOf(ended(mine), grantOf({ ...mine, ...window, ends_at: later }))
  t.like(change, { kind: 'replace', order: 'delete-first' })
})

test('Ended: a grant that runs is extended in place', (t) => {
  const before = planned(accessGrant, grantOf({ ends_at: '2039-01-01T00:00:00Z' }))
  t.like(planOf(before, grantOf({ ends_at: later })), { kind: 'update', changed: ['ends_at'] })
})

test('Ended: reviving makes another grant beside the old one, which then goes', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const inputs = planned(accessGrant, grantOf({ ...window, ends_at: later }))
  const old = await create(accessGrant, session, inputs, seed)
  sandbox.store.accessGrants.update(old.id, { ends_at: '2020-01-01T00:00:00.000Z' })
  const next = newSession()
  const now = await read(accessGrant, newSession(), old.id, old)
  t.is(now?.outputs['ended'], true)
  t.is(now?.inputs['ends_at'], past)
  const wanted = planned(accessGrant, grantOf({ ...window, ends_at: later }), next, {
    seed,
    before: now?.inputs,
  })
  const made = await create(accessGrant, next, wanted, seed)
  await remove(accessGrant, next, old.id, old.outputs)
  t.deepEqual(
    sandbox.store.accessGrants
      .where('user_identity_id', officeIds.userIdentities.ivan)
      .map((grant) => grant.access_grant_id),
    [made.id],
  )
  t.is(made.outputs['ended'], false)
})

test('Ended: a grant that vanished after its end is no drift', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  const last = { ...made, inputs: { ...made.inputs, ends_at: past } }
  sandbox.store.accessGrants.delete(made.id)
  const now = await read(accessGrant, newSession(), made.id, last)
  t.deepEqual(now, {
    id: made.id,
    inputs: last.inputs,
    outputs: { ...made.outputs, ended: true },
  })
  await t.notThrowsAsync(remove(accessGrant, newSession(), made.id, made.outputs))
})

test('Ended: a grant that vanished before its end is gone', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const inputs = planned(accessGrant, grantOf({ ends_at: later }))
  const made = await create(accessGrant, session, inputs, seed)
  sandbox.store.accessGrants.delete(made.id)
  t.is(await read(accessGrant, newSession(), made.id, made), undefined)
})

test('Ended: with the key of another workspace nothing has vanished', async (t) => {
  const { session } = await office(t)
  const made = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  const elsewhere = await office(t, { seed: 'empty' })
  const last = { ...made, inputs: { ...made.inputs, ends_at: past } }
  await t.throwsAsync(read(accessGrant, elsewhere.session, made.id, last), {
    message: /the state is of workspace/,
  })
})

const changes: [what: string, more: Wire][] = [
  ['doors', { space_ids: [officeIds.spaces.lobby] }],
  ['person', { user_identity_id: officeIds.userIdentities.grace }],
  ['methods', { requested_access_methods: [{ mode: 'card' }] }],
  ['name', { name: 'Lab' }],
  ['end, to another past one', { ends_at: '2020-06-01T00:00:00Z' }],
  ['key', { access_grant_key: 'mine' }],
]

for (const [what, more] of changes) {
  test(`Ended: a grant stays as it was when its ${what} change in the program`, (t) => {
    const given = grantOf({ ...window, ends_at: past, ...more })
    const change = planOf(ended(), given)
    t.is(change.kind, 'same')
    t.deepEqual('left' in change && change.left, Object.keys(more))
  })
}

for (const isGone of [false, true]) {
  test(`Ended: what only this provider reads is changed of a grant that ${isGone ? 'vanished' : 'is still there'}, and nothing else`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const inputs = planned(accessGrant, grantOf({ ...window, ends_at: later }))
    const made = await create(accessGrant, session, inputs, seed)
    const last = { ...made, inputs: { ...made.inputs, ends_at: past } }
    sandbox.store.accessGrants.update(made.id, { ends_at: '2020-01-01T00:00:00.000Z' })
    if (isGone) sandbox.store.accessGrants.delete(made.id)
    const given = grantOf({
      ...window,
      ends_at: past,
      delete_adopted: true,
      space_ids: [officeIds.spaces.lobby],
    })
    const wanted = planned(accessGrant, given, new Session(), { seed, before: last.inputs })
    const change = diff(accessGrant, last.inputs, wanted, seed)
    t.like(change, { kind: 'update', changed: ['delete_adopted'] })
    sandbox.clearRequests()
    const now = await update(accessGrant, newSession(), last, wanted, seed)
    t.deepEqual(writes(sandbox), [])
    t.true(now.outputs['delete_adopted'])
    t.true(now.outputs['ended'])
    t.deepEqual(now.inputs['space_ids'], [officeIds.spaces.lab])
  })
}
