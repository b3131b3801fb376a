import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { ask, writes } from '../fixtures/building'
import { terraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 8)

const { systems, spaces, accessGroups, userIdentities } = officeIds

const person = (name: string) => `
resource "seam_user_identity" "ana" {
  full_name     = "${name}"
  email_address = "ana@example.com"
}
`

const grant = (space: string, end: string) => `
resource "seam_access_grant" "ana" {
  user_identity_id         = seam_user_identity.ana.id
  space_ids                = ["${space}"]
  starts_at                = "2031-01-01T10:00:00+01:00"
  ends_at                  = "${end}"
  requested_access_methods = [{ mode = "code" }, { mode = "mobile_key" }]
}
`

const [end, later] = ['2031-06-01T10:00:00+02:00', '2031-07-01T10:00:00+02:00']

some(
  'Terraform: a person and a grant are created, changed in place, replaced and deleted',
  async (t) => {
    const office = await terraformFolder(t, person('Ana') + grant(spaces.lobby, end))
    const { store } = office.sandbox
    const before = [store.userIdentities.size, store.accessGrants.size]
    await office.apply()
    t.deepEqual(await office.changes(), [], 'an empty plan after a creation')
    const [created] = store.accessGrants
      .all()
      .filter(({ ends_at: at }) => at?.startsWith('2031-06'))
    t.is(created?.ends_at, '2031-06-01T08:00:00.000Z')
    t.regex(created?.access_grant_key ?? '', /^iac-[0-9a-f]{12}$/)

    await office.write(person('Ana Ruiz') + grant(spaces.lobby, later))
    t.deepEqual(await office.changes(), [
      'update seam_access_grant.ana',
      'update seam_user_identity.ana',
    ])
    await office.apply()
    t.deepEqual(await office.changes(), [], 'an empty plan after a change')
    t.is(store.accessGrants.get(created!.access_grant_id)?.ends_at, '2031-07-01T08:00:00.000Z')

    await office.write(person('Ana Ruiz') + grant(spaces.lab, later))
    t.deepEqual(await office.changes(), ['delete-create seam_access_grant.ana'])
    await office.apply()
    t.deepEqual(await office.changes(), [], 'an empty plan after a replacement')
    t.is(store.accessGrants.get(created!.access_grant_id), undefined)

    await office.destroy()
    t.deepEqual([store.userIdentities.size, store.accessGrants.size], before)
  },
)

some('Terraform: an instant in another spelling is no change', async (t) => {
  const office = await terraformFolder(t, person('Ana') + grant(spaces.lobby, end))
  await office.apply()
  await office.write(person('Ana') + grant(spaces.lobby, '2031-06-01T08:00:00.000Z'))
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})

some('Terraform: an end that only the deployment tells is changed in place', async (t) => {
  const until = (at: string) => `
    resource "terraform_data" "shift" {
      input = "${at}"
    }
    resource "seam_acs_user" "ana" {
      acs_system_id   = "${systems.saltoKs}"
      full_name       = "Ana Ruiz"
      access_schedule = { ends_at = terraform_data.shift.output }
    }
    resource "seam_acs_credential" "ana" {
      access_method = "code"
      acs_user_id   = seam_acs_user.ana.id
      ends_at       = terraform_data.shift.output
    }`
  const office = await terraformFolder(t, until(end))
  await office.apply()
  const { acsUsers, acsCredentials } = office.sandbox.store
  await office.write(until(later))
  t.deepEqual(await office.changes(), [
    'update seam_acs_credential.ana',
    'update seam_acs_user.ana',
    'update terraform_data.shift',
  ])
  await office.apply()
  t.deepEqual(await office.changes(), [])
  const ends = [
    ...acsUsers.all().map((user) => user.access_schedule?.ends_at),
    ...acsCredentials.all().map((credential) => credential.ends_at),
  ]
  t.is(ends.filter((at) => at && Date.parse(at) === Date.parse(later)).length, 2)
  await office.destroy()
})

some('Terraform: methods in another order are no change', async (t) => {
  const office = await terraformFolder(t, person('Ana') + grant(spaces.lobby, end))
  await office.apply()
  const turned = grant(spaces.lobby, end).replace(
    '{ mode = "code" }, { mode = "mobile_key" }',
    '{ mode = "mobile_key" }, { mode = "code" }',
  )
  await office.write(person('Ana') + turned)
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})

some('Terraform: what somebody changed by hand is a difference, and is put right', async (t) => {
  const office = await terraformFolder(t, person('Ana') + grant(spaces.lobby, end))
  await office.apply()
  const { store } = office.sandbox
  const [created] = store.accessGrants.all().filter(({ ends_at: at }) => at?.startsWith('2031-06'))
  const access_grant_id = created!.access_grant_id
  await ask(office.sandbox, '/access_grants/update', {
    access_grant_id,
    ends_at: '2032-01-01T00:00:00Z',
  })
  t.deepEqual(await office.changes(), ['update seam_access_grant.ana'])
  await office.apply()
  t.is(store.accessGrants.get(created!.access_grant_id)?.ends_at, '2031-06-01T08:00:00.000Z')
  await office.destroy()
})

some('Terraform: what somebody deleted by hand is created again', async (t) => {
  const office = await terraformFolder(t, person('Ana') + grant(spaces.lobby, end))
  await office.apply()
  const { store } = office.sandbox
  const [created] = store.accessGrants.all().filter(({ ends_at: at }) => at?.startsWith('2031-06'))
  store.accessGrants.delete(created!.access_grant_id)
  t.deepEqual(await office.changes(), ['create seam_access_grant.ana'])
  await office.apply()
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})

some('Terraform: a member is put into a group, and taken out of it again', async (t) => {
  const office = await terraformFolder(
    t,
    `
    resource "seam_acs_user" "ana" {
      acs_system_id = "${systems.saltoKs}"
      full_name     = "Ana Ruiz"
    }
    resource "seam_access_group_membership" "ana" {
      acs_access_group_id = "${accessGroups.employees}"
      acs_user_id         = seam_acs_user.ana.id
    }`,
  )
  const { store } = office.sandbox
  const before = store.memberships.all().length
  await office.apply()
  t.deepEqual(await office.changes(), [])
  t.is(store.memberships.all().length, before + 1)
  await office.destroy()
  t.is(store.memberships.all().length, before)
})

some('Terraform: an existing person is imported by id, with an empty plan', async (t) => {
  const office = await terraformFolder(
    t,
    `import {
      to = seam_user_identity.ivan
      id = "${userIdentities.ivan}"
    }`,
  )
  const generated = await office.run('plan', '-generate-config-out=ivan.tf')
  t.is(generated.code, 0, generated.stdout + generated.stderr)
  t.regex(generated.stdout, /1 to import, 0 to add, 0 to change, 0 to destroy/)
  await office.apply()
  t.deepEqual(await office.changes(), [])
})

some('Terraform: to give what leaving it out means changes nothing in Seam', async (t) => {
  const grant = (more: string) => `
    resource "seam_access_grant" "ivan" {
      user_identity_id         = "${userIdentities.ivan}"
      space_ids                = ["${spaces.lab}"]
      requested_access_methods = [{ mode = "card" }]
      ${more}
    }`
  const office = await terraformFolder(t, grant(''))
  await office.apply()
  await office.write(grant('wait_for = "accepted"\ntimeout = "5m"\nacs_entrance_ids = []'))
  office.sandbox.clearRequests()
  await office.apply()
  t.deepEqual(writes(office.sandbox), [])
  t.deepEqual(await office.changes(), [])
  await office.write(grant(''))
  await office.apply()
  t.deepEqual(writes(office.sandbox), [])
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})
