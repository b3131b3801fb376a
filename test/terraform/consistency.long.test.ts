import test from 'ava'
import { buildingIds, buildingSeed, officeIds } from '../../src/sandbox'
import { ask } from '../fixtures/building'
import { of, resource } from '../fixtures/hcl'
import { shareOf } from '../fixtures/share'
import { terraformFolder, type TerraformFolder } from '../fixtures/terraform'

const some = shareOf(test, 6)

const { accessGroups, acsUsers, spaces, systems } = officeIds

const person = resource('user_identity', 'eve', { full_name: 'Eve Novak' })
const grant = (mode: string) =>
  resource('access_grant', 'eve', {
    user_identity_id: of('seam_user_identity.eve.id'),
    space_ids: [spaces.lobby],
    requested_access_methods: [{ mode }],
  })
const user = (system: string) =>
  resource('acs_user', 'eve', { acs_system_id: system, full_name: 'Eve Novak' })
const membership = (user: string) =>
  resource('access_group_membership', 'eve', {
    acs_access_group_id: accessGroups.employees,
    acs_user_id: user.includes('.') ? of(user) : user,
  })

const called = <T extends { full_name?: string | null }>(people: { all(): T[] }) =>
  people.all().filter(({ full_name: name }) => name === 'Eve Novak')

const text = ({ stdout, stderr }: { stdout: string; stderr: string }) =>
  (stdout + stderr).replace(/[\s│]+/g, ' ')

const callsTo = ({ sandbox }: TerraformFolder, ending: string) =>
  sandbox.requests.filter(({ path }) => path.endsWith(ending)).length

some(
  'Consistency: reads that are behind lose nothing, create nothing twice, and plan nothing',
  async (t) => {
    const config =
      person + grant('code') + user(systems.saltoKs) + membership('seam_acs_user.eve.id')
    const office = await terraformFolder(t, config)
    office.sandbox.fault({ kind: 'stale', ms: 900 })
    await office.apply()
    t.deepEqual(await office.changes(), [])
    const { userIdentities, acsUsers: users } = office.sandbox.store
    t.is(called(userIdentities).length, 1)
    t.is(called(users).length, 1)
    await office.destroy()
    t.is(called(userIdentities).length, 0)
  },
)

some(
  'Consistency: what is refused because of a change at the same time is tried again',
  async (t) => {
    const office = await terraformFolder(t, person)
    await office.apply()
    await office.write(person + grant('code'))
    for (const path of ['/access_grants/create', '/access_grants/delete']) {
      office.sandbox.fault({ kind: 'status', status: 409, path, times: 1 })
    }
    await office.apply()
    t.deepEqual(await office.changes(), [])
    await office.write(person)
    await office.apply()
    const { accessGrants, userIdentities } = office.sandbox.store
    const [eve] = called(userIdentities)
    t.deepEqual(accessGrants.where('user_identity_id', eve!.user_identity_id), [])
    t.deepEqual(await office.changes(), [])
  },
)

some('Consistency: with a grant goes a mobile key that nobody has claimed yet', async (t) => {
  const office = await terraformFolder(t, person + grant('mobile_key'))
  await office.apply()
  const created = (await office.resources()).find(
    ({ address }) => address === 'seam_access_grant.eve',
  )
  const id = String(created!.values['id'])
  const methods = () =>
    ask(office.sandbox, '/access_methods/list', { access_grant_id: id }).then(
      (answer) => answer['access_methods'] as unknown as object[],
      () => [],
    )
  t.is((await methods()).length, 1)
  await office.write(person)
  await office.apply()
  t.deepEqual(await methods(), [])
})

some('Consistency: who is a member already is told, and is no difference', async (t) => {
  const office = await terraformFolder(t, '')
  await ask(office.sandbox, '/acs/access_groups/add_user', {
    acs_access_group_id: accessGroups.employees,
    acs_user_id: acsUsers.saltoElena,
  })
  await office.write(membership(acsUsers.saltoElena))
  t.regex(text(await office.apply()), /was a member already/)
  t.deepEqual(await office.changes(), [])
})

some(
  'Consistency: replacing a user takes away nothing that the configuration does not know',
  async (t) => {
    const config = (system: string) => user(system)
    const office = await terraformFolder(t, config(systems.saltoKs))
    await office.apply()
    const [{ values } = { values: {} as Record<string, unknown> }] = await office.resources()
    const id = String(values['id'])
    await ask(office.sandbox, '/acs/access_groups/add_user', {
      acs_access_group_id: accessGroups.employees,
      acs_user_id: id,
    })
    const [other] = Object.values(systems).filter((one) => one !== systems.saltoKs)
    await office.write(config(other!))
    t.deepEqual(await office.changes(), ['delete-create seam_acs_user.eve'])
    const said = (await office.failedApply()).replace(/[\s│]+/g, ' ')
    t.regex(said, /would delete also: membership in access group/)
    t.truthy(office.sandbox.store.acsUsers.get(id))
  },
)

some('Consistency: 300 memberships of 12 groups are read with a call a group', async (t) => {
  t.timeout(300_000)
  const people = Array.from({ length: 300 }, (_, at) => at)
  const config = `
    locals {
      people = [${people.map((at) => `["${buildingIds.accessGroup(1 + (at % 12))}", "${buildingIds.acsUser(1 + at)}"]`).join(', ')}]
    }
    resource "seam_access_group_membership" "all" {
      count               = length(local.people)
      acs_access_group_id = local.people[count.index][0]
      acs_user_id         = local.people[count.index][1]
    }
  `
  const office = await terraformFolder(t, config, {
    sandbox: { seed: buildingSeed({ people: 300, groups: 12, membersPerGroup: 0 }) },
  })
  await office.apply()
  office.sandbox.clearRequests()
  t.deepEqual(await office.changes(), [])
  t.true(callsTo(office, '') <= 15, `${callsTo(office, '')} calls`)
})
