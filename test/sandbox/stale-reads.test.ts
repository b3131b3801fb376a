import { setTimeout as sleep } from 'node:timers/promises'
import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { start } from './client'

const { spaces, userIdentities, accessGroups, acsUsers } = officeIds
// Longer than any test: what is stale stays so until the test says otherwise.
const hour = 3_600_000

test('Sandbox: stale reads do not find what was just made, changed or deleted', async (t) => {
  const { call, refused, sandbox } = await start(t)
  const before = await call('/spaces/list')
  sandbox.fault({ kind: 'stale', ms: hour })
  const { access_grant: made } = await call('/access_grants/create', {
    user_identity_id: userIdentities.ivan,
    requested_access_methods: [{ mode: 'code' }],
    access_grant_key: 'a',
  })
  const { access_grant_id } = made
  t.is((await refused('/access_grants/get', { access_grant_id })).status, 404)
  t.is((await refused('/access_grants/get', { access_grant_key: 'a' })).status, 404)
  const related = { access_grant_ids: [access_grant_id] }
  t.is((await refused('/access_grants/get_related', related)).status, 404)
  t.deepEqual((await call('/access_grants/list')).access_grants, [])
  await call('/spaces/update', { space_id: spaces.gym, name: 'Sauna' })
  await call('/spaces/delete', { space_id: spaces.lab })
  t.deepEqual(await call('/spaces/list'), before)

  // Writes see what is: the key is taken, the grant is there to be changed.
  const again = { user_identity_id: userIdentities.ivan, requested_access_methods: [] }
  t.is((await refused('/access_grants/create', { ...again, access_grant_key: 'a' })).status, 409)
  await call('/access_grants/update', { access_grant_id, name: 'A' })
  sandbox.clearFaults()
  t.is((await call('/access_grants/get', { access_grant_id })).access_grant.name, 'A')
  t.is((await call('/spaces/list')).spaces.length, before.spaces.length - 1)
})

test('Sandbox: stale reads catch up when their time is over, in the order of the writes', async (t) => {
  const { call, sandbox } = await start(t)
  const edge = {
    acs_access_group_id: accessGroups.employees,
    acs_user_id: acsUsers.saltoDev,
  }
  const { acs_access_group_id } = edge
  const members = async () =>
    (await call('/acs/access_groups/list_users', { acs_access_group_id })).acs_users.length
  const were = await members()
  sandbox.fault({ kind: 'stale', ms: 2000 })
  await call('/acs/access_groups/add_user', edge)
  await call('/acs/access_groups/remove_user', edge)
  await call('/acs/access_groups/add_user', edge)
  const { user_identity: person } = await call('/user_identities/create', { full_name: 'Kim' })
  t.is(await members(), were)
  await sleep(2010)
  t.is(await members(), were + 1)
  const { user_identity_id } = person
  await call('/user_identities/get', { user_identity_id })
})

test('Sandbox: stale reads keep to their path, and pages go on from one to the other', async (t) => {
  const { call, refused, sandbox } = await start(t)
  sandbox.fault({ path: '/spaces/get', kind: 'stale', ms: hour, times: 1 })
  sandbox.fault({ path: '/spaces/list', kind: 'stale', ms: hour, times: 1 })
  const { space } = await call('/spaces/create', { name: 'Attic' })
  const first = await call('/spaces/list', { limit: 4 })
  const { next_page_cursor: page_cursor } = first.pagination
  const rest = await call('/spaces/list', { limit: 4, page_cursor })
  t.is(rest.spaces.at(-1).name, 'Attic')
  t.is(first.spaces.length + rest.spaces.length, sandbox.store.spaces.size)
  t.is((await refused('/spaces/get', { space_id: space.space_id })).status, 404)
  t.is((await call('/spaces/get', { space_id: space.space_id })).space.name, 'Attic')
})
