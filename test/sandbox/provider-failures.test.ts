import test from 'ava'
import { officeIds, type FaultSpec } from '../../src/sandbox'
import { start, type Client } from './client'

const { devices, spaces, systems, userIdentities } = officeIds
const settleMs = 3_600_000

const grant = async ({ call }: Client) => {
  const { access_grant: made } = await call('/access_grants/create', {
    user_identity_id: userIdentities.ivan,
    requested_access_methods: [{ mode: 'code' }],
    space_ids: [spaces.lobby],
  })
  const { access_grant_id } = made
  return {
    made,
    read: async () => (await call('/access_grants/get', { access_grant_id })).access_grant,
  }
}

const failure = (more: Partial<FaultSpec>): FaultSpec => ({ kind: 'provider-failure', ...more })

test('Sandbox: a grant that a provider does not carry out says so once it settles', async (t) => {
  const client = await start(t, { settleMs })
  const { call, sandbox } = client
  sandbox.fault(failure({ times: 1 }))
  const { made, read } = await grant(client)
  t.deepEqual(made.errors, [])
  t.deepEqual((await read()).errors, [])
  sandbox.settle()
  const { errors, warnings } = await read()
  t.is(errors[0].error_code, 'cannot_create_requested_access_methods')
  t.deepEqual(errors[0].missing_device_ids, [devices.lobbyLock])
  t.deepEqual(warnings, [])
  const { events } = await call('/events/list', {
    since: '2024-01-01T00:00:00Z',
    event_type: 'access_grant.could_not_create_requested_access_methods',
  })
  t.is(events.length, 1)
  t.is(sandbox.faults[0]?.fired, 1)
  t.deepEqual((await (await grant(client)).read()).errors, [])
})

test('Sandbox: a provider may only warn, in words of the test', async (t) => {
  const client = await start(t)
  const { sandbox } = client
  sandbox.fault(failure({ code: 'device_does_not_support_access_codes', times: 1 }))
  const { warnings, errors } = await (await grant(client)).read()
  t.deepEqual(errors, [])
  t.like(warnings[0], {
    warning_code: 'device_does_not_support_access_codes',
    device_id: devices.lobbyLock,
  })
  const details = { message: 'No slot left.', missing_device_ids: [devices.gymLock] }
  sandbox.fault(failure({ details, as: 'error' }))
  t.like((await (await grant(client)).read()).errors[0], details)
})

test('Sandbox: people, methods and credentials fail at the provider by themselves', async (t) => {
  const client = await start(t)
  const { call, sandbox } = client
  for (const collection of ['acs_users', 'access_methods', 'acs_credentials'] as const) {
    const response = await fetch(`${sandbox.endpoint}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(failure({ collection, times: 1 })),
    })
    t.is(response.status, 200)
  }
  const { made } = await grant(client)
  t.deepEqual(made.errors, [])
  const { access_methods: methods } = await call('/access_methods/list', {
    access_grant_id: made.access_grant_id,
  })
  const { acs_user: user } = await call('/acs/users/create', {
    acs_system_id: systems.brivo,
    full_name: 'Kim',
  })
  const { acs_credential: credential } = await call('/acs/credentials/create', {
    acs_user_id: user.acs_user_id,
    access_method: 'code',
  })
  t.is(methods[0].errors[0].error_code, 'failed_to_issue')
  t.false(methods[0].is_issued)
  for (const object of [user, credential]) {
    t.is(object.errors[0].error_code, 'failed_to_create_on_acs_system')
  }
})
