import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { hosts } from '../../src/terraform/install/plugin'
import { localFolder, repository } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { ensureTerraform } from '../../tools/engine/terraform.js'
import { sandboxFor } from '../fixtures/building'
import { seamIac } from '../fixtures/cli'
import { cleanEnvironment } from '../fixtures/pulumi'
import { address, wantedEngine } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 3)

const { version } = require('../../package.json') as { version: string }
const plugin = `terraform-provider-seam_v${version}`
const sums = `terraform-provider-seam_${version}_SHA256SUMS`
const zips = ['darwin_amd64', 'darwin_arm64', 'linux_amd64', 'linux_arm', 'linux_arm64'].map(
  (platform) => `terraform-provider-seam_${version}_${platform}.zip`,
)

async function folderFor(t: ExecutionContext, parent = localFolder): Promise<string> {
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'release-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

type Settings = Partial<Parameters<typeof capture>[2]>

async function must(t: ExecutionContext, [command, ...args]: string[], settings: Settings = {}) {
  const env = { ...cleanEnvironment(), ...settings.env }
  const done = await capture(command!, args, { deadline: 120_000, ...settings, env })
  t.is(done.code, 0, done.stdout + done.stderr)
  return done.stdout
}

/** What `npm run release:terraform` runs after the build. */
const script = [process.execPath, '--import=tsx', 'tools/release-terraform.ts']

const release = (t: ExecutionContext, args: string[], env: NodeJS.ProcessEnv = {}) =>
  must(t, [...script, ...args], { cwd: repository, env })

some('Release: the same build makes the same files, in another time zone too', async (t) => {
  const [one, other] = [await folderFor(t), await folderFor(t)]
  const said = await release(t, [one], { TZ: 'Pacific/Auckland' })
  t.regex(said, /The signature is missing/)
  t.true(said.includes(`gpg --batch --local-user <key id> --detach-sign ${join(one, sums)}`))
  await writeFile(
    join(other, 'terraform-provider-seam_0.0.1_linux_arm.zip'),
    'of an earlier version',
  )
  await release(t, [other], { TZ: 'America/Los_Angeles' })
  const names = (await readdir(one)).sort()
  const manifest = `terraform-provider-seam_${version}_manifest.json`
  t.deepEqual(names, [...zips, manifest, sums].sort())
  t.deepEqual((await readdir(other)).sort(), names)
  for (const name of names) {
    t.deepEqual(await readFile(join(one, name)), await readFile(join(other, name)), name)
  }
  const written = JSON.parse(await readFile(join(one, manifest), 'utf8'))
  t.deepEqual(written, { version: 1, metadata: { protocol_versions: ['6.0'] } })
  const checked = await must(t, ['sha256sum', '--strict', '-c', sums], { cwd: one })
  t.deepEqual(
    checked.trim().split('\n'),
    [...zips, manifest].map((name) => `${name}: OK`),
  )
})

some('Release: each zip has the built plugin, which may be run', async (t) => {
  const folder = await folderFor(t)
  await release(t, [folder])
  const built = await readFile(join(repository, 'dist', plugin))
  for (const zip of zips) {
    const to = join(folder, `of ${zip}`)
    await must(t, ['unzip', '-q', join(folder, zip), '-d', to])
    t.deepEqual((await readdir(to)).sort(), ['LICENSE', plugin])
    t.is((await stat(join(to, plugin))).mode & 0o777, 0o755)
    t.deepEqual(await readFile(join(to, plugin)), built)
  }
})

/** A configuration, and the engine with the zips as its mirror, or as a user who has none. */
async function mirrored(t: ExecutionContext) {
  const folder = await folderFor(t)
  await release(t, [join(folder, 'release')])
  for (const host of hosts) {
    const mirror = join(folder, 'mirror', host, address)
    await mkdir(mirror, { recursive: true })
    for (const zip of zips) await copyFile(join(folder, 'release', zip), join(mirror, zip))
  }
  const path = JSON.stringify(join(folder, 'mirror'))
  const settings = { mirror: join(folder, 'mirror.rc'), none: join(folder, 'none.rc') }
  // As the page on Terraform says it.
  const page = await readFile(join(repository, 'docs/terraform.md'), 'utf8')
  const [, text = ''] = /```hcl\n(provider_installation[\s\S]*?)```/.exec(page) ?? []
  t.true(text.includes('"/srv/mirror"'))
  await writeFile(settings.mirror, text.replace('"/srv/mirror"', path))
  await writeFile(settings.none, '')
  const { endpoint, apiKey } = await sandboxFor(t)
  const { command } = await ensureTerraform(wantedEngine)
  const run = (from: keyof typeof settings, ...args: string[]) => {
    const env = {
      TF_CLI_CONFIG_FILE: settings[from],
      CHECKPOINT_DISABLE: 'true',
      SEAM_ENDPOINT: endpoint,
      SEAM_API_KEY: apiKey,
    }
    return must(t, [command, ...args, '-no-color'], { cwd: folder, env })
  }
  return { folder, run }
}

some('Release: an engine installs it from a mirror of zips, and plans with it', async (t) => {
  const { folder, run } = await mirrored(t)
  const config = `
terraform {
  required_providers {
    seam = {
      source  = "${address}"
      version = "${version}"
    }
  }
}
data "seam_space" "lobby" { name = "Lobby" }
resource "seam_space" "lab" { name = "Beside \${data.seam_space.lobby.name}" }
`
  await writeFile(join(folder, 'main.tf'), config)
  t.regex(await run('mirror', 'init'), new RegExp(`Installed ${address} v${version}`))
  await run('mirror', 'validate')
  const planned = await run('mirror', 'plan')
  t.regex(planned, /name += "Beside Lobby"/)
  t.regex(planned, /Plan: 1 to add, 0 to change, 0 to destroy/)

  // What `install` puts there has the hash that was locked; otherwise init would refuse it.
  const locked = await readFile(join(folder, '.terraform.lock.hcl'), 'utf8')
  await rm(join(folder, '.terraform'), { recursive: true })
  const plugins = ['--folder', 'terraform.d/plugins']
  t.is((await seamIac(['install', 'terraform', ...plugins], { cwd: folder })).code, 0)
  await run('none', 'init', '-lockfile=readonly')
  t.is(await readFile(join(folder, '.terraform.lock.hcl'), 'utf8'), locked)
})

/** An empty home of gpg, where the path of its socket is short enough. */
async function keyring(t: ExecutionContext): Promise<NodeJS.ProcessEnv> {
  const env = { ...cleanEnvironment(), GNUPGHOME: await folderFor(t, tmpdir()) }
  t.teardown(() => capture('gpgconf', ['--kill', 'all'], { env, deadline: 60_000 }))
  return env
}

some('Release: signed by a key, the checksums can be verified', async (t) => {
  const folder = await folderFor(t)
  const env = await keyring(t)
  const key = ['--quick-gen-key', 'release@example.com', 'rsa2048', 'sign', 'never']
  await must(t, ['gpg', '--batch', '--passphrase', '', ...key], { env })
  const said = await release(t, [folder, '--sign', 'release@example.com'], env)
  t.notRegex(said, /missing/)
  const signed = [join(folder, `${sums}.sig`), join(folder, sums)]
  await must(t, ['gpg', '--batch', '--verify', ...signed], { env })
  t.notRegex(await readFile(signed[0]!, 'latin1'), /BEGIN PGP/)
})

some(
  'Release: a key that is not there is an error, and so is a folder with other files',
  async (t) => {
    const folder = await folderFor(t)
    const env = await keyring(t)
    const run = (...args: string[]) =>
      capture(script[0]!, [...script.slice(1), folder, ...args], {
        cwd: repository,
        env,
        deadline: 60_000,
      })
    const unsigned = await run('--sign', 'nobody@example.com')
    t.is(unsigned.code, 1)
    t.regex(unsigned.stderr, /All files are written, but not signed/)
    t.false((await readdir(folder)).includes(`${sums}.sig`))
    await writeFile(join(folder, 'notes.txt'), '')
    const refused = await run()
    t.is(refused.code, 1)
    t.regex(refused.stderr, /There are other files in .*: notes\.txt\. Name an empty one/)
  },
)
