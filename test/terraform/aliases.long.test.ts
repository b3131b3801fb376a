import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import type { Sandbox } from '../../src/sandbox'
import { capture } from '../../tools/engine/process.js'
import { ensureTerraform } from '../../tools/engine/terraform.js'
import { sandboxFor } from '../fixtures/building'
import { address, wantedEngine } from '../fixtures/terraform'
import { installedPlugin } from '../fixtures/terraform-plugin'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 3)

// Each alias has a process of its own only where the engine starts the plugin, so the built one is used.

const provider = (alias: string, { endpoint, apiKey }: Sandbox, more = '') => `
provider "seam" {
  alias    = "${alias}"
  endpoint = "${endpoint}"
  api_key  = "${apiKey}"
  ${more}
}
`

const person = (alias: string, name: string) => `
resource "seam_user_identity" "${alias}" {
  provider  = seam.${alias}
  full_name = "${name}"
}
`

async function started(t: ExecutionContext) {
  const { command } = await ensureTerraform(wantedEngine)
  const { folder, env } = await installedPlugin(t)
  const run = (...args: string[]) =>
    capture(command, [args[0]!, '-no-color', ...args.slice(1)], {
      cwd: folder,
      env,
      deadline: 120_000,
    })
  return {
    run,
    must: async (...args: string[]) => {
      const { code, stdout, stderr } = await run(...args)
      t.is(code, 0, stdout + stderr)
    },
    write: (config: string) =>
      writeFile(
        join(folder, 'main.tf'),
        `terraform {\n required_providers {\n seam = { source = "${address}" }\n }\n}\n${config}`,
      ),
    state: () => readFile(join(folder, 'terraform.tfstate'), 'utf8'),
  }
}

const called = (sandbox: Sandbox, name: string) =>
  sandbox.store.userIdentities.all().filter((one) => one.full_name === name)

some(
  'Aliases: two workspaces have their own objects, and each is left alone by the other',
  async (t) => {
    t.timeout(300_000)
    const [office, lab] = [await sandboxFor(t), await sandboxFor(t, { seed: 'empty' })]
    const { must, write } = await started(t)
    const config = (name: string) =>
      provider('office', office) +
      provider('lab', lab) +
      person('office', 'Ana Ruiz') +
      person('lab', name)
    await write(config('Ana Ruiz'))
    await must('apply', '-auto-approve')
    t.deepEqual([called(office, 'Ana Ruiz').length, called(lab, 'Ana Ruiz').length], [1, 1])
    await must('plan', '-detailed-exitcode')
    office.clearRequests()
    await write(config('Ana Soto'))
    await must('apply', '-auto-approve')
    t.deepEqual([called(office, 'Ana Ruiz').length, called(lab, 'Ana Soto').length], [1, 1])
    t.false(office.requests.some(({ path }) => path.endsWith('/update')))
    await must('plan', '-detailed-exitcode')
    await must('destroy', '-auto-approve')
    t.deepEqual([called(office, 'Ana Ruiz').length, called(lab, 'Ana Soto').length], [0, 0])
  },
)

some(
  'Aliases: equal people of two namespaces in one workspace are two, with keys of their own',
  async (t) => {
    t.timeout(300_000)
    const office = await sandboxFor(t)
    const { must, write } = await started(t)
    await write(
      provider('office', office, 'namespace = "office"') +
        provider('lab', office, 'namespace = "lab"') +
        person('office', 'Ana Ruiz') +
        person('lab', 'Ana Ruiz'),
    )
    await must('apply', '-auto-approve')
    const keys = called(office, 'Ana Ruiz').map((one) => one.user_identity_key!)
    t.is(new Set(keys).size, 2)
    t.false(
      keys.some((key) => key.includes('~')),
      keys.join(),
    )
    await must('plan', '-detailed-exitcode')
    await must('destroy', '-auto-approve')
    t.deepEqual(called(office, 'Ana Ruiz'), [])
  },
)

some(
  'Aliases: a key of another workspace is an error, and the state stays as it was',
  async (t) => {
    t.timeout(300_000)
    const [office, lab] = [await sandboxFor(t), await sandboxFor(t, { seed: 'empty' })]
    const { must, run, write, state } = await started(t)
    await write(provider('office', office) + person('office', 'Ana Ruiz'))
    await must('apply', '-auto-approve')
    const before = await state()
    await write(provider('office', lab) + person('office', 'Ana Ruiz'))
    for (const args of [['plan'], ['apply', '-auto-approve'], ['destroy', '-auto-approve']]) {
      const { code, stdout, stderr } = await run(...args)
      t.is(code, 1, args[0])
      t.regex(stdout + stderr, /workspace/)
      t.is(await state(), before)
    }
    t.deepEqual(called(lab, 'Ana Ruiz'), [])
    await write(provider('office', office) + person('office', 'Ana Ruiz'))
    await must('plan', '-detailed-exitcode')
    await must('destroy', '-auto-approve')
  },
)
