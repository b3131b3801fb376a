import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { capture } from '../../tools/engine/process.js'
import { ensureTerraform } from '../../tools/engine/terraform.js'
import { sandboxFor } from '../fixtures/building'
import { address, wantedEngine } from '../fixtures/terraform'
import { installedPlugin, processesOf } from '../fixtures/terraform-plugin'

const deadline = 120_000

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
  const { folder, plugin, ...installed } = await installedPlugin(t)
  const sandbox = await sandboxFor(t)
  const { command } = await ensureTerraform(wantedEngine)
  await writeFile(join(folder, 'main.tf'), config)
  const env = {
    ...installed.env,
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

test('Plugin: started by hand, it says what it is for', async (t) => {
  const { plugin } = await installedPlugin(t)
  const { code, stdout, stderr } = await capture(plugin, [], { deadline })
  t.is(code, 1)
  t.is(stdout, '')
  t.regex(stderr, /^This is a plugin of Terraform and OpenTofu/)
})
