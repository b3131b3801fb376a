import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { start, type Client } from './client'

const { systems, accessGroups, acsUsers, credentials, userIdentities, entrances } = officeIds
const { grace, ivan } = userIdentities

type Json = Record<string, any>

const ids = (list: Json[], name: string) => list.map((one) => one[name])

const members = async ({ call }: Client, acs_access_group_id: string) =>
  ids(
    (await call('/acs/access_groups/list_users', { acs_access_group_id })).acs_users,
    'acs_user_id',
  )

test('Sandbox: keys, e-mail addresses and phone numbers belong to one person', async (t) => {
  const { call, refused } = await start(t)
  const taken = {
    user_identity_key: 'k',
    email_address: 'a@b.example',
    phone_number: '+4915112345',
  }
  const { user_identity: made } = await call('/user_identities/create', taken)
  for (const [member, type] of [
    ['user_identity_key', 'user_identity_key_conflict'],
    ['email_address', 'user_identity_email_or_phone_conflict'],
    ['phone_number', 'user_identity_email_or_phone_conflict'],
  ] as const) {
    const given = { [member]: taken[member] }
    for (const refusal of [
      await refused('/user_identities/create', given),
      await refused('/user_identities/update', { user_identity_id: ivan, ...given }),
    ]) {
      t.is(refusal.status, 409)
      t.is(refusal.error.type, type)
    }
  }
  const { user_identity_id } = made
  await call('/user_identities/update', { user_identity_id, ...taken, full_name: 'Ann' })
  const nothing = { user_identity_key: null, email_address: null, phone_number: null }
  await call('/user_identities/update', { user_identity_id, ...nothing })
  const { user_identity: read } = await call('/user_identities/get', { user_identity_id })
  t.like(read, { ...nothing, full_name: 'Ann', display_name: 'Ann' })
  await call('/user_identities/create', taken)
})

test('Sandbox: a deleted person takes ACS users, credentials, memberships and grants along', async (t) => {
  const client = await start(t)
  const { call, refused, sandbox } = client
  await call('/acs/access_groups/add_user', {
    acs_access_group_id: accessGroups.labTeam,
    user_identity_id: grace,
  })
  await call('/access_grants/create', { user_identity_id: grace, requested_access_methods: [] })
  await call('/user_identities/delete', { user_identity_id: grace })
  const gone = async (path: string, body: Json) => t.is((await refused(path, body)).status, 404)
  await gone('/user_identities/get', { user_identity_id: grace })
  await gone('/acs/users/get', { acs_user_id: acsUsers.brivoGrace })
  await gone('/acs/credentials/get', { acs_credential_id: credentials.gracePhone })
  t.deepEqual(await members(client, accessGroups.labTeam), [acsUsers.brivoFarid])
  t.is(sandbox.store.accessGrants.size, 0)
})

test('Sandbox: the grants of a deleted person may be kept, or hinder it', async (t) => {
  const body = { user_identity_id: grace }
  const kept = await start(t, { grantsOfDeletedIdentity: 'keep' })
  await kept.call('/user_identities/delete', body)
  t.is(kept.sandbox.store.accessGrants.size, 1)
  const hindered = await start(t, { grantsOfDeletedIdentity: 'refuse' })
  t.is((await hindered.refused('/user_identities/delete', body)).status, 409)
})

test('Sandbox: a membership by person links the ACS user of equal e-mail, or makes one', async (t) => {
  const client = await start(t)
  const { call, sandbox } = client
  const acs_access_group_id = accessGroups.itStaff
  const join = async (person: Json) => {
    const { user_identity: made } = await call('/user_identities/create', person)
    const { user_identity_id } = made
    await call('/acs/access_groups/add_user', { acs_access_group_id, user_identity_id })
    return user_identity_id as string
  }
  const users = sandbox.store.acsUsers.size
  const hugo = await join({ email_address: 'hugo.weber@office.example' })
  t.is(sandbox.store.acsUsers.size, users)
  t.is(sandbox.store.acsUsers.get(acsUsers.brivoHugo)?.user_identity_id, hugo)
  const newcomer = await join({ full_name: 'Nora Ek', email_address: 'nora@office.example' })
  t.is(sandbox.store.acsUsers.size, users + 1)
  const selector = { user_identity_id: newcomer, acs_system_id: systems.brivo }
  const { acs_user: made } = await call('/acs/users/get', selector)
  t.is(made.full_name, 'Nora Ek')
  t.deepEqual(await members(client, acs_access_group_id), [acsUsers.brivoHugo, made.acs_user_id])
  const { acs_access_groups: groups } = await call('/acs/access_groups/list', {
    user_identity_id: newcomer,
  })
  t.deepEqual(ids(groups, 'acs_access_group_id'), [acs_access_group_id])
  await call('/acs/access_groups/remove_user', { acs_access_group_id, user_identity_id: newcomer })
  t.deepEqual(await members(client, acs_access_group_id), [acsUsers.brivoHugo])
  t.is(sandbox.store.acsUsers.size, users + 1)
})

test('Sandbox: joining twice and leaving twice change nothing', async (t) => {
  const client = await start(t)
  const edge = { acs_access_group_id: accessGroups.itStaff, acs_user_id: acsUsers.brivoHugo }
  await client.call('/acs/access_groups/add_user', edge)
  await client.call('/acs/users/add_to_access_group', edge)
  t.deepEqual(await members(client, accessGroups.itStaff), [acsUsers.brivoHugo])
  await client.call('/acs/users/remove_from_access_group', edge)
  await client.call('/acs/access_groups/remove_user', edge)
  t.deepEqual(await members(client, accessGroups.itStaff), [])
})

test('Sandbox: a user of another system cannot join, and an unknown one is not found', async (t) => {
  const { refused } = await start(t)
  const group = { acs_access_group_id: accessGroups.itStaff }
  const foreign = { ...group, acs_user_id: acsUsers.saltoAna }
  t.is((await refused('/acs/access_groups/add_user', foreign)).status, 400)
  const unknown = { ...group, acs_user_id: systems.brivo }
  t.is((await refused('/acs/access_groups/add_user', unknown)).status, 404)
  t.is((await refused('/acs/access_groups/remove_user', unknown)).status, 404)
})

test('Sandbox: a deleted ACS user leaves its groups and loses its credentials', async (t) => {
  const client = await start(t)
  await client.call('/acs/users/delete', { acs_user_id: acsUsers.brivoFarid })
  t.deepEqual(await members(client, accessGroups.labTeam), [])
  const card = { acs_credential_id: credentials.faridCard }
  t.is((await client.refused('/acs/credentials/get', card)).status, 404)
})

test('Sandbox: a person has at most one ACS user in a system', async (t) => {
  const { call, refused } = await start(t)
  const second = { acs_system_id: systems.brivo, full_name: 'G', user_identity_id: grace }
  t.is((await refused('/acs/users/create', second)).status, 409)
  const link = { acs_user_id: acsUsers.brivoHugo, user_identity_id: grace }
  t.is((await refused('/user_identities/add_acs_user', link)).status, 409)
  await call('/user_identities/remove_acs_user', {
    acs_user_id: acsUsers.brivoGrace,
    user_identity_id: grace,
  })
  await call('/user_identities/add_acs_user', link)
  const { user_identity: person } = await call('/user_identities/get', { user_identity_id: grace })
  t.deepEqual(person.acs_user_ids, [acsUsers.brivoHugo])
  const unknown = { ...second, user_identity_id: systems.brivo }
  const refusal = await refused('/acs/users/create', unknown)
  t.deepEqual([refusal.status, refusal.error.type], [400, 'user_identity_not_found'])
})

test('Sandbox: linking an ACS user to an unknown key makes the person', async (t) => {
  const { call } = await start(t)
  const user_identity_key = 'dev'
  await call('/user_identities/add_acs_user', { acs_user_id: acsUsers.saltoDev, user_identity_key })
  const { user_identity: made } = await call('/user_identities/get', { user_identity_key })
  t.like(made, { full_name: 'Dev Patel', email_address: 'dev.patel@office.example' })
  t.deepEqual(made.acs_user_ids, [acsUsers.saltoDev])
})

test('Sandbox: an ACS user is updated, suspended, and stripped of its schedule', async (t) => {
  const { call } = await start(t)
  const acs_user_id = acsUsers.saltoChloe
  const read = async () => (await call('/acs/users/get', { acs_user_id })).acs_user
  const access_schedule = {
    starts_at: '2030-01-01T00:00:00.000Z',
    ends_at: '2031-01-01T00:00:00.000Z',
  }
  await call('/acs/users/update', { acs_user_id, full_name: 'Chloé', access_schedule })
  t.like(await read(), { full_name: 'Chloé', access_schedule, is_suspended: false })
  await call('/acs/users/suspend', { acs_user_id })
  await call('/acs/users/update', { acs_user_id, access_schedule: null })
  t.like(await read(), { full_name: 'Chloé', is_suspended: true })
  t.false('access_schedule' in (await read()))
  await call('/acs/users/unsuspend', { acs_user_id })
  t.false((await read()).is_suspended)
})

test('Sandbox: entrances are reached through groups, credentials and grants', async (t) => {
  const { call } = await start(t)
  await call('/access_grants/create', {
    user_identity_id: grace,
    requested_access_methods: [],
    acs_entrance_ids: [entrances.roof, entrances.frontDoor],
  })
  const edge = { acs_access_group_id: accessGroups.itStaff, acs_user_id: acsUsers.brivoGrace }
  await call('/acs/access_groups/add_user', edge)
  const user = { acs_user_id: acsUsers.brivoGrace }
  const ofUser = await call('/acs/users/list_accessible_entrances', user)
  const own = [entrances.labEntrance, entrances.serverRoom, entrances.storage, entrances.roof]
  t.deepEqual(ids(ofUser.acs_entrances, 'acs_entrance_id').sort(), [...own].sort())
  const ofPerson = await call('/user_identities/list_accessible_entrances', {
    user_identity_id: grace,
  })
  const all = [...own, entrances.frontDoor, entrances.lobbyTurnstile]
  t.deepEqual(ids(ofPerson.acs_entrances, 'acs_entrance_id').sort(), all.sort())
})

test('Sandbox: a credential opens its own doors, and those of the groups of its user', async (t) => {
  const { call } = await start(t)
  const withAccess = async (acs_entrance_id: string, include_if?: string[]) => {
    const body = { acs_entrance_id, ...(include_if ? { include_if } : {}) }
    const answer = await call('/acs/entrances/list_credentials_with_access', body)
    return ids(answer.acs_credentials, 'acs_credential_id')
  }
  t.deepEqual(await withAccess(entrances.labBench), [credentials.faridCard])
  t.deepEqual(await withAccess(entrances.serverRoom), [
    credentials.hugoKeyCard,
    credentials.hugoOldKeyCard,
  ])
  const valid = ['visionline_metadata.is_valid']
  t.deepEqual(await withAccess(entrances.serverRoom, valid), [credentials.hugoKeyCard])
})

test('Sandbox: a credential is made, changed, handed on and deleted', async (t) => {
  const { call, refused } = await start(t)
  const { acs_credential: made } = await call('/acs/credentials/create', {
    user_identity_id: ivan,
    acs_system_id: systems.brivo,
    access_method: 'code',
    allowed_acs_entrance_ids: [entrances.labBench],
  })
  t.regex(made.code, /^\d{6}$/)
  t.is(made.user_identity_id, ivan)
  t.true(made.is_latest_desired_state_synced_with_provider)
  const { acs_credential_id } = made
  await call('/acs/credentials/update', { acs_credential_id, code: '0099' })
  await call('/acs/credentials/assign', { acs_credential_id, acs_user_id: acsUsers.brivoHugo })
  const { acs_credential: read } = await call('/acs/credentials/get', { acs_credential_id })
  t.like(read, { code: '0099', acs_user_id: acsUsers.brivoHugo })
  const { acs_entrances: doors } = await call('/acs/credentials/list_accessible_entrances', {
    acs_credential_id,
  })
  t.deepEqual(ids(doors, 'acs_entrance_id'), [entrances.labBench])
  const wrong = { acs_credential_id, acs_user_id: acsUsers.brivoAna }
  t.is((await refused('/acs/credentials/unassign', wrong)).status, 404)
  await call('/acs/credentials/unassign', { ...wrong, acs_user_id: acsUsers.brivoHugo })
  await call('/acs/credentials/delete', { acs_credential_id })
  t.is((await refused('/acs/credentials/get', { acs_credential_id })).status, 404)
  const foreign = {
    acs_user_id: acsUsers.brivoHugo,
    access_method: 'card',
    allowed_acs_entrance_ids: [entrances.frontDoor],
  }
  t.is((await refused('/acs/credentials/create', foreign)).status, 400)
})
