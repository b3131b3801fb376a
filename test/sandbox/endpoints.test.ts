import test from 'ava'
import { endpoints } from '../../src/sandbox/endpoints'
import { officeIds } from '../../src/sandbox'
import { apiPaths, validate } from '../fixtures/openapi'
import { expectValid, start, type Client } from './client'

const { systems, entrances, accessGroups, acsUsers, credentials, spaces, devices } = officeIds
const { userIdentities: people, encoders, connectedAccounts } = officeIds
const unmanaged = officeIds.grants.unmanagedFrontDesk
const unmanagedMethod = officeIds.accessMethods.unmanagedFrontDeskPin

type Body = Record<string, unknown>
type Case = Body | ((client: Client) => Promise<Body>)

async function grant(client: Client): Promise<Record<string, any>> {
  const { access_grant: made } = await client.call('/access_grants/create', {
    user_identity_id: people.ivan,
    access_grant_key: 'ivan-lobby',
    requested_access_methods: [
      { mode: 'code' },
      { mode: 'card' },
      { mode: 'mobile_key', instant_key_max_use_count: 3 },
      { mode: 'cloud_key' },
    ],
    space_keys: ['lobby', 'gym'],
    acs_entrance_ids: [entrances.roof],
    device_ids: [devices.garageKeypad],
  })
  return made
}

const ofGrant = async (client: Client) => {
  const { access_grant_id } = await grant(client)
  return { access_grant_id }
}

const ofMethod = async (client: Client) => {
  const { access_method_ids: ids } = await grant(client)
  return { access_method_id: ids[2] }
}

const ofCard = async (client: Client) => {
  const { access_method_ids: ids } = await grant(client)
  return { access_method_id: ids[1] }
}

const encoded = async (client: Client) =>
  client.call('/access_methods/encode', {
    ...(await ofCard(client)),
    acs_encoder_id: encoders.saltoKs,
  })

const ofPage = (more: Body) => ({ limit: 2, ...more })

const cases: Record<string, Case> = {
  '/access_grants/create': {
    user_identity: {
      full_name: 'Judy Blum',
      email_address: 'judy@office.example',
      phone_number: '+4915112345678',
      user_identity_key: 'judy',
    },
    requested_access_methods: [{ mode: 'code', code: '0420' }, { mode: 'mobile_key' }],
    access_grant_key: 'judy-1',
    space_ids: [spaces.offices],
    space_keys: ['lab'],
    acs_entrance_ids: [entrances.roof],
    device_ids: [devices.gymLock],
    reservation_key: 'visit-1',
    customization_profile_id: '50000000-0000-4000-8000-0000000000ff',
    name: 'Visit',
    starts_at: '2030-01-01T08:00:00.000Z',
    ends_at: '2030-01-02T08:00:00.000Z',
  },
  '/access_grants/delete': ofGrant,
  '/access_grants/get': ofGrant,
  '/access_grants/get_related': ofRelated,
  '/access_grants/list': async (client) => {
    await grant(client)
    return ofPage({
      user_identity_id: people.ivan,
      acs_entrance_id: entrances.frontDoor,
      acs_system_id: systems.saltoKs,
      device_id: devices.lobbyLock,
      space_id: spaces.lobby,
    })
  },
  '/access_grants/request_access_methods': async (client) => ({
    ...(await ofGrant(client)),
    requested_access_methods: [{ mode: 'code', code: '123456' }],
  }),
  '/access_grants/unmanaged/get': { access_grant_id: unmanaged },
  '/access_grants/unmanaged/list': ofPage({ user_identity_id: people.grace }),
  '/access_grants/unmanaged/update': {
    access_grant_id: unmanaged,
    is_managed: true,
    access_grant_key: 'front-desk',
  },
  '/access_grants/update': async (client) => ({
    ...(await ofGrant(client)),
    name: 'Renamed',
    starts_at: '2030-01-01T00:00:00.000Z',
    ends_at: null,
  }),
  '/access_methods/assign_card': async (client) => ({
    ...(await ofCard(client)),
    card_number: client.sandbox.store.acsCredentials.get(credentials.hugoKeyCard)?.card_number,
  }),
  '/access_methods/encode': async (client) => ({
    ...(await ofCard(client)),
    acs_encoder_id: encoders.saltoKs,
  }),
  '/access_methods/unlock_door': async (client) => {
    const { access_method_ids: ids } = await grant(client)
    return { access_method_id: ids[3], acs_entrance_id: entrances.roof }
  },
  '/access_methods/delete': ofMethod,
  '/access_methods/get': ofMethod,
  '/access_methods/get_related': async (client) => {
    const { access_method_ids } = await grant(client)
    return { access_method_ids, exclude: ['instant_keys'] }
  },
  '/access_methods/list': ofGrant,
  '/access_methods/unmanaged/get': { access_method_id: unmanagedMethod },
  '/access_methods/unmanaged/list': { access_grant_id: unmanaged },
  '/acs/access_groups/add_user': {
    acs_access_group_id: accessGroups.labTeam,
    user_identity_id: people.ivan,
  },
  '/acs/access_groups/delete': { acs_access_group_id: accessGroups.labTeam },
  '/acs/encoders/encode_credential': {
    acs_encoder_id: encoders.brivo,
    acs_credential_id: credentials.faridCard,
  },
  '/acs/encoders/get': { acs_encoder_id: encoders.brivo },
  '/acs/encoders/list': ofPage({ acs_system_ids: [systems.saltoKs, systems.brivo] }),
  '/acs/entrances/unlock': async (client) => {
    const { acs_credential: made } = await client.call('/acs/credentials/create', {
      acs_user_id: acsUsers.brivoHugo,
      access_method: 'cloud_key',
      allowed_acs_entrance_ids: [entrances.labBench],
    })
    return { acs_credential_id: made.acs_credential_id, acs_entrance_id: entrances.labBench }
  },
  '/action_attempts/get': async (client) => {
    const { action_attempt: made } = await encoded(client)
    return { action_attempt_id: made.action_attempt_id }
  },
  '/action_attempts/list': async (client) => {
    const { action_attempt: made } = await encoded(client)
    return { action_attempt_ids: [made.action_attempt_id] }
  },
  '/acs/access_groups/get': { acs_access_group_id: accessGroups.labTeam },
  '/acs/access_groups/list': { acs_system_id: systems.saltoKs, search: 'emp' },
  '/acs/access_groups/list_accessible_entrances': { acs_access_group_id: accessGroups.labTeam },
  '/acs/access_groups/list_users': { acs_access_group_id: accessGroups.employees },
  '/acs/access_groups/remove_user': {
    acs_access_group_id: accessGroups.employees,
    acs_user_id: acsUsers.saltoAna,
  },
  '/acs/users/add_to_access_group': {
    acs_access_group_id: accessGroups.itStaff,
    acs_user_id: acsUsers.brivoHugo,
  },
  '/acs/users/create': {
    acs_system_id: systems.brivo,
    full_name: 'Kim Lund',
    email_address: 'kim@office.example',
    phone_number: '+4915112345679',
    user_identity_id: people.ivan,
    acs_access_group_ids: [accessGroups.itStaff],
    access_schedule: { starts_at: '2030-01-01T00:00:00.000Z', ends_at: null },
  },
  '/acs/users/delete': { acs_user_id: acsUsers.saltoAna },
  '/acs/users/get': { acs_user_id: acsUsers.brivoGrace },
  '/acs/users/list': ofPage({ acs_system_id: systems.saltoKs, search: 'office.example' }),
  '/acs/users/list_accessible_entrances': { acs_user_id: acsUsers.brivoGrace },
  '/acs/users/remove_from_access_group': {
    acs_access_group_id: accessGroups.employees,
    acs_user_id: acsUsers.saltoBen,
  },
  '/acs/users/suspend': { acs_user_id: acsUsers.saltoBen },
  '/acs/users/unsuspend': { user_identity_id: people.grace, acs_system_id: systems.brivo },
  '/acs/users/update': {
    acs_user_id: acsUsers.saltoBen,
    full_name: 'Benjamin Okafor',
    email_address: 'benjamin@office.example',
    access_schedule: { starts_at: '2030-01-01T00:00:00.000Z', ends_at: '2031-01-01T00:00:00.000Z' },
  },
  '/acs/credentials/assign': {
    acs_credential_id: credentials.faridCard,
    acs_user_id: acsUsers.brivoHugo,
  },
  '/acs/credentials/create': {
    acs_user_id: acsUsers.brivoHugo,
    access_method: 'card',
    allowed_acs_entrance_ids: [entrances.labBench],
    visionline_metadata: { card_function_type: 'staff', auto_join: true },
    starts_at: '2030-01-01T00:00:00.000Z',
    ends_at: '2031-01-01T00:00:00.000Z',
  },
  '/acs/credentials/delete': { acs_credential_id: credentials.faridCard },
  '/acs/credentials/get': { acs_credential_id: credentials.hugoKeyCard },
  '/acs/credentials/list': ofPage({ acs_system_id: systems.brivo }),
  '/acs/credentials/list_accessible_entrances': { acs_credential_id: credentials.hugoKeyCard },
  '/acs/credentials/unassign': {
    acs_credential_id: credentials.faridCard,
    acs_user_id: acsUsers.brivoFarid,
  },
  '/acs/credentials/update': {
    acs_credential_id: credentials.anaPin,
    code: '0099',
    ends_at: '2031-01-01T00:00:00.000Z',
  },
  '/acs/entrances/get': { acs_entrance_id: entrances.frontDoor },
  '/acs/entrances/list': ofPage({ acs_system_id: systems.saltoKs }),
  '/acs/entrances/list_credentials_with_access': {
    acs_entrance_id: entrances.serverRoom,
    include_if: ['visionline_metadata.is_valid'],
  },
  '/acs/systems/get': { acs_system_id: systems.brivo },
  '/acs/systems/list': { search: 'main' },
  '/devices/get': { device_id: devices.lobbyLock },
  '/devices/list': ofPage({ manufacturer: 'schlage' }),
  '/events/get': async (client) => {
    await grant(client)
    return { event_type: 'access_grant.created' }
  },
  '/events/list': async (client) => {
    await grant(client)
    return { since: '2024-01-01T00:00:00.000Z', event_types: ['access_grant.created'] }
  },
  '/spaces/add_acs_entrances': { space_id: spaces.gym, acs_entrance_ids: [entrances.roof] },
  '/spaces/add_connected_account': {
    space_id: spaces.gym,
    connected_account_id: connectedAccounts.locks,
  },
  '/spaces/remove_connected_account': {
    space_id: spaces.gym,
    connected_account_id: connectedAccounts.locks,
  },
  '/spaces/add_devices': { space_id: spaces.gym, device_ids: [devices.lobbyLock] },
  '/spaces/create': {
    name: 'Roof Terrace',
    space_key: 'roof',
    customer_key: 'acme',
    customer_data: { address: '1 Main Street', default_checkin_time: '15:00', time_zone: null },
    acs_entrance_ids: [entrances.roof],
    device_ids: [devices.gymLock],
  },
  '/spaces/delete': { space_id: spaces.gym },
  '/spaces/get': { space_key: 'server-room' },
  '/spaces/get_related': { space_ids: [spaces.lobby], include: ['devices', 'acs_entrances'] },
  '/spaces/list': ofPage({ search: 'o' }),
  '/spaces/remove_acs_entrances': {
    space_id: spaces.lobby,
    acs_entrance_ids: [entrances.frontDoor],
  },
  '/spaces/remove_devices': { space_id: spaces.lobby, device_ids: [devices.lobbyLock] },
  '/spaces/update': { space_id: spaces.lobby, name: 'Foyer', acs_entrance_ids: [] },
  '/user_identities/add_acs_user': {
    acs_user_id: acsUsers.saltoDev,
    user_identity_id: people.ivan,
  },
  '/user_identities/create': {
    full_name: 'Kim Lund',
    email_address: 'kim@office.example',
    phone_number: '+4915112345678',
    user_identity_key: 'kim',
    acs_system_ids: [systems.brivo],
  },
  '/user_identities/delete': { user_identity_id: people.grace },
  '/user_identities/get': { user_identity_key: 'ivan' },
  '/user_identities/list': ofPage({ search: 'office' }),
  '/user_identities/list_accessible_devices': async (client) => {
    await grant(client)
    return { user_identity_id: people.ivan }
  },
  '/user_identities/merge': async () => ({
    user_identity_id: people.ivan,
    merged_user_identity_ids: [people.grace],
  }),
  '/user_identities/list_accessible_entrances': { user_identity_id: people.grace },
  '/user_identities/list_acs_systems': { user_identity_id: people.grace },
  '/user_identities/list_acs_users': { user_identity_id: people.grace },
  '/user_identities/remove_acs_user': {
    acs_user_id: acsUsers.brivoGrace,
    user_identity_id: people.grace,
  },
  '/user_identities/update': { user_identity_id: people.ivan, email_address: null },
  '/workspaces/get': {},
  '/workspaces/list': {},
}

async function ofRelated(client: Client) {
  const { access_grant_id: id } = await grant(client)
  return { access_grant_ids: [id, unmanaged] }
}

test('Sandbox: the tests know every endpoint, with the verbs that the API gives it', (t) => {
  t.deepEqual(endpoints.map(({ path }) => path).sort(), Object.keys(cases).sort())
  for (const { path, verbs } of endpoints) {
    t.deepEqual([...verbs].sort(), [...(apiPaths.get(path) ?? ['POST'])].sort(), path)
  }
})

for (const { path, verbs } of endpoints) {
  const named = verbs.join(', ')
  test(`Sandbox: ${path} takes and answers what the document says (${named})`, async (t) => {
    for (const verb of verbs) {
      const client = await start(t)
      const given = cases[path] ?? {}
      const body = typeof given === 'function' ? await given(client) : given
      expectValid(t, 'request', path, body)
      const answer = await client.send(verb, path, body)
      t.is(answer.status, 200, JSON.stringify(answer.body))
      t.is(answer.body.ok, true)
      t.regex(answer.headers.get('seam-request-id') ?? '', /^[\da-f-]{36}$/)
      expectValid(t, 'response', path, answer.body)
      const lists = Object.entries(answer.body).filter(([, value]) => Array.isArray(value))
      for (const [name, list] of lists) t.true(list.length > 0, `${name} is empty`)
      const entry = client.sandbox.requests.at(-1)
      t.deepEqual(entry, { method: verb, path, status: 200, body })
    }
  })
}

test('Sandbox: the validator finds what is wrong, and members that the document does not name', (t) => {
  const path = '/access_grants/update'
  t.deepEqual(validate('request', path, { access_grant_id: 'x', space_ids: [] }), {
    errors: ['/access_grant_id must match format "uuid"'],
    unknownKeys: ['space_ids'],
  })
  const { errors } = validate('response', '/access_grants/get', { ok: true, access_grant: {} })
  t.true(errors.length > 0)
})
