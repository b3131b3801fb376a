import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { start, type Client } from './client'

const { entrances, spaces, devices, userIdentities, grants, systems } = officeIds

type Json = Record<string, any>

async function grant(client: Client, given: Json = {}): Promise<Json> {
  const { access_grant: made } = await client.call('/access_grants/create', {
    user_identity_id: userIdentities.ivan,
    requested_access_methods: [{ mode: 'code' }],
    ...given,
  })
  return made
}

const method = async (client: Client, id: string): Promise<Json> =>
  (await client.call('/access_methods/get', { access_method_id: id })).access_method

test('Sandbox: a grant lives from create to delete', async (t) => {
  const client = await start(t)
  const { call, refused } = client
  const made = await grant(client, { space_keys: ['lobby'], access_grant_key: 'a', name: 'A' })
  const { access_grant_id } = made
  t.deepEqual(made.space_ids, [spaces.lobby])
  t.deepEqual(made.pending_mutations, [])
  t.deepEqual(made.warnings, [])
  const read = await call('/access_grants/get', { access_grant_key: 'a' })
  t.deepEqual(read.access_grant, made)
  await call('/access_grants/update', { access_grant_id, ends_at: '2040-01-01T00:00:00Z' })
  const { access_grant: updated } = await call('/access_grants/get', { access_grant_id })
  t.is(updated.ends_at, '2040-01-01T00:00:00.000Z')
  t.is(updated.name, 'A')
  const early = { access_grant_id, ends_at: '2020-01-01T00:00:00Z' }
  t.is((await refused('/access_grants/update', early)).status, 400)
  await call('/access_grants/delete', { access_grant_id })
  t.is((await refused('/access_grants/get', { access_grant_id })).status, 404)
  t.is((await refused('/access_grants/delete', { access_grant_id })).status, 404)
  t.deepEqual((await call('/access_grants/list')).access_grants, [])
  t.is(client.sandbox.store.accessMethods.size, 1)
})

test('Sandbox: a grant names an unknown person, space, entrance or device: nothing is made', async (t) => {
  const client = await start(t)
  const unknown = '90000000-0000-4000-8000-0000000000ff'
  for (const [given, type] of [
    [{ user_identity_id: unknown }, 'user_identity_not_found'],
    [{ space_ids: [unknown] }, 'space_not_found'],
    [{ space_keys: ['nowhere'] }, 'space_not_found'],
    [{ acs_entrance_ids: [unknown] }, 'acs_entrance_not_found'],
    [{ device_ids: [unknown] }, 'device_not_found'],
  ] as const) {
    const valid: Json = { user_identity_id: userIdentities.ivan, requested_access_methods: [] }
    const refusal = await client.refused('/access_grants/create', { ...valid, ...given })
    t.is(refusal.status, 404)
    t.is(refusal.error.type, type)
  }
  t.is(client.sandbox.store.accessGrants.size, 1)
})

test('Sandbox: a key belongs to one grant until that grant is deleted', async (t) => {
  const client = await start(t)
  const { access_grant_id } = await grant(client, { access_grant_key: 'a' })
  const again = {
    user_identity: { full_name: 'New', email_address: 'new@office.example' },
    requested_access_methods: [],
    access_grant_key: 'a',
  }
  const { status, error } = await client.refused('/access_grants/create', again)
  t.is(status, 409)
  t.is(error.type, 'access_grant_key_conflict')
  t.is(client.sandbox.store.userIdentities.size, 2)
  await client.call('/access_grants/delete', { access_grant_id })
  await client.call('/access_grants/create', again)
})

test('Sandbox: the status of a taken key can be chosen', async (t) => {
  const client = await start(t, { duplicateKeyStatus: 400 })
  await grant(client, { access_grant_key: 'a' })
  const { status } = await client.refused('/access_grants/create', {
    user_identity_id: userIdentities.ivan,
    requested_access_methods: [],
    access_grant_key: 'a',
  })
  t.is(status, 400)
})

test('Sandbox: get_related names the doors of a grant, direct and through spaces', async (t) => {
  const client = await start(t)
  const made = await grant(client, {
    space_ids: [spaces.gym],
    acs_entrance_ids: [entrances.roof],
    device_ids: [devices.lobbyLock],
  })
  const related = (more: Json) =>
    client.call('/access_grants/get_related', { access_grant_ids: [made.access_grant_id], ...more })
  const { batch } = await related({ include: ['acs_entrances', 'devices', 'spaces'] })
  t.deepEqual(Object.keys(batch).sort(), ['acs_entrances', 'devices', 'spaces'])
  const ids = (list: Json[], name: string) => list.map((one) => one[name]).sort()
  t.deepEqual(ids(batch.acs_entrances, 'acs_entrance_id'), [entrances.gymDoor, entrances.roof])
  t.deepEqual(ids(batch.devices, 'device_id'), [devices.lobbyLock, devices.gymLock])
  t.deepEqual(ids(batch.spaces, 'space_id'), [spaces.gym])
  t.false('devices' in (await related({ exclude: ['devices'] })).batch)
  const whole = (await related({})).batch
  t.is(whole.user_identities[0].user_identity_id, userIdentities.ivan)
  t.is(whole.access_methods.length, 1)
  t.is(whole.connected_accounts.length, 2)
})

test('Sandbox: a grant is found by each of its doors, and by those of its spaces', async (t) => {
  const client = await start(t)
  const { access_grant_id: id } = await grant(client, {
    space_ids: [spaces.lab],
    acs_entrance_ids: [entrances.roof],
    device_ids: [devices.gymLock],
  })
  await grant(client)
  for (const filter of [
    { space_id: spaces.lab },
    { acs_entrance_id: entrances.labBench },
    { acs_entrance_id: entrances.roof },
    { device_id: devices.gymLock },
    { acs_system_id: systems.brivo },
    { access_grant_ids: [id] },
  ]) {
    const { access_grants: found } = await client.call('/access_grants/list', filter)
    const ids = found.map((one: Json) => one.access_grant_id)
    t.deepEqual(ids, [id], JSON.stringify(filter))
  }
})

test('Sandbox: grants of one person share a PIN, unless another one is asked for', async (t) => {
  const client = await start(t)
  const first = await grant(client, { space_ids: [spaces.lobby] })
  const second = await grant(client, { space_ids: [spaces.gym] })
  t.deepEqual(second.access_method_ids, first.access_method_ids)
  const own = await grant(client, { requested_access_methods: [{ mode: 'code', code: '0042' }] })
  t.notDeepEqual(own.access_method_ids, first.access_method_ids)
  t.is((await method(client, own.access_method_ids[0])).code, '0042')

  const [shared] = first.access_method_ids
  t.regex((await method(client, shared)).code, /^\d{6}$/)
  await client.call('/access_grants/delete', { access_grant_id: first.access_grant_id })
  t.truthy(await method(client, shared))
  await client.call('/access_grants/delete', { access_grant_id: second.access_grant_id })
  t.is((await client.refused('/access_methods/get', { access_method_id: shared })).status, 404)
})

test('Sandbox: a PIN that someone else has on a device is replaced, with a warning', async (t) => {
  const client = await start(t)
  const wanted = { requested_access_methods: [{ mode: 'code', code: '4711' }] }
  await grant(client, { ...wanted, space_ids: [spaces.lobby] })
  const other = { user_identity_id: userIdentities.grace }
  const late = await grant(client, { ...wanted, ...other, device_ids: [devices.lobbyLock] })
  const [lost] = late.warnings
  t.is(lost.warning_code, 'requested_code_unavailable')
  t.is(lost.original_code, '4711')
  t.is((await method(client, late.access_method_ids[0])).code, lost.new_code)
  t.is(late.requested_access_methods[0].code, '4711')
})

test('Sandbox: a mobile key brings a link and a token, which no other mode does', async (t) => {
  const client = await start(t)
  const both = [{ mode: 'mobile_key' }, { mode: 'card' }]
  const made = await grant(client, { requested_access_methods: both })
  t.regex(made.instant_key_url, /^https?:/)
  t.regex(made.client_session_token, /^seam_cst/)
  const [phone, card] = await Promise.all(
    made.access_method_ids.map((id: string) => method(client, id)),
  )
  t.true(phone.is_issued)
  t.false(card.is_issued)
  t.true(card.is_encoding_required)
  const { access_grant: two } = await client.call('/access_grants/request_access_methods', {
    access_grant_id: made.access_grant_id,
    requested_access_methods: [{ mode: 'mobile_key' }],
  })
  t.is(two.instant_key_url, undefined)
  t.is(two.requested_access_methods.length, 3)
  const plain = await grant(client)
  t.false('instant_key_url' in plain || 'client_session_token' in plain)
})

test('Sandbox: a device without access codes leaves a warning on the grant', async (t) => {
  const client = await start(t)
  const { warnings } = await grant(client, { space_ids: [spaces.gym] })
  t.deepEqual(
    warnings.map((one: Json) => [one.warning_code, one.device_id]),
    [['device_does_not_support_access_codes', devices.gymLock]],
  )
})

test('Sandbox: a deleted access method leaves every grant that it served', async (t) => {
  const client = await start(t)
  const first = await grant(client)
  const second = await grant(client)
  const [access_method_id] = first.access_method_ids
  await client.call('/access_methods/delete', { access_method_id })
  for (const { access_grant_id } of [first, second]) {
    const { access_grant: left } = await client.call('/access_grants/get', { access_grant_id })
    t.deepEqual(left.access_method_ids, [])
    t.deepEqual(left.requested_access_methods[0].created_access_method_ids, [])
  }
})

test('Sandbox: the methods of one grant can be deleted without those that it shares', async (t) => {
  const client = await start(t)
  const first = await grant(client)
  const modes = [{ mode: 'code' }, { mode: 'cloud_key' }]
  const second = await grant(client, { requested_access_methods: modes })
  await client.call('/access_methods/delete', { access_grant_id: second.access_grant_id })
  const list = async ({ access_grant_id }: Json) =>
    (await client.call('/access_methods/list', { access_grant_id })).access_methods.length
  t.is(await list(first), 1)
  t.is(await list(second), 0)
})

test('Sandbox: a reservation fixes its doors and its time', async (t) => {
  const client = await start(t)
  const day = (from: number, to: number) => ({
    starts_at: `2030-01-0${from}T00:00:00.000Z`,
    ends_at: `2030-01-0${to}T00:00:00.000Z`,
  })
  const stay = { reservation_key: 'stay', ...day(1, 4) }
  const rooms = { acs_entrance_ids: [entrances.quietOffice, entrances.meetingRoom] }
  const refusal = async (given: Json) => {
    const whole = { user_identity_id: userIdentities.grace, requested_access_methods: [], ...given }
    const { status, error } = await client.refused('/access_grants/create', whole)
    return [status, error.type]
  }
  const plain = { ...stay, acs_entrance_ids: [entrances.frontDoor] }
  t.deepEqual(await refusal(plain), [400, 'reservation_key_not_supported'])
  const first = await grant(client, { ...stay, ...rooms })
  const more = { acs_entrance_ids: [...rooms.acs_entrance_ids, entrances.roof] }
  t.deepEqual(await refusal({ ...stay, ...more }), [409, 'reservation_joiner_superset'])
  const other = { acs_entrance_ids: [entrances.meetingRoom, entrances.roof] }
  t.deepEqual(await refusal({ ...stay, ...other }), [409, 'reservation_door_set_changed'])
  const late = { ...stay, ...rooms, ...day(5, 6) }
  t.deepEqual(await refusal(late), [409, 'reservation_time_frames_do_not_overlap'])
  const joiner = { ...stay, acs_entrance_ids: [entrances.meetingRoom], ...day(2, 3) }
  await grant(client, joiner)
  const key = { reservation_key: 'stay' }
  t.is((await client.call('/access_grants/list', key)).access_grants.length, 2)
  await client.call('/access_methods/delete', key)
  const { access_grant_id } = first
  const { access_grant: left } = await client.call('/access_grants/get', { access_grant_id })
  t.deepEqual(left.access_method_ids, [])
})

test('Sandbox: an unmanaged grant is adopted with its methods, and never goes back', async (t) => {
  const client = await start(t)
  const { call, refused } = client
  const access_grant_id = grants.unmanagedFrontDesk
  await grant(client, { access_grant_key: 'taken' })
  const adopt = { access_grant_id, is_managed: true }
  const taken = await refused('/access_grants/unmanaged/update', {
    ...adopt,
    access_grant_key: 'taken',
  })
  t.is(taken.status, 409)
  await call('/access_grants/unmanaged/update', { ...adopt, access_grant_key: 'desk' })
  const { access_grant: adopted } = await call('/access_grants/get', { access_grant_key: 'desk' })
  t.is(adopted.access_grant_id, access_grant_id)
  const { access_methods: methods } = await call('/access_methods/list', { access_grant_id })
  t.is(methods.length, 1)
  t.is((await refused('/access_grants/unmanaged/get', { access_grant_id })).status, 404)
  t.is((await refused('/access_grants/unmanaged/update', adopt)).status, 404)
  t.deepEqual((await call('/access_grants/unmanaged/list')).access_grants, [])
})

test('Sandbox: what happens to a grant is recorded as events', async (t) => {
  const client = await start(t)
  const { access_grant_id } = await grant(client, { space_ids: [spaces.lobby] })
  await client.call('/access_grants/update', { access_grant_id, ends_at: '2040-01-01T00:00:00Z' })
  await client.call('/access_grants/delete', { access_grant_id })
  const { events } = await client.call('/events/list', {
    access_grant_id,
    since: '2024-01-01T00:00:00.000Z',
  })
  t.deepEqual(
    events.map((event: Json) => event.event_type),
    [
      'access_grant.created',
      'access_method.created',
      'access_method.issued',
      'access_grant.access_granted_to_door',
      'access_grant.access_granted_to_door',
      'access_grant.access_granted_to_all_doors',
      'access_method.revoked',
      'access_method.reissued',
      'access_grant.access_times_changed',
      'access_method.deleted',
      'access_grant.deleted',
    ],
  )
  const between = ['2024-01-01T00:00:00.000Z', '2024-01-02T00:00:00.000Z']
  // By the document no moment fits: it is both of two alternatives of which it may be only one.
  const none = await client.send('POST', '/events/list', { between })
  t.deepEqual(none.body.events, [])
})
