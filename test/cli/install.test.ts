import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { wantedEngine } from '../fixtures/terraform'
import test, { type ExecutionContext } from 'ava'
import { localFolder } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { ensureTerraform } from '../../tools/engine/terraform.js'
import { sandboxFor } from '../fixtures/building'
import { seamIac } from '../fixtures/cli'
import { cleanEnvironment } from '../fixtures/pulumi'

/** A home with nothing in it, and a configuration beside it. */
async function home(t: ExecutionContext) {
  await mkdir(localFolder, { recursive: true })
  const folder = await mkdtemp(join(localFolder, 'install-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const sandbox = await sandboxFor(t)
  const env = {
    HOME: folder,
    CHECKPOINT_DISABLE: 'true',
    SEAM_ENDPOINT: sandbox.endpoint,
    SEAM_API_KEY: sandbox.apiKey,
  }
  const { command } = await ensureTerraform(wantedEngine)
  const cli = (...args: string[]) => seamIac(args, { cwd: folder, env })
  const terraform = (...args: string[]) =>
    capture(command, args, {
      cwd: folder,
      env: { ...cleanEnvironment(), ...env },
      deadline: 120_000,
    })
  return { folder, sandbox, cli, terraform }
}

test('seam-iac install terraform: plain init finds the plugin, and locks it', async (t) => {
  const { folder, sandbox, cli, terraform } = await home(t)
  const { stdout, code } = await cli('install', 'terraform')
  t.is(code, 0)
  const block = /terraform \{[^]*\n\}/.exec(stdout)![0]
  await writeFile(
    join(folder, 'main.tf'),
    `${block}\nresource "seam_space" "lab" { name = "Lab 2" }\n`,
  )
  const init = await terraform('init')
  t.is(init.code, 0, init.stdout + init.stderr)
  t.regex(await readFile(join(folder, '.terraform.lock.hcl'), 'utf8'), /"h1:[\w+/]+=+"/)
  const before = sandbox.store.spaces.size
  const apply = await terraform('apply', '-auto-approve')
  t.is(apply.code, 0, apply.stdout + apply.stderr)
  t.is(sandbox.store.spaces.size, before + 1)
  t.is((await terraform('destroy', '-auto-approve')).code, 0)

  t.is((await cli('uninstall', 'terraform')).code, 0)
  t.deepEqual(await readdir(join(folder, '.terraform.d/plugins')), [])
})

test('seam-iac install terraform: says so where the settings look elsewhere', async (t) => {
  const { folder, cli } = await home(t)
  await writeFile(join(folder, '.terraformrc'), 'provider_installation {\n  direct {}\n}\n')
  const { stdout } = await cli('install', 'terraform', '--folder', join(folder, 'plugins'))
  t.regex(stdout, /\.terraformrc has a provider_installation block/)
  t.deepEqual((await readdir(join(folder, 'plugins'))).sort(), [
    'registry.opentofu.org',
    'registry.terraform.io',
  ])
})
