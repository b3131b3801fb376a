import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { ask, writes } from '../fixtures/building'
import { seamIac } from '../fixtures/cli'
import { terraformFolder, type TerraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'
import { holders } from './holders'

const some = shareOf(test, 7)

const { lab } = officeIds.spaces

/** People by a key, each with a grant of a space that is there already. */
const staff = (people: Record<string, { name: string; until?: string }>, more = '') => `
locals {
  staff = jsondecode(<<EOT
${JSON.stringify(people)}
EOT
  )
}
resource "seam_user_identity" "person" {
  for_each  = local.staff
  full_name = each.value.name
}
resource "seam_access_grant" "lab" {
  for_each                 = local.staff
  name                     = each.value.name
  user_identity_id         = seam_user_identity.person[each.key].id
  space_ids                = ["${lab}"]
  requested_access_methods = [{ mode = "card" }]
  ends_at                  = try(each.value.until, null)
}
${more}`

const four = { a: { name: 'Ana' }, b: { name: 'Ben' }, c: { name: 'Cy' }, d: { name: 'Dana' } }
const { d } = four

const command = ({ engine, folder, env }: TerraformFolder, name: string, ...args: string[]) =>
  seamIac([name, ...(name === 'review' ? [] : ['--engine', engine.name]), ...args], {
    cwd: folder,
    env,
  })

/** The e-mail address is somebody else's already, so the person cannot be created. */
const cannotBeCreated = ({ store }: Sandbox) => `
resource "seam_user_identity" "eve" {
  full_name     = "Eve"
  email_address = "${store.userIdentities.get(officeIds.userIdentities.ivan)!.email_address}"
}`

async function deployed(t: ExecutionContext): Promise<TerraformFolder> {
  t.timeout(120_000)
  const office = await terraformFolder(t, staff(four))
  await office.apply()
  return office
}

some(
  'seam-iac up, Terraform: leavers are out, although something else cannot be created',
  async (t) => {
    const office = await deployed(t)
    await office.write(staff({ d }, cannotBeCreated(office.sandbox)))
    const { code, stdout, stderr } = await command(office, 'up', '--yes')
    t.deepEqual(holders(office.sandbox), ['Dana'])
    t.not(code, 0)
    t.regex(stdout, /3 people lose/)
    t.regex(stdout, /seam_access_grant\.lab\["a"\]/)
    t.regex(stderr, /every revocation was made/)
    await office.write(staff({ d }))
    const done = await command(office, 'up', '--yes')
    t.is(done.code, 0, done.stderr)
    t.deepEqual(await office.changes(), [])
    await office.destroy()
  },
)

some(
  'seam-iac up, Terraform: a revocation that fails is listed, and others are made',
  async (t) => {
    const office = await deployed(t)
    await office.write(staff({ d }, cannotBeCreated(office.sandbox)))
    // All three fail when they come first, and one of them once more with the rest.
    office.sandbox.fault({ path: '/access_grants/delete', kind: 'status', status: 400, times: 4 })
    const { code, stderr } = await command(office, 'up', '--yes')
    t.not(code, 0)
    const [left, ...others] = holders(office.sandbox)
    t.deepEqual(others, ['Dana'])
    t.regex(stderr, new RegExp(`NOT revoked[^]*\\n {2}${left}: `))
    await office.destroy()
  },
)

some(
  'seam-iac up, Terraform: an earlier end comes first, and a later one with the rest',
  async (t) => {
    const office = await deployed(t)
    const { a, c } = four
    const sooner = { a, c, d: { ...d, until: '2098-01-01T00:00:00Z' } }
    await office.write(staff(sooner, cannotBeCreated(office.sandbox)))
    const { code, stderr } = await command(office, 'up', '--yes')
    t.not(code, 0)
    t.is((stderr.match(/first what takes access away/g) ?? []).length, 2, stderr)
    const ends = office.sandbox.store.accessGrants
      .all()
      .find(({ name }) => name === 'Dana')?.ends_at
    t.is(Date.parse(String(ends)), Date.parse('2098-01-01T00:00:00Z'))
    t.deepEqual(holders(office.sandbox), ['Ana', 'Cy', 'Dana'])
    await office.destroy()
  },
)

some(
  'seam-iac up, Terraform: nobody is asked where nobody can be, and nothing is deployed',
  async (t) => {
    const office = await deployed(t)
    await office.write(staff({ d }))
    office.sandbox.clearRequests()
    const { code, stderr } = await command(office, 'up')
    t.is(code, 1)
    t.regex(stderr, /--yes/)
    t.deepEqual(writes(office.sandbox), [])
    await office.destroy()
  },
)

some(
  'seam-iac up, Terraform: a new address without a moved block is refused, and told how',
  async (t) => {
    const office = await deployed(t)
    const key = (name: string) => `
resource "seam_space" "${name}" {
  name      = "Attic"
  space_key = "attic"
}`
    await office.write(staff(four, key('attic')))
    await office.apply()
    await office.write(staff(four, key('loft')))
    const { code, stderr } = await command(office, 'up', '--yes')
    t.is(code, 1)
    t.regex(stderr, /moved \{ from = seam_space\.attic, to = seam_space\.loft \}/)
    await office.destroy()
  },
)

some(
  'seam-iac drift, Terraform: tells what changed behind the configuration, and ends with 2',
  async (t) => {
    const office = await deployed(t)
    const none = await command(office, 'drift')
    t.is(none.code, 0, none.stderr + none.stdout)
    const grant = (who: string) =>
      office.sandbox.store.accessGrants.all().find(({ name }) => name === who)!.access_grant_id
    await ask(office.sandbox, '/access_grants/delete', { access_grant_id: grant('Ben') })
    const ends_at = '2099-01-01T00:00:00Z'
    await ask(office.sandbox, '/access_grants/update', { access_grant_id: grant('Ana'), ends_at })
    const before = await office.stateText()
    office.sandbox.clearRequests()
    const found = await command(office, 'drift', '--format', 'markdown')
    t.is(found.code, 2, found.stderr)
    t.regex(found.stdout, /1 person lost, 1 person changed/)
    t.regex(found.stdout, /`seam-iac up`/)
    t.deepEqual(writes(office.sandbox), [], 'nothing is changed')
    t.is(await office.stateText(), before, 'nor the state')
    await office.destroy()
  },
)

some('seam-iac review: reads what terraform show -json printed, without PINs', async (t) => {
  const pin = '736251'
  const config = staff(four).replace('{ mode = "card" }', `{ mode = "code", code = "${pin}" }`)
  const office = await terraformFolder(t, config)
  const plan = JSON.stringify(await office.plan())
  t.true(plan.includes(pin), 'Terraform itself writes them into its plans')
  await writeFile(join(office.folder, 'plan.json'), plan)
  for (const format of ['markdown', 'json', 'text']) {
    const args = ['--input', 'plan.json', '--format', format]
    const { code, stdout } = await command(office, 'review', ...args)
    t.is(code, 0)
    t.regex(stdout, /4 people gain/)
    t.false(stdout.includes(pin))
  }
})
