import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { start, type Client } from './client'

// What the vendor's SDK for Python 3.18 sends and reads beyond the document.

const { spaces, systems, entrances, encoders, userIdentities: people } = officeIds

async function grant({ call }: Client, more: object = {}) {
  const { access_grant: made } = await call('/access_grants/create', {
    user_identity_id: people.ivan,
    requested_access_methods: [{ mode: 'code' }, { mode: 'card' }, { mode: 'cloud_key' }],
    space_ids: [spaces.lab],
    ...more,
  })
  return made
}

test('Sandbox: the methods of a grant come in pages', async (t) => {
  const client = await start(t)
  const { access_grant_id, access_method_ids } = await grant(client)
  const list = (more: object) =>
    client.send('GET', '/access_methods/list', { access_grant_id, limit: 2, ...more })
  const { body: first } = await list({})
  t.is(first.access_methods.length, 2)
  t.true(first.pagination.has_next_page)
  const { body: last } = await list({ page_cursor: first.pagination.next_page_cursor })
  t.deepEqual(last.pagination, {
    next_page_cursor: null,
    has_next_page: false,
    next_page_url: null,
  })
  const ids = [...first.access_methods, ...last.access_methods].map((one) => one.access_method_id)
  t.deepEqual(ids, access_method_ids)
})

test('Sandbox: grants are found by what they and their people are called', async (t) => {
  const client = await start(t)
  const { access_grant_id: id } = await grant(client, {
    name: 'Lab visit',
    access_grant_key: 'k-7',
  })
  const { full_name } = client.sandbox.store.userIdentities.get(people.ivan)!
  for (const search of ['lab VISIT', 'k-7', id, people.ivan, full_name!.slice(1)]) {
    const { body } = await client.send('GET', '/access_grants/list', { search })
    t.deepEqual(
      body.access_grants.map((one: { access_grant_id: string }) => one.access_grant_id),
      [id],
      search,
    )
  }
  const { body } = await client.send('GET', '/access_grants/list', { search: 'nobody' })
  t.deepEqual(body.access_grants, [])
})

test('Sandbox: the entrances of an access method are those of the grants that it serves', async (t) => {
  const client = await start(t)
  const { access_method_ids: ids } = await grant(client, { acs_entrance_ids: [entrances.roof] })
  const { body } = await client.send('GET', '/acs/entrances/list', { access_method_id: ids[0] })
  t.deepEqual(
    body.acs_entrances.map((one: { acs_entrance_id: string }) => one.acs_entrance_id),
    [entrances.labEntrance, entrances.labBench, entrances.roof],
  )
})

test('Sandbox: a grant and its methods say in words where they stand', async (t) => {
  const client = await start(t)
  const soon = await grant(client, { starts_at: '2999-01-01T00:00:00.000Z' })
  t.is(soon.display_status, 'Upcoming')
  const made = await grant(client)
  t.is(made.display_status, 'Active')
  const { access_methods: methods } = await client.call('/access_methods/list', {
    access_grant_id: made.access_grant_id,
  })
  t.deepEqual(
    methods.map((one: { display_status: string }) => one.display_status),
    ['Issued', 'Awaiting encoding', 'Issued'],
  )
})

test('Sandbox: a person who was merged is found as the one who stays', async (t) => {
  const client = await start(t)
  const { call, refused, sandbox } = client
  const { user_identity: twin } = await call('/user_identities/create', {
    user_identity_key: 'twin',
    phone_number: '+4915112345678',
  })
  t.deepEqual(twin.merged_user_identity_ids, [])
  const held = await grant(client, { user_identity_id: twin.user_identity_id })
  const { acs_user: user } = await call('/acs/users/create', {
    acs_system_id: systems.brivo,
    full_name: 'Ivan',
    user_identity_id: twin.user_identity_id,
  })
  const merge = {
    user_identity_id: people.ivan,
    merged_user_identity_ids: [twin.user_identity_id],
  }
  for (let time = 0; time < 2; time++) await call('/user_identities/merge', merge)
  for (const named of [
    { user_identity_id: twin.user_identity_id },
    { user_identity_key: 'twin' },
    { user_identity_id: people.ivan },
  ]) {
    const { user_identity: found } = await call('/user_identities/get', named)
    t.like(found, {
      user_identity_id: people.ivan,
      phone_number: '+4915112345678',
      merged_user_identity_ids: [twin.user_identity_id],
      merged_user_identity_keys: ['twin'],
      acs_user_ids: [user.acs_user_id],
    })
  }
  t.false(sandbox.store.userIdentities.has(twin.user_identity_id))
  const { access_grants: listed } = await call('/access_grants/list', {
    user_identity_id: twin.user_identity_id,
  })
  t.deepEqual(
    listed.map((one: { access_grant_id: string }) => one.access_grant_id),
    [held.access_grant_id],
  )
  t.is((await refused('/user_identities/create', { user_identity_key: 'twin' })).status, 409)
})

test('Sandbox: a card is issued once it was encoded, and the attempt tells when', async (t) => {
  const client = await start(t, { settleMs: 1_000_000 })
  const { access_method_ids: ids } = await grant(client)
  client.sandbox.settle()
  const card = { access_method_id: ids[1] }
  const { access_method: before } = await client.call('/access_methods/get', card)
  t.like(before, { is_issued: false, is_encoding_required: true, is_ready_for_encoding: true })
  const { action_attempt: begun } = await client.call('/access_methods/encode', {
    ...card,
    acs_encoder_id: encoders.saltoKs,
  })
  t.like(begun, { status: 'pending', action_type: 'ENCODE_CREDENTIAL', result: null, error: null })
  client.sandbox.settle()
  const { action_attempt: done } = await client.call('/action_attempts/get', {
    action_attempt_id: begun.action_attempt_id,
  })
  t.is(done.status, 'success')
  const { access_method: after } = await client.call('/access_methods/get', card)
  t.like(after, { is_issued: true, is_encoding_required: false, is_ready_for_encoding: false })
})

test('Sandbox: a card is assigned by its number, and a door is unlocked only by who may', async (t) => {
  const client = await start(t)
  const { access_method_ids: ids } = await grant(client)
  const [code, card, cloud] = ids as string[]
  const { action_attempt: unknown } = await client.call('/access_methods/assign_card', {
    access_method_id: card,
    card_number: 'none',
  })
  t.like(unknown, { status: 'error', error: { type: 'credential_not_found' } })
  const unlock = '/access_methods/unlock_door'
  const door = { access_method_id: cloud, acs_entrance_id: entrances.labBench }
  t.is((await client.call(unlock, door)).action_attempt.status, 'success')
  for (const wrong of [{ access_method_id: code }, { acs_entrance_id: entrances.roof }]) {
    t.is((await client.refused(unlock, { ...door, ...wrong })).status, 400)
  }
})

test('Sandbox: a space takes connected accounts, and is found by them', async (t) => {
  const { call } = await start(t)
  const given = {
    space_id: spaces.gym,
    connected_account_id: officeIds.connectedAccounts.locks,
  }
  const found = async () => {
    const { connected_account_id } = given
    const { spaces: list } = await call('/spaces/list', { connected_account_id })
    return list.map((one: { space_id: string }) => one.space_id)
  }
  await call('/spaces/add_connected_account', given)
  await call('/spaces/add_connected_account', given)
  t.deepEqual(await found(), [spaces.gym])
  await call('/spaces/remove_connected_account', given)
  t.deepEqual(await found(), [])
})
