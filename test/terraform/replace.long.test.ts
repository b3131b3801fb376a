import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { terraformFolder, type TerraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 3)

const { spaces, userIdentities } = officeIds

const createFirst = 'lifecycle { create_before_destroy = true }'

const grant = (space: string, more = '') => `
resource "seam_access_grant" "ivan" {
  user_identity_id         = "${userIdentities.ivan}"
  space_ids                = ["${space}"]
  requested_access_methods = [{ mode = "code" }]
  ${more}
}
`

/** The grants that are not of the sandbox's seed: their ids and keys. */
const grants = ({ sandbox: { store } }: TerraformFolder) =>
  store.accessGrants
    .all()
    .filter(({ access_grant_key: key }) => /^(iac|own)-/.test(key ?? ''))
    .map(({ access_grant_id: id, access_grant_key: key }) => ({ id, key: key! }))

/** Whether a grant was deleted before its successor was created, by what the sandbox was asked. */
const order = ({ sandbox }: TerraformFolder) =>
  sandbox.requests
    .map(({ path }) => path)
    .filter((path) => /access_grants\/(create|delete)$/.test(path))
    .map((path) => path.split('/').at(-1))

some('Replacement: -replace and equal inputs makes another grant', async (t) => {
  const office = await terraformFolder(t, grant(spaces.lobby))
  await office.apply()
  const [first] = grants(office)
  office.sandbox.clearRequests()
  await office.apply('-replace=seam_access_grant.ivan')
  const [second, ...others] = grants(office)
  t.deepEqual(others, [])
  t.not(second!.id, first!.id)
  t.deepEqual(order(office), ['delete', 'create'])
  t.deepEqual(await office.changes(), [])
  await office.destroy()
  t.deepEqual(grants(office), [])
})

for (const [what, lifecycle, expected] of [
  ['the old grant goes first', '', ['delete', 'create']],
  ['with create_before_destroy the new one comes first', createFirst, ['create', 'delete']],
] as const) {
  some(`Replacement: for other doors ${what}`, async (t) => {
    const office = await terraformFolder(t, grant(spaces.lobby, lifecycle))
    await office.apply()
    const [first] = grants(office)
    office.sandbox.clearRequests()
    await office.write(grant(spaces.lab, lifecycle))
    await office.apply()
    const [second, ...others] = grants(office)
    t.deepEqual(others, [])
    t.not(second!.id, first!.id)
    t.deepEqual(order(office), expected)
    t.deepEqual(await office.changes(), [])
    await office.destroy()
  })
}

some(
  'Replacement: a key of the configuration cannot be held twice, and nothing is lost',
  async (t) => {
    const own = 'access_grant_key = "own-1"'
    const office = await terraformFolder(t, grant(spaces.lobby, `${own}\n${createFirst}`))
    await office.apply()
    const before = grants(office)
    await office.write(grant(spaces.lab, `${own}\n${createFirst}`))
    const said = await office.failedApply()
    t.regex(said, /has to go before its replacement can\s+.*have\s+.*the\s+.*key\s+.*"own-1"/s)
    t.regex(said, /create_before_destroy/)
    t.deepEqual(grants(office), before)
    await office.write(grant(spaces.lab, own))
    await office.apply()
    t.deepEqual(await office.changes(), [])
    await office.destroy()
  },
)
