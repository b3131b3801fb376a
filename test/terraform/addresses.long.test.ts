import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { writes } from '../fixtures/building'
import { of, resource } from '../fixtures/hcl'
import { terraformFolder, type TerraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 8)

const { spaces, userIdentities } = officeIds

const person = (name: string, fullName: string) =>
  resource('user_identity', name, { full_name: fullName, email_address: `${name}@example.com` })

const grant = (name: string, room: string) =>
  resource('access_grant', name, {
    user_identity_id: of(`seam_user_identity.${name}.id`),
    space_ids: [room],
    ends_at: '2031-06-01T10:00:00Z',
    requested_access_methods: [{ mode: 'code' }],
  })

const names = (office: TerraformFolder) =>
  office.sandbox.store.userIdentities.all().map((one) => one.full_name)

const grantsOf = ({ sandbox: { store } }: TerraformFolder) =>
  store.accessGrants.all().filter(({ access_grant_key: key }) => key?.startsWith('iac-'))

some(
  'Addresses: a person who is renamed is one update, of which a grant knows nothing',
  async (t) => {
    const office = await terraformFolder(t, person('ana', 'Ana Ruiz') + grant('ana', spaces.lobby))
    await office.apply()
    await office.write(person('ana', 'Ana Ruiz Soto') + grant('ana', spaces.lobby))
    t.deepEqual(await office.changes(), ['update seam_user_identity.ana'])
    office.sandbox.clearRequests()
    await office.apply()
    t.deepEqual(writes(office.sandbox), ['/user_identities/update'])
    t.deepEqual(await office.changes(), [])
    office.sandbox.clearRequests()
    await office.apply()
    t.deepEqual(writes(office.sandbox), [], 'where nothing changes, nothing is written')
    await office.destroy()
  },
)

some('Addresses: a moved block is no change, between names and into for_each', async (t) => {
  const office = await terraformFolder(t, person('ana', 'Ana Ruiz') + grant('ana', spaces.lobby))
  await office.apply()
  const ids = office.sandbox.store.userIdentities.all().map((one) => one.user_identity_id)
  office.sandbox.clearRequests()
  const each = `
    resource "seam_user_identity" "staff" {
      for_each      = { ana = "Ana Ruiz" }
      full_name     = each.value
      email_address = "\${each.key}@example.com"
    }
    moved {
      from = seam_user_identity.ana
      to   = seam_user_identity.staff["ana"]
    }
    moved {
      from = seam_access_grant.ana
      to   = seam_access_grant.visit
    }
`
  const visit = grant('ana', spaces.lobby)
    .replace('"seam_access_grant" "ana"', '"seam_access_grant" "visit"')
    .replace('seam_user_identity.ana.id', 'seam_user_identity.staff["ana"].id')
  await office.write(each + visit)
  t.deepEqual(await office.changes(), [])
  await office.apply()
  t.deepEqual(writes(office.sandbox), [])
  t.deepEqual(
    office.sandbox.store.userIdentities.all().map((one) => one.user_identity_id),
    ids,
  )
  t.deepEqual((await office.resources()).map(({ address }) => address).sort(), [
    'seam_access_grant.visit',
    'seam_user_identity.staff["ana"]',
  ])
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})

some(
  'Addresses: -target changes its resource and what it needs, and the rest comes later',
  async (t) => {
    const office = await terraformFolder(
      t,
      person('ana', 'Ana') + grant('ana', spaces.lobby) + person('ben', 'Ben'),
    )
    await office.apply('-target=seam_access_grant.ana')
    t.true(names(office).includes('Ana'))
    t.false(names(office).includes('Ben'))
    t.is(grantsOf(office).length, 1)
    t.deepEqual(await office.changes(), ['create seam_user_identity.ben'])
    await office.apply()
    t.deepEqual(await office.changes(), [])
    await office.write(
      person('ana', 'Ana Ruiz') + grant('ana', spaces.lab) + person('ben', 'Ben Roe'),
    )
    await office.apply('-target=seam_user_identity.ben')
    t.deepEqual((await office.changes()).sort(), [
      'delete-create seam_access_grant.ana',
      'update seam_user_identity.ana',
    ])
    await office.apply()
    t.deepEqual(await office.changes(), [])
    await office.destroy()
  },
)

const equalGrants = (repeat: string, key = '') => `
resource "seam_access_grant" "ivan" {
  ${repeat}
  user_identity_id         = "${userIdentities.ivan}"
  space_ids                = ["${spaces.lobby}"]
  ends_at                  = "2031-06-01T10:00:00Z"
  requested_access_methods = [{ mode = "code" }]
  ${key}
}
`

for (const [what, repeat, key] of [
  ['count', 'count = 2', 'access_grant_key = format("visit-%d", count.index)'],
  [
    'for_each',
    'for_each = toset(["one", "two"])',
    'access_grant_key = format("visit-%s", each.key)',
  ],
] as const) {
  some(
    `Addresses: equal resources by ${what} are an object each, with keys of their own or without`,
    async (t) => {
      const office = await terraformFolder(t, equalGrants(repeat))
      const ids = async () => (await office.resources()).map(({ values }) => values['id']).sort()
      const made = () => grantsOf(office).map((one) => one.access_grant_id)
      await office.apply()
      t.deepEqual(await ids(), made().sort())
      t.is(made().length, 2)
      t.deepEqual(await office.changes(), [])
      await office.apply()
      t.is(made().length, 2)

      await office.write(equalGrants(repeat, key))
      await office.apply()
      t.deepEqual(await office.changes(), [])
      const keys = office.sandbox.store.accessGrants.all().map((one) => one.access_grant_key)
      t.is(keys.filter((one) => one?.startsWith('visit-')).length, 2)
      t.deepEqual(made(), [])
      await office.destroy()
      t.deepEqual(await ids(), [])
    },
  )
}

for (const status of [400, 403, 500]) {
  some(
    `Addresses: where one of several is refused with ${status}, the others are made, and the next run makes it`,
    async (t) => {
      const all = ['ana', 'ben', 'eva']
      const config = all.map((name) => person(name, name) + grant(name, spaces.lobby)).join('')
      const office = await terraformFolder(t, config, { settings: 'retry_timeout = "1s"' })
      // As often as it is tried again, of one of the three.
      office.sandbox.fault({ path: '/access_grants/create', kind: 'status', status, times: 1 })
      const done = await office.run('apply', '-auto-approve')
      office.sandbox.clearFaults()
      // What may be tried again is, and then there is no failure.
      t.is(done.code, status === 500 ? 0 : 1, done.stdout + done.stderr)
      const made = grantsOf(office).length
      t.is(made, status === 500 ? 3 : 2)
      t.is((await office.resources()).length, 3 + made)
      office.sandbox.clearRequests()
      await office.apply()
      t.is(writes(office.sandbox).length, 3 - made, 'only what is missing is written')
      t.is(grantsOf(office).length, 3)
      t.deepEqual(await office.changes(), [])
      await office.destroy()
    },
  )
}

some('Addresses: an update that is refused in part is finished by the next run', async (t) => {
  const office = await terraformFolder(t, person('ana', 'Ana') + person('ben', 'Ben'))
  await office.apply()
  await office.write(person('ana', 'Ana Ruiz') + person('ben', 'Ben Roe'))
  office.sandbox.fault({ path: '/user_identities/update', kind: 'status', status: 400, times: 1 })
  await office.failedApply()
  office.sandbox.clearFaults()
  t.is((await office.changes()).length, 1)
  await office.apply()
  t.deepEqual(await office.changes(), [])
  t.true(names(office).includes('Ana Ruiz'))
  t.true(names(office).includes('Ben Roe'))
  await office.destroy()
})

some(
  'Addresses: a creation whose answer is lost is one object, and the plan is empty',
  async (t) => {
    const office = await terraformFolder(t, person('ana', 'Ana') + grant('ana', spaces.lobby))
    for (const path of ['/user_identities/create', '/access_grants/create']) {
      office.sandbox.fault({ path, kind: 'reset-after', times: 1 })
    }
    await office.apply()
    t.is(names(office).filter((name) => name === 'Ana').length, 1)
    t.is(grantsOf(office).length, 1)
    t.deepEqual(await office.changes(), [])
    await office.destroy()
  },
)
