import test from 'ava'
import {
  create,
  diff,
  PartialFailure,
  read,
  Session,
  update,
  type Stored,
} from '../../src/provider'
import { accessGrant } from '../../src/resources'
import { officeIds, type Sandbox } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { writes } from '../fixtures/building'
import { failure, grantOf, leftBy, office, planned, seed } from './office'

const request = '/access_grants/request_access_methods'
const remove = '/access_methods/delete'
const list = (...methods: Wire[]) => grantOf({ requested_access_methods: methods })
const made = (session: Session, given: Wire) =>
  create(accessGrant, session, planned(accessGrant, given), seed)
const next = (last: Stored, given: Wire) =>
  planned(accessGrant, given, new Session(), { seed, before: last.inputs })
const methodsOf = ({ store }: Sandbox, id: string) =>
  store.accessMethods
    .pick(store.accessGrants.get(id)?.access_method_ids ?? [])
    .map(({ mode, code }) => (code ? `${mode} ${code}` : mode))
    .sort()

const pin = (code: string): Wire => ({ mode: 'code', code })
const card = { mode: 'card' }
const phone = { mode: 'mobile_key' }

type Case = [before: Wire[], after: Wire[], calls: string[], there: string[]]

const changes: Record<string, Case> = {
  added: [[card], [card, phone], [request], ['card', 'mobile_key']],
  removed: [[card, phone], [phone], [remove], ['mobile_key']],
  exchanged: [[card], [phone], [request, remove], ['mobile_key']],
  'given another PIN': [[pin('2481')], [pin('7350')], [request, remove], ['code 7350']],
  'given another PIN beside another': [
    [pin('2481'), pin('5566')],
    [pin('5566'), pin('7350')],
    [request, remove],
    ['code 5566', 'code 7350'],
  ],
  'given a PIN of the program': [
    [{ mode: 'code' }],
    [pin('7350')],
    [request, remove],
    ['code 7350'],
  ],
  'given to more phones': [
    [phone],
    [{ ...phone, instant_key_max_use_count: 3 }],
    [request, remove],
    ['mobile_key'],
  ],
  'one of two alike': [[card, card], [card], [remove], ['card']],
}

const either = Object.entries(changes).flatMap(([what, row]) =>
  (['keep', 'remove'] as const).map((listed) => [what, listed, ...row] as const),
)

for (const [what, listed, before, after, calls, there] of either) {
  test(`Methods: ${what} in place (Seam: ${listed} the request), and the next plan is empty`, async (t) => {
    const { sandbox, session, newSession } = await office(t, { requestOfDeletedMethod: listed })
    const last = await made(session, list(...before))
    sandbox.clearRequests()
    const wanted = next(last, list(...after))
    t.is(diff(accessGrant, last.inputs, wanted, seed).kind, 'update')
    const now = await update(accessGrant, session, last, wanted, seed)
    t.deepEqual(writes(sandbox), calls)
    t.deepEqual(methodsOf(sandbox, last.id), there)
    t.deepEqual(now.notices, [])
    t.is((now.outputs['requested_access_methods'] as Wire[]).length, after.length)
    const seen = await read(accessGrant, newSession(), now.id, now)
    t.deepEqual(diff(accessGrant, seen!.inputs, wanted, seed), { kind: 'same' })
    t.deepEqual(seen!.outputs['access_method_ids'], now.outputs['access_method_ids'])
  })
}

test('Methods: one that is going already counts as gone', async (t) => {
  const { session, newSession } = await office(t, { settleMs: 600_000 })
  const last = await made(session, list(card, phone))
  const wanted = next(last, list(phone))
  const now = await update(accessGrant, session, last, wanted, seed)
  t.is((now.outputs['access_method_ids'] as string[]).length, 1)
  const seen = await read(accessGrant, newSession(), now.id, now)
  t.deepEqual(diff(accessGrant, seen!.inputs, wanted, seed), { kind: 'same' })
})

test('Methods: one that was deleted behind our back is drift, and is made again', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const last = await made(session, list(card, phone))
  const key = sandbox.store.accessMethods.all().find(({ mode }) => mode === 'mobile_key')!
  await session.seam.write(remove, { access_method_id: key.access_method_id })
  const seen = await read(accessGrant, newSession(), last.id, last)
  t.deepEqual(seen?.inputs['requested_access_methods'], [card])
  const wanted = next(seen!, list(card, phone))
  const now = await update(accessGrant, newSession(), seen!, wanted, seed)
  t.deepEqual(methodsOf(sandbox, last.id), ['card', 'mobile_key'])
  const then = await read(accessGrant, newSession(), now.id, now)
  t.deepEqual(diff(accessGrant, then!.inputs, wanted, seed), { kind: 'same' })
})

test('Methods: one that was deleted is missed, whatever the zeros of its moment', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { id, ...kept } = await made(session, list(phone))
  const grant = sandbox.store.accessGrants.get(id)!
  const created_at = '2026-11-22T18:02:14.970Z'
  sandbox.store.accessGrants.update(id, {
    requested_access_methods: grant.requested_access_methods.map((one) => ({ ...one, created_at })),
  })
  const last = await read(accessGrant, newSession(), id, kept)
  await session.seam.write(remove, { access_method_id: grant.access_method_ids[0] })
  const seen = await read(accessGrant, newSession(), id, last)
  t.deepEqual(seen?.inputs['requested_access_methods'], [])
})

test('Methods: one that was added behind our back is drift', async (t) => {
  const { session, newSession } = await office(t)
  const last = await made(session, list(card))
  await session.seam.create(
    request,
    { access_grant_id: last.id, requested_access_methods: [phone] },
    'access_grant',
  )
  const seen = await read(accessGrant, newSession(), last.id, last)
  t.deepEqual(seen?.inputs['requested_access_methods'], [card, phone])
})

test('Methods: one whose access methods are not made yet is none the less there', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const last = await made(session, list(card))
  const grant = sandbox.store.accessGrants.get(last.id)!
  sandbox.store.accessGrants.update(last.id, {
    access_method_ids: [],
    requested_access_methods: grant.requested_access_methods.map((method) => ({
      ...method,
      created_access_method_ids: [],
    })),
  })
  const outputs = { ...last.outputs, requested_access_methods: [card] }
  const seen = await read(accessGrant, newSession(), last.id, { ...last, outputs })
  t.deepEqual(seen?.inputs, last.inputs)
})

for (const [what, code, after] of [
  ['a fixed PIN is exchanged for a card', pin('2481'), [card]],
  ['a fixed PIN is taken away', pin('2481'), []],
  ['a PIN is taken away', { mode: 'code' }, []],
] as [string, Wire, Wire[]][]) {
  test(`Methods: what another grant of hers shares stays when ${what}`, async (t) => {
    const { sandbox, session } = await office(t)
    const last = await made(session, list(code, phone))
    const lobby = { ...list(code), space_ids: [officeIds.spaces.lobby] }
    const inputs = planned(accessGrant, lobby, new Session(), { seed: 'bbbbbbbbbbbb' })
    const other = await create(accessGrant, session, inputs, 'bbbbbbbbbbbb')
    const there = methodsOf(sandbox, other.id)
    const now = await update(accessGrant, session, last, next(last, list(...after, phone)), seed)
    t.is(now.notices?.length, 1)
    t.regex(now.notices?.[0] ?? '', /^The old PIN still opens: access grant \S+ \(.*\) of the same/)
    t.true(now.notices?.[0]?.includes(other.id))
    t.false(now.notices?.[0]?.includes('2481'))
    t.deepEqual(methodsOf(sandbox, other.id), there)
  })
}

test('Methods: after a lost answer a PIN is not asked for again, nor another deleted', async (t) => {
  const { sandbox, session } = await office(t)
  const last = await made(session, list({ mode: 'code' }))
  const [random] = methodsOf(sandbox, last.id)
  const after = next(last, list({ mode: 'code' }, pin('7350')))
  sandbox.fault({ path: request, kind: 'reset-after', times: 1 })
  sandbox.fault({ kind: 'stale', ms: 700 })
  const now = await update(accessGrant, session, last, after, seed)
  sandbox.clearFaults()
  t.deepEqual(diff(accessGrant, now.inputs, after, seed), { kind: 'same' })
  t.deepEqual(methodsOf(sandbox, last.id), ['code 7350', String(random)].sort())
  t.deepEqual(now.inputs['requested_access_methods'], after['requested_access_methods'])
})

test('Methods: what a killed run requested is not requested again', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const last = await made(session, list(card))
  const after = next(last, list(card, phone, { mode: 'code' }, pin('7350')))
  await update(accessGrant, session, last, after, seed)
  const there = methodsOf(sandbox, last.id)
  sandbox.clearRequests()
  const now = await update(accessGrant, newSession(), last, after, seed)
  t.deepEqual(writes(sandbox), [])
  t.deepEqual(methodsOf(sandbox, last.id), there)
  t.deepEqual(now.inputs['requested_access_methods'], after['requested_access_methods'])
})

test('Methods: one that is on its way out does not stand for one that is wanted again', async (t) => {
  const { sandbox, session, newSession } = await office(t, { settleMs: 5_000 })
  const last = await made(session, list(card, phone))
  const less = await update(accessGrant, session, last, next(last, list(card)), seed)
  sandbox.clearRequests()
  await update(accessGrant, newSession(), less, next(less, list(card, phone)), seed)
  t.deepEqual(writes(sandbox), [request])
  sandbox.settle()
  t.deepEqual(methodsOf(sandbox, last.id), ['card', 'mobile_key'])
})

test('Methods: a method whose deletion lost its answer is gone, and nothing failed', async (t) => {
  const { sandbox, session } = await office(t)
  const last = await made(session, list(card, phone))
  sandbox.fault({ path: remove, kind: 'reset-after', times: 1 })
  await update(accessGrant, session, last, next(last, list(card)), seed)
  t.deepEqual(methodsOf(sandbox, last.id), ['card'])
})

test('Methods: an exchange that was cut in two is finished by the next run', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const last = await made(session, list(pin('2481')))
  const after = next(last, list(pin('7350')))
  sandbox.fault({ path: remove, kind: 'status', status: 400, times: 1 })
  const error = await failure(update(accessGrant, session, last, after, seed), PartialFailure)
  t.deepEqual(methodsOf(sandbox, last.id), ['code 2481', 'code 7350'])
  t.false(error.message.includes('2481') || error.message.includes('7350'))
  sandbox.clearRequests()
  await update(accessGrant, newSession(), leftBy(error), after, seed)
  t.deepEqual(writes(sandbox), [remove])
  t.deepEqual(methodsOf(sandbox, last.id), ['code 7350'])
})

test('Methods: a refused request leaves the old PIN where it is', async (t) => {
  const { sandbox, session } = await office(t)
  const last = await made(session, list(pin('2481')))
  sandbox.fault({ path: request, kind: 'status', status: 400, times: 1 })
  const after = next(last, list(pin('7350')))
  await failure(update(accessGrant, session, last, after, seed), PartialFailure)
  t.deepEqual(methodsOf(sandbox, last.id), ['code 2481'])
})
