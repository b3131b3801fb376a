import test from 'ava'
import { create, diff, PartialFailure, read, Session, update } from '../../src/provider'
import { accessGrant, space, userIdentity } from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import { writes } from '../fixtures/building'
import { json, wire } from '../seam/wire'
import { failure, grantOf, leftBy, office, planned, seed } from './office'

const again = (given: object, before: object) =>
  planned(accessGrant, { ...given }, new Session(), { seed, before: { ...before } })

test('Update: one call sends what the plan changes, and the answer is read back', async (t) => {
  const { sandbox, session } = await office(t)
  const last = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  sandbox.clearRequests()
  const after = again(grantOf({ name: 'Lab', ends_at: '2031-01-01T01:00:00+01:00' }), last.inputs)
  const now = await update(accessGrant, session, last, after)
  t.deepEqual(
    sandbox.requests.map(({ path }) => path),
    ['/access_grants/update', '/access_grants/get'],
  )
  t.deepEqual(sandbox.requests[0]?.body, {
    access_grant_id: last.id,
    name: 'Lab',
    ends_at: '2031-01-01T00:00:00Z',
  })
  t.is(now.outputs['display_name'], 'Lab')
  t.is(now.outputs['ends_at'], '2031-01-01T00:00:00Z')
})

test('Update: the same inputs write nothing', async (t) => {
  const { sandbox, session } = await office(t)
  const last = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  sandbox.clearRequests()
  await update(accessGrant, session, last, last.inputs)
  t.deepEqual(writes(sandbox), [])
})

test('Update: what the program leaves out is taken away', async (t) => {
  const { sandbox, session } = await office(t)
  const given = grantOf({ name: 'Lab', ends_at: '2031-01-01T00:00:00Z' })
  const last = await create(accessGrant, session, planned(accessGrant, given), seed)
  const now = await update(accessGrant, session, last, again(grantOf(), last.inputs))
  const held = sandbox.store.accessGrants.get(last.id)
  t.deepEqual([held?.name, held?.ends_at], [null, null])
  t.false('ends_at' in now.outputs)

  const customer_data = { address: 'Street 1', time_zone: 'Europe/Berlin' }
  const flat = await create(space, session, planned(space, { name: 'Flat', customer_data }), seed)
  const less = { ...flat.inputs, customer_data: { time_zone: 'Europe/Rome' } }
  await update(space, session, flat, less)
  const data = sandbox.store.spaces.get(flat.id)?.customer_data
  t.deepEqual([data?.address ?? null, data?.time_zone], [null, 'Europe/Rome'])
})

test('Update: a write that Seam ignores is an error that names the property', async (t) => {
  const id = '70000000-0000-4000-8000-0000000000aa'
  const user_identity = { user_identity_id: id, full_name: 'Lea', phone_number: null }
  const { endpoint, arrivals } = await wire(t, (response, _nth, { path }) =>
    json(response, 200, path.endsWith('/get') ? { user_identity } : { ok: true }),
  )
  const session = new Session()
  session.configure({ endpoint, apiKey: 'seam_test_deaf' })
  const last = { id, inputs: { full_name: 'Lea' }, outputs: { ...user_identity } }
  const after = { full_name: 'Lea Kern', phone_number: '+4915112345678' }
  const error = await failure(update(userIdentity, session, last, after), PartialFailure)
  t.regex(
    error.message,
    /^Seam answered ok, but UserIdentity \S+ does not show the change of ‹full_name›, ‹phone_number›/,
  )
  t.deepEqual(error.inputs, { full_name: 'Lea' }, 'state says what is there')
  t.is(arrivals.filter(({ path }) => path.endsWith('/update')).length, 1)
})

test('Update: a write that shows late is waited for', async (t) => {
  const id = '70000000-0000-4000-8000-0000000000aa'
  let gets = 0
  const { endpoint } = await wire(t, (response, _nth, { path }) => {
    if (path.endsWith('/get')) gets += 1
    const user_identity = { user_identity_id: id, full_name: gets < 3 ? 'Lea' : 'Lea Kern' }
    json(response, 200, { user_identity, ok: true })
  })
  const session = new Session()
  session.configure({ endpoint, apiKey: 'seam_test_slow' })
  const last = { id, inputs: { full_name: 'Lea' }, outputs: { full_name: 'Lea' } }
  const { outputs } = await update(userIdentity, session, last, { full_name: 'Lea Kern' })
  t.is(outputs['full_name'], 'Lea Kern')
  t.is(gets, 3)
})

const more = grantOf({
  name: 'Lab',
  requested_access_methods: [{ mode: 'code' }, { mode: 'mobile_key' }],
})
const request = '/access_grants/request_access_methods'

test('Update: when the second call fails, state says what the first one did', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const last = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  const after = again(more, last.inputs)
  sandbox.fault({ path: request, kind: 'status', status: 500 })
  const error = await failure(update(accessGrant, session, last, after), PartialFailure)
  t.is(error.id, last.id)
  t.regex(error.message, /Seam refused \/access_grants\/request_access_methods/)
  t.true(error.message.includes(`for AccessGrant ${last.id}`))
  t.is(error.inputs['name'], 'Lab')
  t.deepEqual(error.inputs['requested_access_methods'], [{ mode: 'code' }])
  t.is(error.outputs['name'], 'Lab')

  sandbox.clearFaults()
  sandbox.clearRequests()
  const now = await update(accessGrant, newSession(), leftBy(error), after)
  t.deepEqual(writes(sandbox), [request], 'the next run does only the rest')
  t.is((now.outputs['requested_access_methods'] as object[]).length, 2)
  t.is((now.outputs['access_method_ids'] as string[]).length, 2)
})

test('Update: when the first call fails, nothing was changed, and the next run does all', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const last = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  const after = again(more, last.inputs)
  sandbox.fault({ path: '/access_grants/update', kind: 'status', status: 400, times: 1 })
  const error = await failure(update(accessGrant, session, last, after), PartialFailure)
  t.deepEqual(error.inputs, last.inputs)
  sandbox.clearRequests()
  await update(accessGrant, newSession(), leftBy(error), after)
  t.deepEqual(writes(sandbox), ['/access_grants/update', request])
})

test('Update: a method whose answer was lost is not asked for again', async (t) => {
  const { sandbox, session } = await office(t)
  const last = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  const after = again(more, last.inputs)
  sandbox.fault({ path: request, kind: 'reset-after', times: 1 })
  sandbox.clearRequests()
  const now = await update(accessGrant, session, last, after)
  t.deepEqual(diff(accessGrant, now.inputs, after, seed), { kind: 'same' })
  t.deepEqual(writes(sandbox), ['/access_grants/update', request])
  t.is(sandbox.store.accessGrants.get(last.id)?.requested_access_methods.length, 2)
})

test('Update: an object that is gone is an error that says how to go on', async (t) => {
  const { sandbox, session } = await office(t)
  const last = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  sandbox.store.accessGrants.delete(last.id)
  const after = { ...last.inputs }
  const error = await failure(update(accessGrant, session, last, after), PartialFailure)
  t.regex(error.message, /is gone: somebody deleted it\. Refresh the state/)
})

test('Update: an object of another workspace is an error that says so', async (t) => {
  const { session } = await office(t)
  const last = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  const elsewhere = await office(t, { seed: 'empty' })
  const after = { ...last.inputs }
  const error = await failure(update(accessGrant, elsewhere.session, last, after), PartialFailure)
  t.true(error.message.includes(`the state is of workspace ${officeIds.workspace}`))
})

test('Update: renaming keeps everything else as it was read', async (t) => {
  const { session } = await office(t)
  const given = { full_name: 'Lea Kern', email_address: 'Lea@Example.com' }
  const last = await create(userIdentity, session, planned(userIdentity, given), seed)
  const inputs = { ...last.inputs, full_name: 'Lea Sand' }
  const now = await update(userIdentity, session, last, inputs)
  t.deepEqual(
    { ...now.outputs },
    { ...last.outputs, full_name: 'Lea Sand', display_name: 'Lea Sand' },
  )
  t.deepEqual((await read(userIdentity, session, now.id, now))?.inputs, inputs)
})
