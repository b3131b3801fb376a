import test from 'ava'
import { lookups } from '../../src/lookups'
import { isMany, checkInputs, type Wire } from '../../src/schema'
import { SeamIacError } from '../../src/seam'
import { officeIds } from '../../src/sandbox'
import { lookupOf, office } from './office'

const { systems, entrances, accessGroups, acsUsers, userIdentities, spaces } = officeIds
const { credentials, devices } = officeIds

const system = { acs_system_id: systems.saltoKs }

const hits: [lookup: string, by: Wire, id: string][] = [
  ['acs_system', { acs_system_id: systems.brivo }, systems.brivo],
  ['acs_system', { name: 'Lab Building' }, systems.brivo],
  ['entrance', { acs_entrance_id: entrances.roof }, entrances.roof],
  ['entrance', { name: 'Front Door' }, entrances.frontDoor],
  ['entrance', { name: 'Front Door', ...system }, entrances.frontDoor],
  ['entrance', { name: 'Front Door', space_id: spaces.lobby }, entrances.frontDoor],
  ['access_group', { acs_access_group_id: accessGroups.labTeam }, accessGroups.labTeam],
  ['access_group', { name: 'Cleaners' }, accessGroups.cleaners],
  ['access_group', { name: 'Cleaners', ...system }, accessGroups.cleaners],
  ['acs_user', { acs_user_id: acsUsers.saltoBen }, acsUsers.saltoBen],
  ['acs_user', { user_identity_id: userIdentities.grace }, acsUsers.brivoGrace],
  [
    'acs_user',
    { user_identity_id: userIdentities.grace, acs_system_id: systems.brivo },
    acsUsers.brivoGrace,
  ],
  ['acs_user', { full_name: 'Ben Okafor' }, acsUsers.saltoBen],
  ['acs_user', { full_name: 'Ana Torres', ...system }, acsUsers.saltoAna],
  ['acs_user', { email_address: 'Hugo.Weber@office.example' }, acsUsers.brivoHugo],
  [
    'acs_user',
    { email_address: 'ana.torres@office.example', acs_system_id: systems.brivo },
    acsUsers.brivoAna,
  ],
  ['space', { space_id: spaces.gym }, spaces.gym],
  ['space', { space_key: 'server-room' }, spaces.serverRoom],
  ['space', { name: 'Offices' }, spaces.offices],
  ['user_identity', { user_identity_id: userIdentities.ivan }, userIdentities.ivan],
  ['user_identity', { user_identity_key: 'ivan' }, userIdentities.ivan],
  ['user_identity', { email_address: 'Grace.Lee@office.example' }, userIdentities.grace],
  ['user_identity', { full_name: 'Grace Lee' }, userIdentities.grace],
  ['acs_credential', { acs_credential_id: credentials.anaPin }, credentials.anaPin],
  ['acs_credential', { acs_credential_id: credentials.hugoKeyCard }, credentials.hugoKeyCard],
  ['device', { device_id: devices.gymLock }, devices.gymLock],
  ['device', { name: 'Garage Keypad' }, devices.garageKeypad],
  [
    'unmanaged_access_grant',
    { access_grant_id: officeIds.grants.unmanagedFrontDesk },
    officeIds.grants.unmanagedFrontDesk,
  ],
]

const spelledOut = (by: Wire) => Object.keys(by).join(' in ')

for (const [name, by, id] of hits) {
  test(`Lookup: ${name} by ${spelledOut(by)} (${Object.values(by)[0]})`, async (t) => {
    const { find } = await office(t)
    t.is((await find(name, by))[lookupOf(name).id!], id)
  })
}

test('Lookup: access_grant by access_grant_id and by access_grant_key', async (t) => {
  const { find, seam } = await office(t)
  const made = await seam.create<Wire>(
    '/access_grants/create',
    {
      user_identity_id: userIdentities.ivan,
      space_ids: [spaces.lab],
      requested_access_methods: [{ mode: 'code' }],
      access_grant_key: 'ivan-lab',
    },
    'access_grant',
  )
  const { access_grant_id } = made
  t.is((await find('access_grant', { access_grant_id }))['access_grant_key'], 'ivan-lab')
  const byKey = await find('access_grant', { access_grant_key: 'ivan-lab' })
  t.is(byKey['access_grant_id'], access_grant_id)
})

const nowhere = '00000000-0000-4000-8000-000000000000'

const misses: [lookup: string, by: Wire][] = [
  ['access_grant', { access_grant_id: nowhere }],
  ['access_grant', { access_grant_key: 'nobody' }],
  ['access_grant', { access_grant_id: officeIds.grants.unmanagedFrontDesk }],
  ['acs_system', { acs_system_id: nowhere }],
  ['acs_system', { name: 'Lab' }],
  ['entrance', { acs_entrance_id: nowhere }],
  ['entrance', { name: 'Front' }],
  ['entrance', { name: 'front door' }],
  ['entrance', { name: 'Front Door', acs_system_id: systems.brivo }],
  ['entrance', { name: 'Front Door', space_id: spaces.lab }],
  ['access_group', { acs_access_group_id: nowhere }],
  ['access_group', { name: 'Cleaner' }],
  ['access_group', { name: 'Cleaners', acs_system_id: systems.brivo }],
  ['acs_user', { acs_user_id: nowhere }],
  ['acs_user', { full_name: 'Ana' }],
  ['acs_user', { email_address: 'torres@office.example' }],
  ['acs_user', { user_identity_id: userIdentities.grace, ...system }],
  ['space', { space_id: nowhere }],
  ['space', { space_key: 'Lobby' }],
  ['space', { name: 'Lob' }],
  ['user_identity', { user_identity_id: nowhere }],
  ['user_identity', { user_identity_key: 'IVAN' }],
  ['user_identity', { full_name: 'Grace' }],
  ['user_identity', { email_address: 'office.example' }],
  ['acs_credential', { acs_credential_id: nowhere }],
  ['device', { device_id: nowhere }],
  ['device', { name: 'Gym' }],
  ['unmanaged_access_grant', { access_grant_id: nowhere }],
  ['access_methods', { access_grant_id: nowhere }],
  ['access_methods', { access_grant_key: 'nobody' }],
  ['access_grant_related', { access_grant_key: 'nobody' }],
  ['access_group_members', { acs_access_group_id: nowhere }],
  ['access_group_entrances', { acs_access_group_id: nowhere }],
  ['credentials_with_access', { acs_entrance_id: nowhere }],
]

for (const [name, by] of misses) {
  const noun = name.replaceAll('_', ' ').replace('acs', 'ACS')
  const [[how, value]] = Object.entries(by) as [[string, unknown]]
  test(`Lookup: no ${name} by ${spelledOut(by)} (${value}) is an error that says so`, async (t) => {
    const { find } = await office(t)
    const error = await t.throwsAsync(find(name, by), { instanceOf: SeamIacError })
    t.true(error.message.startsWith(`No ${noun} with ‹${how}› "${value}"`))
    t.regex(error.message, /in this workspace\. Names must match exactly/)
  })
}

const plurals: Record<string, string> = {
  acs_user: 'ACS users',
  entrance: 'entrances',
  access_group: 'access groups',
  space: 'spaces',
  acs_system: 'ACS systems',
  user_identity: 'user identities',
}

test('Lookup: a name that two objects have is an error that lists both', async (t) => {
  const { find, sandbox } = await office(t)
  const twice = async (name: string, by: Wire, ...ids: string[]) => {
    const { message } = await t.throwsAsync(find(name, by), { instanceOf: SeamIacError })
    t.true(message.startsWith(`2 ${plurals[name]} have ‹`), message)
    for (const id of ids) t.true(message.includes(`(${id})`), `${message} names ${id}`)
    t.regex(message, /Give the id of the one that is meant\.$/)
  }
  const { store } = sandbox
  await twice('acs_user', { full_name: 'Ana Torres' }, acsUsers.saltoAna, acsUsers.brivoAna)
  await twice(
    'acs_user',
    { email_address: 'ana.torres@office.example' },
    acsUsers.saltoAna,
    acsUsers.brivoAna,
  )
  store.acsEntrances.update(entrances.roof, { display_name: 'Front Door' })
  await twice('entrance', { name: 'Front Door' }, entrances.frontDoor, entrances.roof)
  store.acsAccessGroups.update(accessGroups.labTeam, { name: 'Cleaners' })
  await twice('access_group', { name: 'Cleaners' }, accessGroups.cleaners, accessGroups.labTeam)
  store.spaces.update(spaces.gym, { name: 'Lobby' })
  await twice('space', { name: 'Lobby' }, spaces.lobby, spaces.gym)
  store.acsSystems.update(systems.brivo, { name: 'Main Building' })
  await twice('acs_system', { name: 'Main Building' }, systems.saltoKs, systems.brivo)
  store.userIdentities.update(userIdentities.ivan, { full_name: 'Grace Lee' })
  await twice(
    'user_identity',
    { full_name: 'Grace Lee' },
    userIdentities.grace,
    userIdentities.ivan,
  )
  const inSalto = { name: 'Front Door', acs_system_id: systems.saltoKs }
  t.is((await find('entrance', inSalto))['acs_entrance_id'], entrances.frontDoor)
})

test('Lookup: the page that holds the match need not be the first', async (t) => {
  const { find, sandbox } = await office(t)
  const { acsEntrances } = sandbox.store
  const door = acsEntrances.get(entrances.roof)!
  const id = (number: number) => `3000000f-0000-4000-8000-${String(number).padStart(12, '0')}`
  for (let number = 0; number < 950; number += 1) {
    acsEntrances.add({ ...door, acs_entrance_id: id(number), display_name: `Room ${number}` })
  }
  acsEntrances.add({ ...door, acs_entrance_id: id(950), display_name: 'Room' })
  t.is((await find('entrance', { name: 'Room' }))['acs_entrance_id'], id(950))
  t.is(sandbox.requests.length, 2)
})

test('Lookup: exactly one way is taken', (t) => {
  for (const { name, by, rules } of lookups) {
    const told = (given: Wire) => checkInputs({ fields: by, rules }, given).problems
    const [problem, ...others] = told({}).filter(({ reason }) => reason.includes('give one of'))
    if (!problem) continue
    t.deepEqual(others, [], name)
    t.regex(problem.reason, /^is required: give one of ‹/, name)
    const two = Object.fromEntries(
      Object.entries(by).map(([way, { kind }]) => [way, isMany(kind) ? [nowhere] : nowhere]),
    )
    t.true(
      told(two).some(({ reason }) => reason.includes('give only one')),
      name,
    )
  }
})

test('Lookup: the workspace needs nothing to be asked by', async (t) => {
  const { find } = await office(t)
  const workspace = await find('workspace', {})
  t.like(workspace, { workspace_id: officeIds.workspace, name: 'Office Sandbox', is_sandbox: true })
})

test('Lookup: what an access grant tells of its end is what the resource tells', async (t) => {
  const { find, seam, sandbox } = await office(t)
  const grant = {
    user_identity_id: userIdentities.ivan,
    space_ids: [spaces.lab],
    requested_access_methods: [{ mode: 'code' }],
    access_grant_key: 'ivan-lab',
    ends_at: '2030-01-01T00:00:00Z',
  }
  const made = await seam.create<Wire>('/access_grants/create', grant, 'access_grant')
  const by = { access_grant_key: 'ivan-lab' }
  t.is((await find('access_grant', by))['ended'], false)
  const past = { starts_at: '2020-01-01T00:00:00Z', ends_at: '2020-01-02T00:00:00Z' }
  sandbox.store.accessGrants.update(String(made['access_grant_id']), past)
  t.is((await find('access_grant', by))['ended'], true)
  const unmanaged = { access_grant_id: officeIds.grants.unmanagedFrontDesk }
  sandbox.store.accessGrants.update(unmanaged.access_grant_id, past)
  t.is((await find('unmanaged_access_grant', unmanaged))['ended'], true)
})

test('Lookup: two people of one name are told apart by their systems', async (t) => {
  const { find, sandbox } = await office(t)
  const told = async (name: string, by: Wire) => (await t.throwsAsync(find(name, by))).message
  const byName = { full_name: 'Ana Torres' }
  t.is(
    await told('acs_user', byName),
    `2 ACS users have ‹full_name› "Ana Torres": Ana Torres (${acsUsers.saltoAna}) in Main Building, Ana Torres (${acsUsers.brivoAna}) in Lab Building. Give the id of the one that is meant.`,
  )
  const { ivan, grace } = userIdentities
  for (const user of [acsUsers.saltoAna, acsUsers.brivoAna]) {
    sandbox.store.acsUsers.update(user, { user_identity_id: ivan })
  }
  sandbox.store.userIdentities.update(ivan, { full_name: 'Grace Lee' })
  const people = await told('user_identity', { full_name: 'Grace Lee' })
  t.true(people.includes(`(${ivan}) in Main Building and Lab Building`), people)
  t.true(people.includes(`(${grace}) in Lab Building`), people)
  sandbox.fault({ path: '/acs/systems/get', kind: 'status', status: 403 })
  t.regex(
    await told('acs_user', byName),
    /^2 ACS users have .*Torres \(\S+\), Ana Torres \(\S+\)\. /,
  )
})

test('Lookup: a name that is not found is told with the nearest', async (t) => {
  const { find, sandbox } = await office(t)
  const near = async (name: string, by: Wire, expected: string | undefined) => {
    const { message } = await t.throwsAsync(find(name, by), { instanceOf: SeamIacError })
    t.is(/workspace\. The nearest: (.*)\.$/.exec(message)?.[1], expected, message)
  }
  await near('space', { name: 'Lobbby' }, `Lobby (${spaces.lobby})`)
  await near('space', { name: 'lobby' }, `Lobby (${spaces.lobby})`)
  await near(
    'entrance',
    { name: 'Frnt Door' },
    `Front Door (${entrances.frontDoor}) in Main Building`,
  )
  await near(
    'entrance',
    { name: 'Front Door', acs_system_id: systems.brivo },
    `Front Door (${entrances.frontDoor}) in Main Building`,
  )
  await near(
    'user_identity',
    { full_name: 'Grace Leee' },
    `Grace Lee (${userIdentities.grace}) in Lab Building`,
  )
  await near('acs_system', { name: 'Main Bulding' }, `Main Building (${systems.saltoKs})`)
  await near('device', { name: 'Garage Keypat' }, `Garage Keypad (${devices.garageKeypad})`)
  await near('space', { name: 'Swimming Pool' }, undefined)
  await near('space', { space_key: 'lobbby' }, undefined)
  const before = sandbox.requests.length
  const door = sandbox.store.acsEntrances.get(entrances.roof)!
  for (let number = 0; number < 3000; number += 1) {
    const acs_entrance_id = `3000000f-0000-4000-8000-${String(number).padStart(12, '0')}`
    sandbox.store.acsEntrances.add({ ...door, acs_entrance_id, display_name: `Room ${number}` })
  }
  await t.throwsAsync(find('entrance', { name: 'Nowhere' }))
  t.true(sandbox.requests.length - before <= 4, 'a large building is not read to its end')
})
