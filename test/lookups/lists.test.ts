import test from 'ava'
import { lookupOf, grant, office } from './office'
import { checkInputs, type Wire } from '../../src/schema'
import { redact } from '../../src/seam'
import { officeIds } from '../../src/sandbox'

const { systems, entrances, accessGroups, acsUsers, userIdentities, spaces } = officeIds
const { credentials, devices } = officeIds
const unmanaged = officeIds.grants.unmanagedFrontDesk

const hits: [lookup: string, by: Wire, member: string, id: string, ids: string[]][] = [
  [
    'entrances',
    { space_id: spaces.lobby },
    'acs_entrances',
    'acs_entrance_id',
    [entrances.frontDoor, entrances.lobbyTurnstile],
  ],
  [
    'entrances',
    { acs_credential_id: credentials.anaPin },
    'acs_entrances',
    'acs_entrance_id',
    [entrances.frontDoor, entrances.garageGate],
  ],
  ['devices', { space_id: spaces.gym }, 'devices', 'device_id', [devices.gymLock]],
  ['devices', { search: 'Lobby' }, 'devices', 'device_id', [devices.lobbyLock]],
  ['spaces', { search: 'server' }, 'spaces', 'space_id', [spaces.serverRoom]],
  [
    'user_identities',
    { search: 'ivan' },
    'user_identities',
    'user_identity_id',
    [userIdentities.ivan],
  ],
  ['unmanaged_access_grants', {}, 'access_grants', 'access_grant_id', [unmanaged]],
  [
    'unmanaged_access_grants',
    { user_identity_id: userIdentities.ivan },
    'access_grants',
    'access_grant_id',
    [],
  ],
  [
    'unmanaged_access_grants',
    { user_identity_id: userIdentities.grace },
    'access_grants',
    'access_grant_id',
    [unmanaged],
  ],
  ['unmanaged_access_grants', { reservation_key: 'none' }, 'access_grants', 'access_grant_id', []],
  [
    'unmanaged_access_grants',
    { acs_system_id: systems.saltoKs, acs_entrance_id: entrances.roof },
    'access_grants',
    'access_grant_id',
    [],
  ],
  ['access_grants', {}, 'access_grants', 'access_grant_id', []],
  [
    'access_group_members',
    { acs_access_group_id: accessGroups.cleaners },
    'acs_users',
    'acs_user_id',
    [acsUsers.saltoElena],
  ],
  [
    'access_group_entrances',
    { acs_access_group_id: accessGroups.labTeam },
    'acs_entrances',
    'acs_entrance_id',
    [entrances.labEntrance, entrances.labBench],
  ],
  [
    'acs_credentials',
    { acs_user_id: acsUsers.saltoAna },
    'acs_credentials',
    'acs_credential_id',
    [credentials.anaPin],
  ],
  [
    'acs_credentials',
    { is_multi_phone_sync_credential: true },
    'acs_credentials',
    'acs_credential_id',
    [credentials.gracePhone],
  ],
  [
    'credentials_with_access',
    { acs_entrance_id: entrances.serverRoom },
    'acs_credentials',
    'acs_credential_id',
    [credentials.hugoKeyCard, credentials.hugoOldKeyCard],
  ],
  [
    'credentials_with_access',
    { acs_entrance_id: entrances.serverRoom, include_if: ['visionline_metadata.is_valid'] },
    'acs_credentials',
    'acs_credential_id',
    [credentials.hugoKeyCard],
  ],
]

for (const [name, by, member, id, ids] of hits) {
  const asked = Object.keys(by).join(' and ') || 'nothing'
  test(`Lists: ${name} by ${asked} (${ids.length})`, async (t) => {
    const { list } = await office(t)
    const found = await list(name, by, member)
    t.deepEqual(found.map((one) => one[id]).sort(), [...ids].sort())
  })
}

test('Lists: the access methods of a grant by its id and by its key', async (t) => {
  const { list, seam } = await office(t)
  const { access_grant_id, access_method_ids } = await grant(seam)
  for (const by of [{ access_grant_id }, { access_grant_key: 'ivan' }]) {
    const methods = await list('access_methods', by, 'access_methods')
    t.deepEqual(
      methods.map((one) => one['access_method_id']),
      access_method_ids,
    )
    const [pin, phone] = methods
    t.like(pin, { mode: 'code', code: '0471', is_issued: true })
    t.is(typeof phone?.['instant_key_url'], 'string')
    t.is(typeof phone?.['client_session_token'], 'string')
  }
})

test('Lists: what a grant relates to, whole and in parts', async (t) => {
  const { find, seam } = await office(t)
  const { access_grant_id } = await grant(seam)
  const idsOf = (list: unknown, id: string) => (list as Wire[]).map((one) => one[id])
  const whole = await find('access_grant_related', { access_grant_id })
  const doors = [entrances.roof, entrances.frontDoor, entrances.lobbyTurnstile]
  t.deepEqual(new Set(idsOf(whole['acs_entrances'], 'acs_entrance_id')), new Set(doors))
  t.deepEqual(idsOf(whole['spaces'], 'space_id'), [spaces.lobby])
  t.deepEqual(
    new Set(idsOf(whole['devices'], 'device_id')),
    new Set([devices.garageKeypad, devices.lobbyLock]),
  )
  t.deepEqual(idsOf(whole['user_identities'], 'user_identity_id'), [userIdentities.ivan])
  t.is((whole['acs_systems'] as Wire[]).length, 2)
  t.is((whole['connected_accounts'] as Wire[]).length, 3)
  t.is((whole['access_methods'] as Wire[])[0]?.['code'], '0471')
  t.deepEqual(whole['acs_access_groups'], [])

  const part = await find('access_grant_related', { access_grant_key: 'ivan', include: ['spaces'] })
  t.deepEqual(idsOf(part['spaces'], 'space_id'), [spaces.lobby])
  t.deepEqual(Object.keys(part).length, Object.keys(whole).length)
  t.deepEqual([part['devices'], part['access_methods'], part['acs_entrances']], [[], [], []])
  const rest = await find('access_grant_related', { access_grant_id, exclude: ['devices'] })
  t.deepEqual([rest['devices'], rest['spaces']], [[], whole['spaces']])
})

const id = (number: number) => `3000000f-0000-4000-8000-${String(number).padStart(12, '0')}`
const numbers = Array.from({ length: 1001 }, (_, number) => number)

test('Lists: every page is read, of each list that has pages', async (t) => {
  const { sandbox, list } = await office(t)
  const {
    acsEntrances,
    accessGrants,
    acsCredentials,
    devices: locks,
    spaces: rooms,
  } = sandbox.store
  const copies = <R extends object>(
    of: { get(id: string): Readonly<R> | undefined; add(record: R): unknown },
    from: string,
    member: string,
    more: Partial<R> = {},
  ) => {
    const one = of.get(from)!
    for (const number of numbers) of.add({ ...one, ...more, [member]: id(number) })
  }
  copies(acsEntrances, entrances.roof, 'acs_entrance_id')
  copies(accessGrants, unmanaged, 'access_grant_id')
  copies(acsCredentials, credentials.anaPin, 'acs_credential_id')
  copies(locks, devices.gymLock, 'device_id')
  copies(rooms, spaces.gym, 'space_id', { acs_entrance_ids: [], device_ids: [] })
  const many: [name: string, by: Wire, member: string, seeded: number, calls: number][] = [
    ['entrances', { acs_system_id: systems.brivo }, 'acs_entrances', 6, 2],
    ['unmanaged_access_grants', { user_identity_id: userIdentities.grace }, 'access_grants', 1, 3],
    ['acs_credentials', { acs_user_id: acsUsers.saltoAna }, 'acs_credentials', 1, 3],
    ['devices', {}, 'devices', 3, 3],
    ['spaces', {}, 'spaces', 6, 3],
  ]
  for (const [name, by, member, seeded, calls] of many) {
    const before = sandbox.requests.length
    const found = await list(name, by, member)
    t.is(new Set(found.map((one) => JSON.stringify(one))).size, numbers.length + seeded, name)
    t.is(sandbox.requests.length - before, calls, name)
  }
  for (const number of numbers) accessGrants.update(id(number), { is_managed: true })
  t.is((await list('access_grants', {}, 'access_grants')).length, numbers.length)
})

test('Events: of one grant and of several, of some types, in a span of time', async (t) => {
  const { sandbox, seam, list } = await office(t)
  const since = new Date(Date.now() - 60_000).toISOString()
  const made = await grant(seam)
  const other = await grant(seam, { access_grant_key: 'other', device_ids: [] })
  const { access_grant_id } = made
  await seam.write('/access_grants/update', { access_grant_id, ends_at: '2031-01-01T00:00:00Z' })
  await seam.write('/access_grants/delete', { access_grant_id })
  const events = (by: Wire) => list('access_grant_events', { since, ...by }, 'events')
  const typesOf = (found: Wire[]) => [...new Set(found.map((one) => one['event_type']))]

  const all = await events({ access_grant_id })
  t.deepEqual(typesOf(all), [
    'access_grant.created',
    'access_grant.access_granted_to_door',
    'access_grant.access_granted_to_all_doors',
    'access_grant.access_times_changed',
    'access_grant.deleted',
  ])
  t.true(all.every((one) => one['access_grant_id'] === access_grant_id))
  t.true(all.every((one) => !('code' in one)))
  t.true(all.some((one) => one['acs_entrance_id'] === entrances.roof))
  t.like(
    all.find((one) => one['ends_at']),
    { access_grant_key: 'ivan', ends_at: '2031-01-01T00:00:00Z' },
  )

  const both = { access_grant_ids: [access_grant_id, other['access_grant_id']] }
  const created = await events({ ...both, event_types: ['access_grant.created'] })
  t.is(created.length, 2)
  const past = new Date(Date.now() - 30_000).toISOString()
  t.deepEqual(await events({ access_grant_id, until: past }), [])
  t.deepEqual(sandbox.requests.at(-1)?.path, '/events/list')
  const { events: log, workspace } = sandbox.store
  log.add({
    event_id: id(1),
    event_type: 'access_grant.could_not_create_requested_access_methods',
    workspace_id: workspace.workspace_id,
    access_grant_id: String(access_grant_id),
    created_at: new Date().toISOString(),
    occurred_at: new Date().toISOString(),
    error_message: 'No more PINs fit.',
    missing_device_ids: [devices.gymLock],
  })
  const failed = (await events({ access_grant_id })).at(-1)
  t.like(failed, { error_message: 'No more PINs fit.', missing_device_ids: [devices.gymLock] })
})

test('Events: those beyond the first page come too, and each once', async (t) => {
  const { sandbox, list } = await office(t)
  const now = new Date().toISOString()
  for (const number of numbers) {
    sandbox.store.events.add({
      event_id: id(number),
      event_type: 'access_grant.access_granted_to_door',
      workspace_id: sandbox.workspaceId,
      access_grant_id: unmanaged,
      acs_entrance_id: entrances.roof,
      created_at: now,
      occurred_at: now,
    })
  }
  const since = new Date(Date.now() - 60_000).toISOString()
  const by = { access_grant_id: unmanaged, since }
  const found = await list('access_grant_events', by, 'events')
  t.is(new Set(found.map((one) => one['event_id'])).size, numbers.length)
  t.is(found.length, numbers.length)
  t.is(sandbox.requests.length, 3)
})

test('Events: a span that ends before it begins is refused, and so is one without a beginning', (t) => {
  const { by, rules } = lookupOf('access_grant_events')
  const problems = (given: Wire) => checkInputs({ fields: by, rules }, given).problems
  const access_grant_id = unmanaged
  t.deepEqual(problems({ access_grant_id, since: '2026-01-01T00:00:00Z' }), [])
  t.regex(problems({ access_grant_id })[0]!.reason, /is required/)
  const backwards = { since: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' }
  t.regex(problems({ access_grant_id, ...backwards })[0]!.reason, /must be after ‹since›/)
  const word = { since: '2026-01-02T00:00:00Z', event_types: ['access_code.created'] }
  t.regex(problems({ access_grant_id, ...word })[0]!.reason, /must be one of access_grant\.created/)
})

test('Lists: filters that Seam does not take together are refused', (t) => {
  const { by, rules } = lookupOf('acs_credentials')
  const problems = (given: Wire) => checkInputs({ fields: by, rules }, given).problems
  const system = { acs_system_id: systems.saltoKs }
  t.deepEqual(problems({ ...system, acs_user_id: acsUsers.saltoAna }), [])
  t.deepEqual(problems({ ...system, user_identity_id: userIdentities.ivan }), [
    { path: ['user_identity_id'], reason: 'cannot stand beside ‹acs_system_id›: give only one' },
  ])
})

test('Lists: a secret that was read shows in no later error', async (t) => {
  const { seam, list } = await office(t)
  await grant(seam, { requested_access_methods: [{ mode: 'code', code: '730164' }] })
  await list('access_methods', { access_grant_key: 'ivan' }, 'access_methods')
  await list('acs_credentials', { acs_user_id: acsUsers.saltoAna }, 'acs_credentials')
  const odd = 'PIN 730164 and PIN 204816 are odd, 730165 is not'
  t.is(redact(odd), 'PIN [secret] and PIN [secret] are odd, 730165 is not')
})
