// Installs the packed package into an empty folder, as a user would, and deploys a small program
// with it: what is missing from the tarball, or resolves only in this repository, fails here. So does
// a link of a packed Markdown file to a file that is not packed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repository } from './engine/folders.js'
import { capture } from './engine/process.js'
import { ensurePulumi } from './engine/pulumi.js'
import { ensureTerraform } from './engine/terraform.js'
import { PULUMI_VERSION } from './engine/version.js'
import { localBackend } from './engine/workspace.js'
import { deadLinks } from './markdown.js'

const program = `
const seam = require('seam-iac')
const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
const grant = new seam.AccessGrant('ana-lobby', {
  userIdentityId: ana.userIdentityId,
  spaceIds: [seam.getSpaceOutput({ name: 'Lobby' }).spaceId],
  requestedAccessMethods: [{ mode: 'code' }],
})
exports.grant = grant.accessGrantId
`

const configuration = `
terraform {
  required_providers {
    seam = { source = "seam-iac/seam" }
  }
}
resource "seam_user_identity" "ana" {
  full_name = "Ana Ruiz"
}
`

/** In an ES module, as strict as Node takes it. */
const constructs = (library: string) => `
import { App, TerraformStack } from '${library}'
import { Door, Grant, Person, SeamProvider } from 'seam-iac/${library}'
import { DataSeamWorkspace } from 'seam-iac/${library}/data-seam-workspace'
const app = new App()
const stack = new TerraformStack(app, 'office')
new SeamProvider(stack, 'seam')
new DataSeamWorkspace(stack, 'workspace')
new Grant(stack, 'ana-lobby', {
  person: new Person(stack, 'ana', { fullName: 'Ana Ruiz' }),
  doors: [Door.fromSpace(stack, 'lobby', { name: 'Lobby' })],
})
app.synth()
`

/** The libraries of constructs, with the versions at both ends of what they take. */
const libraries: readonly (readonly [name: string, ...packages: string[]])[] = [
  ['cdktf', 'cdktf@0.21.0', 'constructs@10.4.2'],
  ['cdktf', 'cdktf@0.21.0', 'constructs@10.8.1'],
  ['cdktn', 'cdktn@0.24.0', 'constructs@10.6.0'],
]

const deadline = 300_000

async function must(command: string, args: string[], cwd: string, env = process.env) {
  const done = await capture(command, args, { cwd, env, deadline })
  if (done.code === 0) return done.stdout
  throw new Error(
    `${command} ${args.join(' ')} ended with ${done.code}\n${done.stdout}${done.stderr}`,
  )
}

interface Started {
  endpoint: string
  apiKey: string
}

/** The package's own sandbox, started by its own executable. */
async function startSandbox(folder: string) {
  const child = spawn('npx', ['seam-iac', 'sandbox', '--port', '0', '--json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { ...(JSON.parse(line) as Started), stop: () => process.kill(-child.pid!, 'SIGINT') }
}

interface Packed {
  filename: string
  files: { path: string }[]
}

/** Packs the package, and answers the name of its file. */
async function pack(folder: string): Promise<string> {
  const options = ['--ignore-scripts', '--json', '--pack-destination', folder]
  const [packed] = JSON.parse(await must('npm', ['pack', ...options], repository)) as [Packed]
  const paths = new Set(packed.files.map(({ path }) => path))
  const left = [...paths].filter((path) => /\.tfstate|cdktf\.out|\.local\//.test(path))
  if (left.length > 0) throw new Error(`What a run has left would be packed:\n${left.join('\n')}`)
  const dead = deadLinks(
    [...paths].filter((path) => path.endsWith('.md')),
    {
      has: (file) => paths.has(file),
      read: (file) => readFileSync(join(repository, file), 'utf8'),
    },
  )
  if (dead.length > 0) throw new Error(`Links to files that are not packed:\n${dead.join('\n')}`)
  return packed.filename
}

/** The plugin of the package, started by an engine as its own install command leaves it. */
async function checkPlugin(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { command, name } = await ensureTerraform()
  await must('npx', ['seam-iac', 'install', 'terraform', '--folder', 'terraform.d/plugins'], folder)
  writeFileSync(join(folder, 'main.tf'), configuration)
  await must(command, ['init', '-no-color'], folder, env)
  await must(command, ['apply', '-auto-approve', '-no-color'], folder, env)
  await must(command, ['destroy', '-auto-approve', '-no-color'], folder, env)
  console.log(`Deployed a person by ${name}`)
}

/** Constructs of the package, and the plugin that they put beside a stack. */
async function checkConstructs(
  folder: string,
  [library, ...packages]: (typeof libraries)[number],
  tarball: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const { command, name } = await ensureTerraform()
  const own = join(folder, [library, ...packages].join('-'))
  mkdirSync(own)
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name: 'empty', private: true }))
  await must('npm', ['install', tarball, ...packages], own)
  writeFileSync(join(own, 'main.mjs'), constructs(library))
  await must(process.execPath, ['main.mjs'], own, env)
  const stack = join(own, 'cdktf.out/stacks/office')
  await must(command, ['init', '-no-color'], stack, env)
  await must(command, ['apply', '-auto-approve', '-no-color'], stack, env)
  await must(command, ['destroy', '-auto-approve', '-no-color'], stack, env)
  console.log(`Deployed a grant by ${packages.join(' and ')} with ${name}`)
}

async function check(folder: string): Promise<void> {
  const tarball = await pack(folder)
  const engine = await ensurePulumi()
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true }))
  writeFileSync(join(folder, 'index.js'), program)
  const runtime = { name: 'nodejs', options: { typescript: false } }
  writeFileSync(join(folder, 'Pulumi.yaml'), JSON.stringify({ name: 'empty', runtime }))
  await must('npm', ['install', `./${tarball}`, `@pulumi/pulumi@${PULUMI_VERSION}`], folder)
  const { endpoint, apiKey, stop } = await startSandbox(folder)
  try {
    const env = {
      ...process.env,
      ...localBackend(join(folder, '.pulumi'), engine),
      SEAM_ENDPOINT: endpoint,
      SEAM_API_KEY: apiKey,
    }
    const pulumi = (...args: string[]) =>
      must(engine.command, ['--non-interactive', ...args], folder, env)
    await pulumi('stack', 'init', 'dev')
    await pulumi('up', '--yes', '--skip-preview')
    console.log(
      `Deployed grant ${(await pulumi('stack', 'output', 'grant')).trim()} with ${tarball}`,
    )
    await pulumi('destroy', '--yes', '--skip-preview')
    await checkPlugin(folder, env)
    for (const one of libraries) await checkConstructs(folder, one, join(folder, tarball), env)
  } finally {
    stop()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'seam-iac-package-'))
check(folder)
  .catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
  .finally(() => rmSync(folder, { recursive: true, force: true }))
