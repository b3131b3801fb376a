import { setTimeout as sleep } from 'node:timers/promises'
import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { start } from './client'

const { spaces, userIdentities, accessGroups, acsUsers, entrances } = officeIds
// Longer than any test: what is pending settles when the test says so.
const settleMs = 3_600_000

type Json = Record<string, any>

const codes = (list: Json[]) => list.map((one) => one.warning_code ?? one.mutation_code).sort()

test('Sandbox: with time to settle, a grant shows what is under way', async (t) => {
  const { call, refused, sandbox } = await start(t, { settleMs })
  const { access_grant: made } = await call('/access_grants/create', {
    user_identity_id: userIdentities.ivan,
    requested_access_methods: [{ mode: 'code' }],
    space_ids: [spaces.lobby],
    access_grant_key: 'a',
  })
  const { access_grant_id } = made
  const read = async () => (await call('/access_grants/get', { access_grant_id })).access_grant
  const method = async () =>
    (await call('/access_methods/list', { access_grant_id })).access_methods[0]
  t.deepEqual(codes(made.warnings), ['underprovisioned_access'])
  t.deepEqual(codes((await method()).pending_mutations), ['provisioning_access'])
  t.false((await method()).is_issued)
  sandbox.settle()
  t.deepEqual((await read()).warnings, [])
  t.true((await method()).is_issued)

  await call('/access_grants/update', { access_grant_id, ends_at: '2040-01-01T00:00:00Z' })
  const moving = await read()
  t.deepEqual(codes(moving.pending_mutations), ['updating_access_times'])
  t.is(moving.pending_mutations[0].from.ends_at, null)
  t.is(moving.pending_mutations[0].to.ends_at, '2040-01-01T00:00:00.000Z')
  t.false((await method()).is_issued)
  sandbox.settle()
  t.deepEqual((await read()).pending_mutations, [])
  t.true((await method()).is_issued)

  await call('/spaces/update', { space_id: spaces.lobby, acs_entrance_ids: [entrances.roof] })
  t.deepEqual(codes((await read()).pending_mutations), ['updating_spaces'])
  sandbox.settle()

  await call('/access_grants/delete', { access_grant_id })
  t.deepEqual(codes((await read()).warnings), ['being_deleted'])
  await call('/access_grants/delete', { access_grant_id })
  sandbox.settle()
  t.is((await refused('/access_grants/get', { access_grant_id })).status, 404)
})

test('Sandbox: with time to settle, a new member appears later and is pending until then', async (t) => {
  const { call, sandbox } = await start(t, { settleMs })
  const edge = { acs_access_group_id: accessGroups.itStaff, acs_user_id: acsUsers.brivoHugo }
  const { acs_access_group_id, acs_user_id } = edge
  const members = async () =>
    (await call('/acs/access_groups/list_users', { acs_access_group_id })).acs_users.length
  const group = async () =>
    (await call('/acs/access_groups/get', { acs_access_group_id })).acs_access_group
  const user = async () => (await call('/acs/users/get', { acs_user_id })).acs_user
  await call('/acs/access_groups/add_user', edge)
  t.is(await members(), 0)
  const [adding] = (await group()).pending_mutations
  t.like(adding, { mutation_code: 'updating_user_membership', to: { acs_user_id } })
  t.is(adding.from.acs_user_id, null)
  t.like((await user()).pending_mutations[0], { to: { acs_access_group_id } })
  sandbox.settle()
  t.is(await members(), 1)
  t.deepEqual((await group()).pending_mutations, [])
  await call('/acs/access_groups/remove_user', edge)
  t.is(await members(), 1)
  t.is((await group()).pending_mutations[0].from.acs_user_id, acs_user_id)
  sandbox.settle()
  t.is(await members(), 0)
})

test('Sandbox: of two changes of a membership under way, the last one lasts', async (t) => {
  const { call, sandbox } = await start(t, { settleMs })
  const edge = { acs_access_group_id: accessGroups.itStaff, acs_user_id: acsUsers.brivoHugo }
  const members = () => sandbox.store.memberships.where('acs_user_id', edge.acs_user_id).length
  await call('/acs/access_groups/add_user', edge)
  await call('/acs/access_groups/remove_user', edge)
  sandbox.settle()
  t.is(members(), 0)
  await call('/acs/access_groups/add_user', edge)
  sandbox.settle()
  await call('/acs/access_groups/remove_user', edge)
  await call('/acs/access_groups/add_user', edge)
  sandbox.settle()
  t.is(members(), 1)
})

test('Sandbox: with time to settle, people and credentials go by way of being deleted', async (t) => {
  const { call, refused, sandbox } = await start(t, { settleMs })
  const { acs_user: made } = await call('/acs/users/create', {
    acs_system_id: officeIds.systems.brivo,
    full_name: 'Kim',
  })
  t.deepEqual(codes(made.pending_mutations), ['creating'])
  await call('/user_identities/delete', { user_identity_id: userIdentities.grace })
  const { user_identity: going } = await call('/user_identities/get', {
    user_identity_id: userIdentities.grace,
  })
  t.deepEqual(codes(going.warnings), ['being_deleted'])
  const { acs_user: user } = await call('/acs/users/get', { acs_user_id: acsUsers.brivoGrace })
  t.deepEqual(codes(user.pending_mutations), ['deleting'])
  sandbox.settle()
  t.false(sandbox.store.userIdentities.has(userIdentities.grace))
  const gone = { acs_user_id: acsUsers.brivoGrace }
  t.is((await refused('/acs/users/get', gone)).status, 404)
})

test('Sandbox: what is pending settles when its time has come', async (t) => {
  const { send, sandbox } = await start(t, { settleMs: 50 })
  const { body } = await send('POST', '/access_grants/create', {
    user_identity_id: userIdentities.ivan,
    requested_access_methods: [],
  })
  await send('POST', '/access_grants/delete', body.access_grant)
  await sleep(60)
  t.false(sandbox.store.accessGrants.has(body.access_grant.access_grant_id))
})

test('Sandbox: a test can put warnings and errors on any object', async (t) => {
  const { call, sandbox } = await start(t)
  const { access_grant: made } = await call('/access_grants/create', {
    user_identity_id: userIdentities.ivan,
    requested_access_methods: [],
  })
  const { access_grant_id } = made
  const read = async () => (await call('/access_grants/get', { access_grant_id })).access_grant
  sandbox.store.warn(access_grant_id, { warning_code: 'underprovisioned_access' })
  sandbox.store.fail(access_grant_id, {
    error_code: 'cannot_create_requested_access_methods',
    message: 'No room for a code.',
  })
  const { warnings, errors } = await read()
  t.deepEqual(codes(warnings), ['underprovisioned_access'])
  t.is(errors[0].message, 'No room for a code.')
  sandbox.store.clearNotices(access_grant_id)
  t.deepEqual((await read()).warnings, [])
  t.throws(() => sandbox.store.warn(spaces.lobby, { warning_code: 'x' }), { message: /no object/ })
})
