import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { ask } from '../fixtures/building'
import { terraformFolder, type TerraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 4)

const { accessGroups, acsUsers } = officeIds
const group = accessGroups.employees

const exclusive = (...users: string[]) => `
resource "seam_access_group_members_exclusive" "employees" {
  acs_access_group_id = "${group}"
  acs_user_ids        = [${users.map((user) => `"${user}"`).join(', ')}]
}
`
const name = 'seam_access_group_members_exclusive.employees'

const members = ({ sandbox: { store } }: TerraformFolder) =>
  store.memberships
    .all()
    .filter(({ acs_access_group_id: id }) => id === group)
    .map(({ acs_user_id: id }) => id)
    .sort()

const move = (office: TerraformFolder, verb: 'add_user' | 'remove_user', acs_user_id: string) =>
  ask(office.sandbox, `/acs/access_groups/${verb}`, { acs_access_group_id: group, acs_user_id })

/** The users of the group's system: those in the group at first, and another one. */
async function people(office: TerraformFolder) {
  const first = members(office)
  const users = office.sandbox.store.acsUsers.all()
  const system = users.find(({ acs_user_id: id }) => id === acsUsers.saltoAna)!.acs_system_id
  const other = users.find(
    ({ acs_system_id: of, acs_user_id: id }) => of === system && !first.includes(id),
  )!
  return { first, other: other.acs_user_id }
}

some(
  'Exclusive: the plan of a new list names whom it removes, and only they are removed',
  async (t) => {
    const office = await terraformFolder(t, '')
    const { first } = await people(office)
    const [stays, ...rest] = first as [string, ...string[]]
    await office.write(exclusive(stays))
    const { resource_changes: [planned] = [] } = await office.plan()
    t.deepEqual(planned!.change.after?.['removes'], rest.sort())
    const { stdout } = await office.apply()
    t.regex(stdout, /Removes from access group .* who is not in the list/)
    t.deepEqual(members(office), [stays])
    t.deepEqual(await office.changes(), [])
    await office.destroy()
    t.deepEqual(members(office), [stays], 'members stay unless the configuration says otherwise')
  },
)

some('Exclusive: a stranger in the group is a difference, and the plan names them', async (t) => {
  const office = await terraformFolder(t, '')
  const { first, other } = await people(office)
  await office.write(exclusive(...first))
  await office.apply()
  t.deepEqual(await office.changes(), [])
  await move(office, 'add_user', other)
  const { resource_changes: [planned] = [] } = await office.plan()
  t.deepEqual(planned!.change.actions, ['update'])
  t.deepEqual(planned!.change.after?.['removes'], [other])
  await office.apply()
  t.deepEqual(members(office), first)
  t.deepEqual(await office.changes(), [])
})

some('Exclusive: who joins after the plan stays, and is told', async (t) => {
  const office = await terraformFolder(t, '')
  const { first, other } = await people(office)
  const [gone, ...rest] = first as [string, ...string[]]
  await office.write(exclusive(...first))
  await office.apply()
  await office.write(exclusive(...rest))
  await office.plan()
  await move(office, 'add_user', other)
  const { code, stdout, stderr } = await office.run('apply', 'plan.bin')
  t.is(code, 0, stdout + stderr)
  t.regex(stdout.replace(/\s+/g, ' '), /has joined access group .* stays for now/)
  t.deepEqual(members(office), [...rest, other].sort())
  t.false(members(office).includes(gone))
  // The next plan sees them.
  t.deepEqual(await office.changes(), [`update ${name}`])
})

some('Exclusive: who has left comes back, and an addition is planned', async (t) => {
  const office = await terraformFolder(t, '')
  const { first } = await people(office)
  await office.write(exclusive(...first))
  await office.apply()
  await move(office, 'remove_user', first[0]!)
  const { resource_changes: [planned] = [] } = await office.plan()
  t.deepEqual(planned!.change.after?.['adds'], [first[0]])
  await office.apply()
  t.deepEqual(members(office), first)
  t.deepEqual(await office.changes(), [])
})

some(
  'Exclusive: one group in two lists is refused in the plan, and nobody is removed',
  async (t) => {
    const office = await terraformFolder(t, '')
    const { first, other } = await people(office)
    await office.write(
      exclusive(...first) + exclusive(...first, other).replace('"employees"', '"again"'),
    )
    const { code, stderr } = await office.run('plan')
    t.is(code, 1)
    t.regex(stderr.replace(/[\s│]+/g, ' '), /is managed by another .* of this program/)
    t.deepEqual(members(office), first)
  },
)

some('Exclusive: what single memberships held is held by a list, and nobody is out', async (t) => {
  const single = (user: string) => `
    resource "seam_access_group_membership" "one" {
      acs_access_group_id = "${group}"
      acs_user_id         = "${user}"
    }
  `
  const office = await terraformFolder(t, '', { isBuilt: true })
  const { first, other } = await people(office)
  await office.write(single(other))
  await office.apply()
  office.sandbox.clearRequests()
  await office.write(exclusive(...first, other))
  await office.apply('-parallelism=1')
  t.deepEqual(members(office), [...first, other].sort())
  const paths = office.sandbox.requests.map(({ path }) => path)
  t.false(paths.includes('/acs/access_groups/remove_user'), 'nobody is out for a moment')
  t.deepEqual(await office.changes(), [])
})
