import { spawn } from 'node:child_process'
import { once } from 'node:events'
import test, { type ExecutionContext } from 'ava'
import { officeIds } from '../../src/sandbox'
import { terraformFolder, type TerraformFolder } from '../fixtures/terraform'

const { userIdentities, spaces } = officeIds

const grant = (more: string) => `
resource "seam_access_grant" "ivan" {
  user_identity_id         = "${userIdentities.ivan}"
  space_ids                = ["${spaces.lab}"]
  requested_access_methods = [{ mode = "code" }]
  ${more}
}`

/** Applies, and is interrupted as by Ctrl-C once a call has come that this is said of. */
async function interrupted(
  t: ExecutionContext,
  { engine, folder, env, sandbox }: TerraformFolder,
  isTime: () => boolean,
): Promise<string> {
  const child = spawn(engine.command, ['apply', '-auto-approve'], { cwd: folder, env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  }
  const look = setInterval(() => {
    if (!isTime()) return
    clearInterval(look)
    child.kill('SIGINT')
  }, 50)
  t.teardown(() => {
    clearInterval(look)
    child.kill('SIGKILL')
  })
  await once(child, 'close')
  t.true(isTime(), `it ended before: ${said}${sandbox.requests.length}`)
  return said
}

test('Stopping: an interrupt ends the repeats of a call that Seam turns away', async (t) => {
  // Without an end to it, the call is repeated for ten minutes.
  t.timeout(120_000)
  const office = await terraformFolder(t, grant(''), { settings: 'retry_timeout = "10m"' })
  const { sandbox } = office
  sandbox.fault({ path: '/access_grants/create', kind: 'status', status: 429 })
  const tries = () => sandbox.requests.filter(({ path }) => path === '/access_grants/create').length
  const said = await interrupted(t, office, () => tries() >= 2)
  t.regex(said, /Interrupt received/)
  sandbox.clearFaults()
  await office.apply()
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})

test('Stopping: an interrupt ends the wait for the doors, and the grant is in the state', async (t) => {
  t.timeout(120_000)
  const office = await terraformFolder(t, grant('wait_for = "provisioned"\ntimeout = "10m"'), {
    sandbox: { settleMs: 3_600_000 },
  })
  const isCreated = () =>
    office.sandbox.requests.some(({ path }) => path === '/access_grants/create')
  const began = Date.now()
  const said = await interrupted(t, office, () => isCreated() && Date.now() - began > 4_000)
  t.regex(said, /nobody waited until it was provisioned/)
  t.is((await office.resources()).length, 1)
  await office.destroy()
})
