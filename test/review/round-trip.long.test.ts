import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import ts from 'typescript'
import { readPulumi, readTerraform, report, type Plan } from '../../src/review'
import type { Sandbox } from '../../src/sandbox'
import { repository } from '../../tools/engine/folders.js'
import { sandboxFor } from '../fixtures/building'
import { pulumiStack } from '../fixtures/pulumi'
import { isInShare } from '../fixtures/share'
import { terraformOffice } from '../fixtures/terraform-office'
import { asked } from './asking'
import { differences, type Report } from './lives/compare'
import { Asker, walk } from './lives/walk'
import { modelOf } from './model'
import { edited, edits, type Edit } from './office-edits'
import { wording } from './plans'

const office = join(repository, 'examples/office')

/** Compiled here once, and not by the engine at each run. */
const compiled = (source: string) =>
  ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS } }).outputText

/** The office by one engine, and its building. */
interface Office {
  readonly sandbox: Sandbox
  edit(edit: Edit): void
  /** Brings the policy to where the engine reads it. */
  write(): Promise<void>
  plan(): Promise<Plan>
  deploy(): Promise<unknown>
  destroy(): Promise<unknown>
}

async function pulumiOffice(t: ExecutionContext): Promise<Office> {
  const sandbox = await sandboxFor(t, { seed: 'office' })
  const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey }
  const program = compiled(await readFile(join(office, 'index.ts'), 'utf8'))
  const stack = await pulumiStack(t, { program, env, name: 'office' })
  let policy = await readFile(join(office, 'policy.ts'), 'utf8')
  const write = () => writeFile(join(stack.folder, 'policy.js'), compiled(policy))
  await write()
  return {
    sandbox,
    edit: (edit) => (policy = edited(policy, edit.ts)),
    write,
    plan: async () => readPulumi((await stack.preview('--json', '--show-sames')).stdout),
    deploy: () => stack.up(),
    destroy: () => stack.destroy(),
  }
}

async function hclOffice(t: ExecutionContext): Promise<Office> {
  const folder = await terraformOffice(t)
  let { policy } = folder
  return {
    sandbox: folder.sandbox,
    edit: (edit) => (policy = edited(policy, edit.hcl)),
    write: () => folder.writePolicy(policy),
    plan: async () => readTerraform(JSON.stringify(await folder.plan()), 'office'),
    deploy: () => folder.apply(),
    destroy: () => folder.destroy(),
  }
}

/** What the review says of each edit, each held to what the building then does. */
async function lives(
  t: ExecutionContext,
  one: Office,
  share: number,
): Promise<Map<string, string[]>> {
  const asker = new Asker(one.sandbox)
  const models = new Map<string, string[]>()
  await one.deploy()
  for (const [at, edit] of edits.entries()) {
    const { what } = edit
    one.edit(edit)
    // One that is left out is deployed together with the next one.
    if (!isInShare(at, 0, share)) continue
    await one.write()
    const before = await walk(asker)
    const told = report(await asked(one.sandbox, await one.plan(), Date.now()), [], wording)
    t.deepEqual(await walk(asker), before, 'a plan changes nothing')
    await one.deploy()
    t.log(`${what}: ${told.headline}`)
    t.true(told.complete, what)
    t.deepEqual(told.errors, [], what)
    t.deepEqual(differences(told as Report, before, await walk(asker)), [], what)
    models.set(what, modelOf(told))
  }
  await one.destroy()
  return models
}

test('Round trip: the review of an edit says what the building does after it, in every engine', async (t) => {
  // A plan and a deployment for each edit, each of many seconds.
  t.timeout(1_200_000)
  const byTerraform = await lives(t, await hclOffice(t), 12)
  const byPulumi = await lives(t, await pulumiOffice(t), 12)
  t.deepEqual([...byTerraform], [...byPulumi])
})
