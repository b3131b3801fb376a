import { setTimeout as sleep } from 'node:timers/promises'
import test from 'ava'
import { create, PartialFailure, read, update } from '../../src/provider'
import { accessGrant, accessGroupMembership } from '../../src/resources'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { writes } from '../fixtures/building'
import { failure, grantOf, leftBy, office, planned, seed } from './office'

const provisioned = { wait_for: 'provisioned' }
const device = officeIds.devices.garageKeypad
const reads = ({ requests }: Sandbox, path: string) =>
  requests.filter((request) => request.path === path).length

test('4.11: 200 grants made at once and provisioned after 5 s share the looks at them', async (t) => {
  const { sandbox, session } = await office(t, { settleMs: 5_000 })
  const made = await Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      create(
        accessGrant,
        session,
        planned(accessGrant, grantOf({ ...provisioned, access_grant_key: `many-${at}` })),
      ),
    ),
  )
  t.true(made.every(({ outputs }) => (outputs['pending_mutations'] as []).length === 0))
  t.true(made.every(({ outputs }) => (outputs['warnings'] as []).length === 0))
  t.is(reads(sandbox, '/access_grants/create'), 200)
  const beyond = sandbox.requests.length - 200
  t.log(`${beyond} calls beyond the creates`)
  t.true(beyond <= 30, String(beyond))
})

test('4.11: accepted does not wait, and says nothing of what is only under way', async (t) => {
  const { sandbox, session } = await office(t, { settleMs: 3_600_000 })
  const made = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  t.deepEqual(made.notices, [])
  t.deepEqual(
    sandbox.requests.map(({ path }) => path),
    ['/access_grants/create'],
  )
})

test('4.11: waiting tells how long it has waited, and for what', async (t) => {
  const { sandbox, session } = await office(t, { settleMs: 1_500 })
  const told: { message: string; calls: number }[] = []
  const inputs = planned(accessGrant, grantOf(provisioned))
  await create(accessGrant, session, inputs, seed, (message) =>
    told.push({ message, calls: sandbox.requests.length }),
  )
  const [{ message, calls }] = told as [(typeof told)[number]]
  t.regex(message, /^Waiting until it is provisioned, for 0 s: Access is being brought to/)
  t.is(calls, 1, 'the answer of the create tells that a look is not worth a call yet')
})

test('4.11: what will not heal ends the waiting at once, in words, and stays in the state', async (t) => {
  const { sandbox, session } = await office(t, { settleMs: 3_600_000 })
  const inputs = planned(accessGrant, grantOf({ ...provisioned, timeout: '10m' }))
  const making = create(accessGrant, session, inputs, seed)
  const broken = failure(making, PartialFailure)
  while (
    sandbox.store.accessGrants.where('access_grant_key', inputs['access_grant_key'] as string)
      .length === 0
  ) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const [grant] = sandbox.store.accessGrants.where(
    'access_grant_key',
    inputs['access_grant_key'] as string,
  )
  sandbox.store.warn(grant!.access_grant_id, {
    warning_code: 'device_does_not_support_access_codes',
    device_id: device,
    message: 'No codes here.',
  })
  const error = await broken
  t.is(error.id, grant!.access_grant_id)
  t.regex(
    error.message,
    /is saved, but does not work:\nIvan .*’s code for .*arage.* could not be set: the device does not support access codes\./,
  )
  t.is(error.outputs['access_grant_id'], grant!.access_grant_id)
})

test('4.11: not in time is a partial failure, and the next deployment looks again', async (t) => {
  const { sandbox, session } = await office(t, { settleMs: 3_600_000 })
  const inputs = planned(accessGrant, grantOf({ ...provisioned, timeout: '1s' }))
  const error = await failure(create(accessGrant, session, inputs, seed), PartialFailure)
  t.regex(error.message, /was not provisioned within 1s/)
  sandbox.settle()
  sandbox.clearRequests()
  const done = await update(accessGrant, session, leftBy(error), inputs, seed)
  t.deepEqual(done.outputs['warnings'], [])
  t.deepEqual(writes(sandbox), [])
})

test('4.11: a warning is told once, in words, without the PINs in it', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  sandbox.store.warn(made.id, {
    warning_code: 'requested_code_unavailable',
    device_id: device,
    original_code: '7350',
    new_code: '2481',
    message: 'The code 7350 is taken, 2481 is used.',
  })
  const seen = await read(accessGrant, newSession(), made.id, leftBy(made))
  t.is(seen?.notices?.length, 1)
  t.regex(
    seen!.notices![0]!,
    /^Ivan .*’s code for .*arage.* is another one than was asked for: that one is taken there\.$/,
  )
  const again = await read(accessGrant, newSession(), made.id, leftBy(seen!))
  t.deepEqual(again?.notices, [])
})

test('4.11: a warning of a kind that nobody knows yet is told without its PINs', async (t) => {
  const { sandbox, session } = await office(t)
  const made = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  sandbox.store.warn(made.id, {
    warning_code: 'brand_new',
    new_code: '2481',
    message: 'Now 2481 opens.',
  })
  const seen = await read(accessGrant, session, made.id, leftBy(made))
  t.regex(seen!.notices![0]!, /^Ivan .*: Now \[secret\] opens\. \(brand_new\)$/)
})

test('4.11: a membership that is on its way counts as accepted, and is waited for when asked', async (t) => {
  const edge = {
    acs_access_group_id: officeIds.accessGroups.itStaff,
    acs_user_id: officeIds.acsUsers.brivoHugo,
  }
  const { sandbox, session, newSession } = await office(t, { settleMs: 1_500 })
  const inputs = planned(accessGroupMembership, edge)
  const made = await create(accessGroupMembership, session, inputs)
  t.is(sandbox.store.memberships.where('acs_user_id', edge.acs_user_id).length, 0, 'not yet')
  t.truthy(await read(accessGroupMembership, newSession(), made.id, leftBy(made)))

  const waiting = planned(accessGroupMembership, { ...edge, ...provisioned })
  await update(accessGroupMembership, newSession(), leftBy(made), waiting)
  t.is(sandbox.store.memberships.where('acs_user_id', edge.acs_user_id).length, 1)
})

test('4.11: a membership that arrives while it is looked for is there', async (t) => {
  const edge = {
    acs_access_group_id: officeIds.accessGroups.itStaff,
    acs_user_id: officeIds.acsUsers.brivoHugo,
  }
  const { sandbox, session, newSession } = await office(t, { settleMs: 60_000 })
  const inputs = planned(accessGroupMembership, edge)
  const made = await create(accessGroupMembership, session, inputs)
  sandbox.clearRequests()
  sandbox.fault({ path: '/acs/access_groups/get', kind: 'latency', ms: 500, times: 1 })
  const reading = read(accessGroupMembership, newSession(), made.id, leftBy(made))
  while (!sandbox.requests.some(({ path }) => path === '/acs/access_groups/get')) await sleep(5)
  sandbox.settle()
  t.truthy(await reading)
})

test('4.11: a membership that is on its way out counts as gone', async (t) => {
  const edge = {
    acs_access_group_id: officeIds.accessGroups.itStaff,
    acs_user_id: officeIds.acsUsers.brivoHugo,
  }
  const { sandbox, session, newSession } = await office(t, { settleMs: 3_600_000 })
  const made = await create(accessGroupMembership, session, planned(accessGroupMembership, edge))
  sandbox.settle()
  await accessGroupMembership.remove(session.seam, made.id, made.outputs)
  t.is(sandbox.store.memberships.where('acs_user_id', edge.acs_user_id).length, 1, 'still there')
  t.is(await read(accessGroupMembership, newSession(), made.id, leftBy(made)), undefined)
})
