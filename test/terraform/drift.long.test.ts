import test from 'ava'
import { officeIds, startSandbox } from '../../src/sandbox'
import { ask, writes } from '../fixtures/building'
import { resource } from '../fixtures/hcl'
import { relayed } from '../fixtures/relay'
import { terraformFolder, type TerraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 16)

const { spaces, systems, acsUsers, accessGroups, entrances, devices, userIdentities } = officeIds

const names = {
  person: 'seam_user_identity.ana',
  space: 'seam_space.lab',
  grant: 'seam_access_grant.ivan',
  user: 'seam_acs_user.eve',
  membership: 'seam_access_group_membership.dev',
  credential: 'seam_acs_credential.ben',
} as const

/** One of each, none of which hangs on another. */
const config = [
  resource('user_identity', 'ana', {
    full_name: 'Ana Ruiz',
    email_address: 'Ana.Ruiz@Example.com',
  }),
  resource('space', 'lab', {
    name: 'Lab 2',
    acs_entrance_ids: [entrances.labEntrance, entrances.labBench],
    device_ids: [devices.gymLock],
    customer_data: { address: 'Calle Mayor 1', time_zone: 'Europe/Madrid' },
  }),
  resource('access_grant', 'ivan', {
    user_identity_id: userIdentities.ivan,
    space_ids: [spaces.lobby, spaces.lab],
    ends_at: '2031-06-01T10:00:00+02:00',
    requested_access_methods: [{ mode: 'code' }, { mode: 'mobile_key' }],
  }),
  resource('acs_user', 'eve', {
    acs_system_id: systems.saltoKs,
    full_name: 'Eve Novak',
    is_suspended: false,
    access_schedule: { starts_at: '2030-01-01T00:00:00Z', ends_at: '2031-01-01T00:00:00Z' },
    user_identity_id: userIdentities.grace,
  }),
  resource('access_group_membership', 'dev', {
    acs_access_group_id: accessGroups.employees,
    acs_user_id: acsUsers.saltoDev,
  }),
  resource('acs_credential', 'ben', {
    access_method: 'code',
    acs_user_id: acsUsers.saltoBen,
    code: '482917',
    ends_at: '2031-01-01T00:00:00Z',
  }),
].join('')

async function idsOf(office: TerraformFolder): Promise<Record<string, string>> {
  const resources = await office.resources()
  return Object.fromEntries(resources.map(({ address, values }) => [address, String(values['id'])]))
}

/** The state without the times at which Seam has carried changes out. */
const declared = async (office: TerraformFolder) =>
  (await office.resources()).map(({ values }) =>
    Object.entries(values).filter(([name]) => !name.startsWith('latest_desired_state_')),
  )

type Store = TerraformFolder['sandbox']['store']
type Ids = Record<string, string>

/** What somebody does by hand to each kind of field. */
const byHand: readonly (readonly [
  what: string,
  at: string,
  change: (store: Store, ids: Ids) => unknown,
])[] = [
  [
    'a text is another one',
    names.space,
    ({ spaces: all }, ids) => all.update(ids[names.space]!, { name: 'Lab 3' }),
  ],
  [
    'a text is gone',
    names.person,
    ({ userIdentities: all }, ids) => all.update(ids[names.person]!, { full_name: null }),
  ],
  [
    'a text is there that nobody declared',
    names.person,
    ({ userIdentities: all }, ids) =>
      all.update(ids[names.person]!, { phone_number: '+14155550100' }),
  ],
  [
    'an instant is later',
    names.grant,
    ({ accessGrants: all }, ids) =>
      all.update(ids[names.grant]!, { ends_at: '2032-01-01T00:00:00.000Z' }),
  ],
  [
    'an instant is gone',
    names.grant,
    ({ accessGrants: all }, ids) => all.update(ids[names.grant]!, { ends_at: null }),
  ],
  [
    'a set has lost a member',
    names.space,
    ({ spaces: all }, ids) =>
      all.update(ids[names.space]!, { acs_entrance_ids: [entrances.labEntrance] }),
  ],
  [
    'a set has another member',
    names.space,
    ({ spaces: all }, ids) =>
      all.update(ids[names.space]!, { device_ids: [devices.gymLock, devices.lobbyLock] }),
  ],
  [
    'a member of a record is another one',
    names.space,
    ({ spaces: all }, ids) =>
      all.update(ids[names.space]!, {
        customer_data: {
          ...all.get(ids[names.space]!)!.customer_data!,
          address: 'Calle Menor 2',
        },
      }),
  ],
  [
    'a flag is set',
    names.user,
    ({ acsUsers: all }, ids) => all.update(ids[names.user]!, { is_suspended: true }),
  ],
  [
    'an instant in a record is later',
    names.user,
    ({ acsUsers: all }, ids) =>
      all.update(ids[names.user]!, {
        access_schedule: {
          starts_at: '2030-01-01T00:00:00.000Z',
          ends_at: '2033-01-01T00:00:00.000Z',
        },
      }),
  ],
  [
    'a reference leads to somebody else',
    names.user,
    ({ acsUsers: all }, ids) =>
      all.update(ids[names.user]!, { user_identity_id: userIdentities.ivan }),
  ],
  [
    'a PIN is another one',
    names.credential,
    ({ acsCredentials: all }, ids) => all.update(ids[names.credential]!, { code: '111111' }),
  ],
]

some(
  'Drift: whatever kind of field is changed by hand is one update, and is put right',
  async (t) => {
    t.timeout(300_000)
    const office = await terraformFolder(t, config)
    await office.apply()
    t.deepEqual(await office.changes(), [])
    const before = await declared(office)
    const ids = await idsOf(office)
    for (const [what, at, change] of byHand) {
      change(office.sandbox.store, ids)
      t.deepEqual(await office.changes(), [`update ${at}`], what)
      await office.apply()
      t.deepEqual(await office.changes(), [], what)
    }
    t.deepEqual(await declared(office), before)
    await office.destroy()
  },
)

some('Drift: a method that was deleted by hand is asked for again', async (t) => {
  const office = await terraformFolder(t, config, { sandbox: { requestOfDeletedMethod: 'remove' } })
  await office.apply()
  const { accessMethods } = office.sandbox.store
  const [card] = accessMethods.all().filter(({ mode }) => mode === 'mobile_key')
  await ask(office.sandbox, '/access_methods/delete', { access_method_id: card!.access_method_id })
  t.deepEqual(await office.changes(), [`update ${names.grant}`])
  await office.apply()
  t.deepEqual(await office.changes(), [])
  t.is(accessMethods.all().filter(({ mode }) => mode === 'mobile_key').length, 1)
  await office.destroy()
})

some(
  'Drift: whatever was deleted by hand is created again, and nothing else is touched',
  async (t) => {
    t.timeout(300_000)
    const office = await terraformFolder(t, config)
    await office.apply()
    const gone = await idsOf(office)
    const { store } = office.sandbox
    store.userIdentities.delete(gone[names.person]!)
    store.spaces.delete(gone[names.space]!)
    store.accessGrants.delete(gone[names.grant]!)
    store.acsUsers.delete(gone[names.user]!)
    store.memberships.delete(gone[names.membership]!)
    store.acsCredentials.delete(gone[names.credential]!)
    const all = Object.values(names)
    t.deepEqual((await office.changes()).sort(), all.map((name) => `create ${name}`).sort())
    await office.apply()
    t.deepEqual(await office.changes(), [])
    const again = await idsOf(office)
    t.deepEqual(Object.keys(again).sort(), [...all].sort())
    t.is(again[names.membership], gone[names.membership])
    await office.destroy()
  },
)

some('Drift: -refresh-only takes it into the state, and writes nothing to Seam', async (t) => {
  const office = await terraformFolder(t, config)
  await office.apply()
  const ids = await idsOf(office)
  const { store } = office.sandbox
  store.spaces.update(ids[names.space]!, { name: 'Lab 3' })
  store.memberships.delete(ids[names.membership]!)
  const { resource_drift: drift = [] } = await office.plan('-refresh-only')
  t.deepEqual(drift.map(({ address, change }) => `${change.actions.join('-')} ${address}`).sort(), [
    `delete ${names.membership}`,
    `update ${names.space}`,
  ])
  office.sandbox.clearRequests()
  await office.apply('-refresh-only')
  t.deepEqual(writes(office.sandbox), [])
  const now = await office.resources()
  t.is(now.find(({ address }) => address === names.space)?.values['name'], 'Lab 3')
  t.false(now.some(({ address }) => address === names.membership))
  t.deepEqual((await office.changes()).sort(), [
    `create ${names.membership}`,
    `update ${names.space}`,
  ])
  await office.apply()
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})

some('Drift: an address in another case is none, and stays as it is written', async (t) => {
  const office = await terraformFolder(t, config)
  await office.apply()
  const ids = await idsOf(office)
  const { userIdentities: people } = office.sandbox.store
  people.update(ids[names.person]!, { email_address: 'ana.ruiz@example.com' })
  office.sandbox.clearRequests()
  t.deepEqual(await office.changes(), [])
  await office.apply('-refresh-only')
  await office.apply()
  t.deepEqual(writes(office.sandbox), [])
  const [person] = (await office.resources()).filter(({ address }) => address === names.person)
  t.is(person?.values['email_address'], 'Ana.Ruiz@Example.com')
  await office.destroy()
})

/** The same with each list the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned).reverse()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, turned(one)]))
}

some('Drift: lists that are answered in another order are none', async (t) => {
  const sandbox = await startSandbox({ seed: 'office' })
  t.teardown(() => sandbox.stop())
  const behind = await relayed(t, sandbox)
  const { relay } = behind
  const exclusive = resource('access_group_members_exclusive', 'lab', {
    acs_access_group_id: accessGroups.labTeam,
    acs_user_ids: [acsUsers.brivoAna, acsUsers.brivoFarid, acsUsers.brivoHugo],
  })
  const lookup = `
    data "seam_spaces" "all" {}
    resource "terraform_data" "spaces" { input = sort(data.seam_spaces.all.spaces[*].space_id) }`
  const office = await terraformFolder(t, config + exclusive + lookup, { sandbox: behind.sandbox })
  await office.apply()
  // The lookup is made before the space is.
  await office.apply()
  t.deepEqual(await office.changes(), [])
  relay.answered = turned
  sandbox.clearRequests()
  t.deepEqual(await office.changes(), [])
  await office.apply()
  t.deepEqual(writes(sandbox), [])
  relay.answered = (answer) => answer
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})

// The sandbox answers 500 members a page.
for (const size of [499, 500, 501, 1001]) {
  some(`Drift: of a group of ${size} members none is missed`, async (t) => {
    t.timeout(300_000)
    const office = await terraformFolder(t, '')
    const { store } = office.sandbox
    const fill = (group: string, system: string) => {
      const held = store.memberships.where('acs_access_group_id', group)
      const template = store.acsUsers.all().find((one) => one.acs_system_id === system)!
      const added = Array.from({ length: size - held.length }, () => {
        const user = { ...template, acs_user_id: crypto.randomUUID(), full_name: 'Somebody' }
        delete user.user_identity_id
        store.acsUsers.add(user)
        const edge = { acs_access_group_id: group, acs_user_id: user.acs_user_id }
        store.memberships.add({ ...edge, membership_id: `${group}/${user.acs_user_id}` })
        return user.acs_user_id
      })
      return [...held.map((one) => one.acs_user_id), ...added]
    }
    const employees = fill(accessGroups.employees, systems.saltoKs)
    const team = fill(accessGroups.labTeam, systems.brivo)
    t.deepEqual([employees.length, team.length], [size, size])
    await office.write(
      [
        resource('access_group_membership', 'last', {
          acs_access_group_id: accessGroups.employees,
          acs_user_id: employees.at(-1),
        }),
        resource('access_group_members_exclusive', 'all', {
          acs_access_group_id: accessGroups.labTeam,
          acs_user_ids: team,
        }),
      ].join(''),
    )
    const moves = async () => {
      const { resource_changes: planned = [] } = await office.plan()
      const { after } = planned.find(({ type }) => type.endsWith('exclusive'))!.change
      return [after?.['adds'] ?? [], after?.['removes'] ?? []]
    }
    t.deepEqual(await moves(), [[], []])
    await office.apply()
    t.deepEqual(await office.changes(), [])
    t.is(store.memberships.where('acs_access_group_id', accessGroups.labTeam).length, size)
    store.memberships.delete(`${accessGroups.labTeam}/${team.at(-1)}`)
    t.deepEqual(await moves(), [[team.at(-1)], []])
  })
}
