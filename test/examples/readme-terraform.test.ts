import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { localFolder, repository } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { ensureTerraform, pathWith } from '../../tools/engine/terraform.js'
import { sandboxFor } from '../fixtures/building'
import { cleanEnvironment } from '../fixtures/pulumi'

test('README: its section on Terraform runs as it is written, from an empty folder', async (t) => {
  t.timeout(120_000)
  const readme = await readFile(join(repository, 'README.md'), 'utf8')
  const section = /\n## With Terraform or OpenTofu\n([^]*?)\n## /.exec(readme)![1]!
  const blocks = [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, , text]) => text!)
  const [install, configuration, deploy, ...more] = blocks
  t.deepEqual(more, [])
  t.true(configuration!.trim().split('\n').length <= 24)

  const { endpoint, apiKey, store } = await sandboxFor(t, { seed: 'office' })
  const { command, name } = await ensureTerraform()
  await mkdir(localFolder, { recursive: true })
  const folder = await mkdtemp(join(localFolder, 'readme-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  // As `npm install seam-iac` leaves it.
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true })
  await symlink(join(repository, 'dist/cli/main.js'), join(folder, 'node_modules/.bin/seam-iac'))
  await writeFile(join(folder, 'main.tf'), configuration!)
  const env = {
    ...cleanEnvironment(),
    HOME: folder,
    PATH: pathWith({ command }),
    SEAM_API_KEY: apiKey,
    SEAM_ENDPOINT: endpoint,
    CHECKPOINT_DISABLE: 'true',
  }
  const run = (script: string, stdin = '') =>
    capture('bash', ['-ec', script.replaceAll('terraform ', `${name} `)], {
      cwd: folder,
      env,
      stdin,
      deadline: 120_000,
    })
  const installed = await run(install!)
  t.is(installed.code, 0, installed.stdout + installed.stderr)
  const deployed = await run(deploy!, 'yes\n')
  t.is(deployed.code, 0, deployed.stdout + deployed.stderr)
  t.regex(deployed.stdout, /Apply complete! Resources: 2 added/)
  const ana = store.userIdentities.all().find((one) => one.full_name === 'Ana Ruiz')
  const [grant] = store.accessGrants.where('user_identity_id', ana!.user_identity_id)
  t.is(grant?.ends_at, '2027-06-30T16:00:00.000Z')
  const again = await run(deploy!, 'yes\n')
  t.regex(again.stdout, /No changes/)
})
