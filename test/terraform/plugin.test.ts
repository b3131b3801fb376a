import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { localFolder, repository } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { ensureTerraform } from '../../tools/engine/terraform.js'
import { sandboxFor } from '../fixtures/building'
import { cleanEnvironment } from '../fixtures/pulumi'
import { address } from '../fixtures/terraform'

const deadline = 120_000

/** The built plugin, alone in a folder, as whoever installs it has it. */
async function installed(t: ExecutionContext) {
  await mkdir(localFolder, { recursive: true })
  const folder = await mkdtemp(join(localFolder, 'plugin-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'))
  const name = `terraform-provider-seam_v${version}`
  const plugins = join(folder, 'plugins')
  await mkdir(plugins)
  await copyFile(join(repository, 'dist', name), join(plugins, name))
  return { folder, plugins, plugin: join(plugins, name) }
}

const config = `
terraform {
  required_providers {
    seam = { source = "${address}" }
  }
}
resource "seam_space" "lab" {
  name = "Lab 2"
}
`

test('Plugin: the built file alone serves an engine, and ends with it', async (t) => {
  const { folder, plugins, plugin } = await installed(t)
  const sandbox = await sandboxFor(t)
  const { command } = await ensureTerraform()
  const overrides = `provider_installation {\n dev_overrides { "${address}" = "${plugins}" }\n direct {}\n}`
  await writeFile(join(folder, 'cli.rc'), overrides)
  await writeFile(join(folder, 'main.tf'), config)
  const env = {
    ...cleanEnvironment(),
    TF_CLI_CONFIG_FILE: join(folder, 'cli.rc'),
    CHECKPOINT_DISABLE: 'true',
    SEAM_ENDPOINT: sandbox.endpoint,
    SEAM_API_KEY: sandbox.apiKey,
  }
  const before = sandbox.store.spaces.size
  const run = async (...args: string[]) => {
    const done = await capture(command, args, { cwd: folder, env, deadline })
    t.is(done.code, 0, done.stdout + done.stderr)
  }
  await run('apply', '-auto-approve')
  t.is(sandbox.store.spaces.size, before + 1)
  await run('plan', '-detailed-exitcode')
  await run('destroy', '-auto-approve')
  t.is(sandbox.store.spaces.size, before)
  t.deepEqual(await processesOf(plugin), [])
})

/** The processes that run a file. */
async function processesOf(file: string): Promise<string[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(
    all.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  )
  return lines.filter((line) => line.includes(file))
}

test('Plugin: started by hand, it says what it is for', async (t) => {
  const { plugin } = await installed(t)
  const { code, stdout, stderr } = await capture(plugin, [], { deadline })
  t.is(code, 1)
  t.is(stdout, '')
  t.regex(stderr, /^This is a plugin of Terraform and OpenTofu/)
})
