import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { sandboxFor } from '../fixtures/building'
import { cleanEnvironment } from '../fixtures/pulumi'
import { isQuick } from '../fixtures/share'
import { localFolder } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { ensurePulumi } from '../../tools/engine/pulumi.js'
import { localBackend } from '../../tools/engine/workspace.js'

/** One process that deploys a program for each tenant, in turn and then at once. */
const script = `
const { LocalWorkspace } = require('@pulumi/pulumi/automation')
const seam = require('seam-iac')
const pulumi = require('@pulumi/pulumi')

const program = (name) => async () => {
  const asked = await seam.getWorkspace({})
  // Whatever is asked later is asked by the same tenant.
  await new Promise((resolve) => setTimeout(resolve, 200))
  const again = await seam.getWorkspace({})
  const space = new seam.Space('flat', { name, spaceKey: 'flat' })
  const found = seam.getSpaceOutput({ spaceId: space.spaceId })
  const late = pulumi.output(new Promise((resolve) => setTimeout(resolve, 100))).apply(() => seam.getWorkspace({}))
  return { asked: asked.workspaceId, again: again.workspaceId, late: late.workspaceId, in: found.workspaceId, name: found.name }
}

async function stackOf(tenant, round) {
  const stack = await LocalWorkspace.createStack(
    { stackName: tenant.name + round, projectName: 'tenants', program: program(tenant.name) },
    { workDir: __dirname },
  )
  await stack.setConfig('seam:endpoint', { value: tenant.endpoint })
  await stack.setConfig('seam:apiKey', { value: tenant.apiKey, secret: tenant.isSecret ?? true })
  return stack
}

async function deployed(stack) {
  const { outputs } = await stack.up()
  await stack.destroy()
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))
}

async function main() {
  const tenants = JSON.parse(process.env.TENANTS)
  const results = { inTurn: [], atOnce: [] }
  for (const tenant of process.env.QUICK ? [] : tenants) {
    results.inTurn.push(await deployed(await stackOf(tenant, '1')))
  }
  const stacks = []
  for (const tenant of tenants) stacks.push(await stackOf(tenant, '2'))
  results.atOnce = await Promise.all(stacks.map(deployed))
  const plain = await stackOf({ ...tenants[0], name: 'plain', isSecret: false }, '3')
  results.plain = await plain.up().then(() => 'deployed', (error) => String(error))
  console.log('\\nRESULTS' + JSON.stringify(results))
}
main().catch((error) => { console.error(error); process.exitCode = 1 })
`

interface Results {
  inTurn: Record<string, string>[]
  atOnce: Record<string, string>[]
  plain: string
}

test.serial('Tenants: each stack of one process asks with its own configuration', async (t) => {
  t.timeout(300_000)
  const engine = await ensurePulumi()
  const parent = join(localFolder, 'test')
  await mkdir(parent, { recursive: true })
  const root = await mkdtemp(join(parent, 'tenants-'))
  t.teardown(() => rm(root, { recursive: true, force: true, maxRetries: 5 }))
  const seeds = ['office', 'empty']
  const sandboxes = await Promise.all(seeds.map((seed) => sandboxFor(t, { seed })))
  const tenants = sandboxes.map(({ endpoint, apiKey, workspaceId }, at) => ({
    name: `tenant${at}`,
    endpoint,
    apiKey,
    workspaceId,
  }))
  await writeFile(join(root, 'main.js'), script)
  const env = {
    ...cleanEnvironment(),
    ...localBackend(root, engine),
    TENANTS: JSON.stringify(tenants),
    // In turn, each takes many seconds more.
    ...(isQuick && { QUICK: 'true' }),
  }
  const { stdout, stderr, code } = await capture(process.execPath, [join(root, 'main.js')], {
    cwd: root,
    env,
    deadline: 280_000,
  })
  t.is(code, 0, stdout + stderr)
  const results = JSON.parse(stdout.split('RESULTS')[1]!) as Results
  const expected = tenants.map(({ workspaceId, name }) => ({
    asked: workspaceId,
    again: workspaceId,
    late: workspaceId,
    in: workspaceId,
    name,
  }))
  t.not(tenants[0]!.workspaceId, tenants[1]!.workspaceId)
  t.deepEqual(results.inTurn, isQuick ? [] : expected)
  t.deepEqual(results.atOnce, expected)
  t.regex(results.plain, /seam:apiKey stands in the stack's configuration as plain text/)
})
