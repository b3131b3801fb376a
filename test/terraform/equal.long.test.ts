import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { terraformFolder, type TerraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 9)

const { spaces, userIdentities } = officeIds

// Each walk of the engine has a process of its own only with the built plugin.
const isBuilt = true

const grant = (name: string, more = '') => `
resource "seam_access_grant" "${name}" {
  user_identity_id         = "${userIdentities.ivan}"
  space_ids                = ["${spaces.lobby}"]
  requested_access_methods = [{ mode = "code" }]
  ${more}
}
`

/** The ids of the grants that are not of the sandbox's seed. */
const grants = ({ sandbox: { store } }: TerraformFolder) =>
  store.accessGrants
    .all()
    .filter(({ access_grant_key: key }) => key?.startsWith('iac-'))
    .map(({ access_grant_id: id }) => id)

const idOf = async (office: TerraformFolder, name: string) =>
  (await office.resources()).find(({ address }) => address === `seam_access_grant.${name}`)?.values[
    'id'
  ]

/** One grant that stands, and another equal one that is to come. */
async function withTwin(t: Parameters<typeof terraformFolder>[0]) {
  const office = await terraformFolder(t, grant('ivan'), { isBuilt })
  await office.apply()
  await office.write(grant('ivan') + grant('again'))
  const [first] = grants(office)
  return { office, first: first! }
}

some(
  'Equal resources: one that comes in a later run is another grant, and each goes alone',
  async (t) => {
    const { office, first } = await withTwin(t)
    await office.apply()
    t.is(grants(office).length, 2)
    t.is(await idOf(office, 'ivan'), first)
    t.not(await idOf(office, 'again'), first)
    t.deepEqual(await office.changes(), [])
    await office.write(grant('ivan'))
    await office.apply()
    t.deepEqual(grants(office), [first])
    await office.destroy()
    t.deepEqual(grants(office), [])
  },
)

some(
  'Equal resources: a plan that was saved here tells its apply what the state holds',
  async (t) => {
    const { office } = await withTwin(t)
    await office.plan()
    t.is((await office.run('apply', 'plan.bin')).code, 0)
    t.is(grants(office).length, 2)
    t.deepEqual(await office.changes(), [])
  },
)

some(
  'Equal resources: a plan that was saved elsewhere takes nothing, and says which way out',
  async (t) => {
    const { office, first } = await withTwin(t)
    await office.plan()
    await rm(join(office.folder, '.terraform'), { recursive: true })
    const { code, stderr } = await office.run('apply', 'plan.bin')
    t.is(code, 1)
    t.regex(
      stderr,
      new RegExp(`seam_access_grant ${first}.*no plan in\\s+.*this\\s+.*folder.*adopt_id`, 's'),
    )
    t.deepEqual(grants(office), [first])
    await office.apply()
    t.is(grants(office).length, 2)
  },
)

some('Equal resources: with -target, what the plan did not see is not taken', async (t) => {
  const { office, first } = await withTwin(t)
  const said = await office.failedApply('-target=seam_access_grant.again')
  t.regex(said, new RegExp(`${first}.*state\\s+.*of\\s+.*an\\s+.*earlier`, 's'))
  t.deepEqual(grants(office), [first])
  await office.apply()
  t.is(grants(office).length, 2)
})

some(
  'Equal resources: what was taken out of the state is told, and adopted by its id',
  async (t) => {
    const office = await terraformFolder(t, grant('ivan'), { isBuilt })
    await office.apply()
    const [first] = grants(office)
    await office.plan()
    await office.run('state', 'rm', 'seam_access_grant.ivan')
    await office.plan()
    t.regex(await office.failedApply(), new RegExp(first!))
    t.deepEqual(grants(office), [first])
    await office.write(grant('ivan', `adopt_id = "${first}"`))
    await office.apply()
    t.is(await idOf(office, 'ivan'), first)
    t.deepEqual(await office.changes(), [])
  },
)

some('Equal resources: what another one has is not adopted in a later run', async (t) => {
  const { office, first } = await withTwin(t)
  await office.write(grant('ivan') + grant('again', `adopt_id = "${first}"`))
  t.regex(await office.failedApply(), /belongs to another resource/)
  t.is(await idOf(office, 'again'), undefined)
  await office.destroy()
  t.deepEqual(grants(office), [])
})

some(
  'Equal resources: -replace with create_before_destroy makes another grant, and then deletes the old one',
  async (t) => {
    const createFirst = 'lifecycle { create_before_destroy = true }'
    const office = await terraformFolder(t, grant('ivan', createFirst), { isBuilt })
    await office.apply()
    const [first] = grants(office)
    office.sandbox.clearRequests()
    await office.apply('-replace=seam_access_grant.ivan')
    const [second, ...others] = grants(office)
    t.deepEqual(others, [])
    t.not(second, first)
    t.is(await idOf(office, 'ivan'), second)
    const writes = office.sandbox.requests
      .map(({ path }) => path)
      .filter((path) => /access_grants\/(create|delete)$/.test(path))
    t.is(writes.at(-1), '/access_grants/delete')
    t.deepEqual(await office.changes(), [])
  },
)

some('Equal resources: records tell ids alone, and nobody else can read them', async (t) => {
  const { office } = await withTwin(t)
  await office.apply()
  const folder = join(office.folder, '.terraform/seam-iac')
  t.is((await stat(folder)).mode & 0o777, 0o700)
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    t.is((await stat(file)).mode & 0o777, 0o600)
    const { planned = {}, saved } = JSON.parse(await readFile(file, 'utf8'))
    for (const id of [...Object.values(planned), saved].flat()) {
      t.regex(String(id), /^[0-9a-f-]{36}$/)
    }
  }
})

some('Equal resources: an old grant that no state knows is told, and stays', async (t) => {
  const office = await terraformFolder(t, grant('ivan'), { isBuilt })
  await office.apply()
  const [first] = grants(office)
  await office.run('state', 'rm', 'seam_access_grant.ivan')
  const { accessGrants } = office.sandbox.store
  const twoHoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000).toISOString()
  accessGrants.put({ ...accessGrants.get(first!)!, created_at: twoHoursAgo })
  t.regex(await office.failedApply(), new RegExp(`${first}.*access_grant_key`, 's'))
  t.deepEqual(grants(office), [first])
})
