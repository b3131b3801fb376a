import test from 'ava'
import { create, diff, NotOursError, read, remove, update } from '../../src/provider'
import { acsCredential } from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { writes } from '../fixtures/building'
import { failure, leftBy, office, planned, seed } from './office'

const { acsUsers, entrances } = officeIds
const pin = (more: Wire = {}): Wire => ({
  acs_user_id: acsUsers.brivoFarid,
  access_method: 'code',
  code: '2481',
  starts_at: '2030-01-01T08:00:00Z',
  ends_at: '2030-02-01T08:00:00Z',
  ...more,
})
const inputsOf = (given: Wire) => planned(acsCredential, given)

test('Credential: code and end change in place, and the next plan is empty', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(acsCredential, session, inputsOf(pin()))
  const next = inputsOf(pin({ code: '7350', ends_at: '2030-03-01T08:00:00Z' }))
  t.is(diff(acsCredential, made.inputs, next, seed).kind, 'update')
  sandbox.clearRequests()
  const done = await update(acsCredential, newSession(), leftBy(made), next)
  t.deepEqual(writes(sandbox), ['/acs/credentials/update'])
  t.like(sandbox.store.acsCredentials.get(made.id), { code: '7350' })
  const seen = await read(acsCredential, newSession(), made.id, leftBy(done))
  t.is(diff(acsCredential, seen!.inputs, next, seed).kind, 'same')
  await remove(acsCredential, newSession(), made.id, done.outputs)
  t.false(sandbox.store.acsCredentials.has(made.id))
})

test('Credential: another holder is assigned in place, and nobody is possible', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(acsCredential, session, inputsOf(pin()))
  const other = inputsOf(pin({ acs_user_id: acsUsers.brivoHugo }))
  sandbox.clearRequests()
  const moved = await update(acsCredential, newSession(), leftBy(made), other)
  t.deepEqual(writes(sandbox), ['/acs/credentials/assign'])
  t.is(sandbox.store.acsCredentials.get(made.id)?.acs_user_id, acsUsers.brivoHugo)
  const { acs_user_id: _nobody, ...rest } = pin()
  t.is(diff(acsCredential, moved.inputs, inputsOf(rest), seed).kind, 'update')
  await update(acsCredential, newSession(), leftBy(moved), inputsOf(rest))
  t.is(sandbox.store.acsCredentials.get(made.id)?.acs_user_id, undefined)
})

const replacing: Record<string, Wire> = {
  'another start': { starts_at: '2030-01-02T08:00:00Z' },
  'other entrances': { allowed_acs_entrance_ids: [entrances.labBench] },
  'no end any more': { ends_at: undefined },
  'another method': { access_method: 'card', code: undefined },
  'other metadata': { visionline_metadata: { override: true } },
}
for (const [what, change] of Object.entries(replacing)) {
  test(`Credential: ${what} makes a new one`, (t) => {
    const change_ = diff(acsCredential, inputsOf(pin()), inputsOf(pin(change)), seed)
    t.is(change_.kind, 'replace')
  })
}

test('Credential: one with the same facts is reported, and taken only with adopt', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const first = await create(acsCredential, session, inputsOf(pin()))
  const count = sandbox.store.acsCredentials.all().length
  const error = await failure(create(acsCredential, newSession(), inputsOf(pin())), NotOursError)
  t.regex(error.message, new RegExp(first.id))
  t.notRegex(error.message, /2481/)
  const adopted = await create(acsCredential, newSession(), inputsOf(pin({ adopt: true })))
  t.is(adopted.id, first.id)
  t.is(sandbox.store.acsCredentials.all().length, count)
})

test('Credential: a lost answer makes no second one', async (t) => {
  const { sandbox, session } = await office(t)
  const count = sandbox.store.acsCredentials.all().length
  sandbox.fault({ path: '/acs/credentials/create', kind: 'reset-after', times: 1 })
  await create(acsCredential, session, inputsOf(pin()))
  t.is(sandbox.store.acsCredentials.all().length, count + 1)
})

test('Credential: provisioned waits until the system knows it', async (t) => {
  const { sandbox, session } = await office(t, { settleMs: 1_200 })
  const made = await create(acsCredential, session, inputsOf(pin({ wait_for: 'provisioned' })))
  t.true(made.outputs['is_latest_desired_state_synced_with_provider'])
  t.true(sandbox.requests.some(({ path }) => path === '/acs/credentials/get'))
})

test('Credential: a person needs a system beside her, and a PIN its method', (t) => {
  const { acs_user_id: _user, ...rest } = pin()
  t.throws(() => inputsOf({ ...rest, user_identity_id: officeIds.userIdentities.ivan }), {
    message: /acs_system_id.*is required beside/,
  })
  t.throws(() => inputsOf(pin({ access_method: 'card' })), { message: /goes only with/ })
})

test('Credential: a lost answer makes no second one although reads are behind', async (t) => {
  const { sandbox, session } = await office(t)
  const count = sandbox.store.acsCredentials.all().length
  sandbox.fault({ kind: 'stale', ms: 900 })
  sandbox.fault({ path: '/acs/credentials/create', kind: 'reset-after', times: 1 })
  await create(acsCredential, session, inputsOf(pin()))
  t.is(sandbox.store.acsCredentials.all().length, count + 1)
})

test('Credential: one whose holder was taken away before the answer was lost has none, and nothing failed', async (t) => {
  const { sandbox, session } = await office(t)
  const made = await create(acsCredential, session, inputsOf(pin()))
  sandbox.fault({ path: '/acs/credentials/unassign', kind: 'reset-after', times: 1 })
  const { acs_user_id: _held, ...nobody } = pin()
  await update(acsCredential, session, leftBy(made), inputsOf(nobody))
  t.is(sandbox.store.acsCredentials.get(made.id)?.acs_user_id, undefined)
})
