import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { writes } from '../fixtures/building'
import { terraformFolder, type TerraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 4)

const { spaces, userIdentities, acsUsers } = officeIds

const grant = (method: string, more = '') => `
resource "seam_access_grant" "ivan" {
  user_identity_id         = "${userIdentities.ivan}"
  space_ids                = ["${spaces.lab}"]
  requested_access_methods = [{ mode = "code", ${method} }]
  ${more}
}`

const [pin, other] = ['736251', '840917']

/** The PIN that opens the lab, as Seam has it. */
const pinIn = ({ sandbox: { store } }: TerraformFolder) =>
  store.accessMethods
    .all()
    .filter(({ mode, code }) => mode === 'code' && [pin, other].includes(String(code)))
    .map(({ code }) => code)

async function assertUnseen(office: TerraformFolder): Promise<string[]> {
  // The configuration is in it as it is written.
  const plan = { ...(await office.plan()), configuration: undefined }
  const texts = [
    JSON.stringify(plan),
    await office.stateText(),
    await readFile(join(office.folder, 'terraform.tfstate.backup'), 'utf8').catch(() => ''),
  ]
  return [pin, other].filter((code) => texts.some((text) => text.includes(code)))
}

some(
  'Write-only: a PIN is set, stays with its version, changes with the next, and stands nowhere',
  async (t) => {
    const office = await terraformFolder(t, grant(`code_wo = "${pin}", code_wo_version = 1`))
    const plan = { ...(await office.plan()), configuration: undefined }
    t.false(JSON.stringify(plan).includes(pin))
    await office.apply()
    t.deepEqual(pinIn(office), [pin])
    t.deepEqual(await office.changes(), [])
    t.deepEqual(await assertUnseen(office), [])

    // Another PIN of the same version is not sent.
    await office.write(grant(`code_wo = "${other}", code_wo_version = 1`))
    t.deepEqual(await office.changes(), [])
    office.sandbox.clearRequests()
    await office.write(grant(`code_wo = "${pin}", code_wo_version = 1`, 'name = "Lab"'))
    await office.apply()
    t.is(writes(office.sandbox).length, 1)
    t.deepEqual(pinIn(office), [pin])

    await office.write(grant(`code_wo = "${other}", code_wo_version = 2`, 'name = "Lab"'))
    t.deepEqual(await office.changes(), ['update seam_access_grant.ivan'])
    await office.apply()
    t.deepEqual(pinIn(office), [other])
    t.deepEqual(await office.changes(), [])
    t.deepEqual(await assertUnseen(office), [])
    await office.apply('-refresh-only')
    t.deepEqual(await office.changes(), [])
    await office.destroy()
  },
)

some('Write-only: a PIN that stood in the state leaves it, and stays in Seam', async (t) => {
  const office = await terraformFolder(t, grant(`code = "${pin}"`))
  await office.apply()
  t.true((await office.stateText()).includes(pin))
  await office.write(grant(`code_wo = "${pin}", code_wo_version = 1`))
  office.sandbox.clearRequests()
  await office.apply()
  t.deepEqual(writes(office.sandbox), [])
  t.false((await office.stateText()).includes(pin))
  t.deepEqual(pinIn(office), [pin])
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})

some('Write-only: a grant for other doors has the PIN again', async (t) => {
  const method = `code_wo = "${pin}", code_wo_version = 1`
  const office = await terraformFolder(t, grant(method))
  await office.apply()
  await office.write(grant(method).replace(spaces.lab, spaces.lobby))
  await office.apply()
  t.deepEqual(pinIn(office), [pin])
  t.deepEqual(await assertUnseen(office), [])
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})

some(
  'Write-only: the PIN of a credential too, and beside the plain one it is refused',
  async (t) => {
    const credential = (code: string) => `
resource "seam_acs_credential" "farid" {
  acs_user_id   = "${acsUsers.brivoFarid}"
  access_method = "code"
  ${code}
}`
    const office = await terraformFolder(t, credential(`code_wo = "${pin}"\ncode_wo_version = 1`))
    await office.apply()
    const codes = () => office.sandbox.store.acsCredentials.all().map(({ code }) => code)
    t.true(codes().includes(pin))
    t.false((await office.stateText()).includes(pin))
    t.deepEqual(await office.changes(), [])
    await office.write(credential(`code_wo = "${other}"\ncode_wo_version = 2`))
    await office.apply()
    t.true(codes().includes(other))
    t.false((await office.stateText()).includes(other))
    await office.write(credential(`code_wo = "${other}"\ncode = "${pin}"`))
    const refused = await office.run('plan')
    t.is(refused.code, 1)
    t.regex(refused.stderr, /stands beside `code`: give one of them/)
    await office.write(credential(`code_wo = "12x"\ncode_wo_version = 3`))
    const wrong = await office.run('plan')
    t.is(wrong.code, 1)
    t.false((wrong.stdout + wrong.stderr).includes('12x"'))
    await office.write(credential(`code_wo = "${other}"\ncode_wo_version = 2`))
    await office.destroy()
  },
)
