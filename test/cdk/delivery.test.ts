import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { hosts, pluginHash, source, version } from '../../src/terraform/install/plugin'
import { localFolder } from '../../tools/engine/folders.js'
import { libraries, type Library } from '../fixtures/constructs'

const [first, second] = hosts.map((host) => `${host}/${source}`) as [string, string]

/** A folder for what a program synthesizes, with what stands in its lock file so far. */
function folderOf(t: ExecutionContext, lock = '') {
  mkdirSync(localFolder, { recursive: true })
  const folder = mkdtempSync(join(localFolder, 'delivery-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const stack = join(folder, 'stacks/office')
  const file = join(stack, '.terraform.lock.hcl')
  mkdirSync(stack, { recursive: true })
  if (lock) writeFileSync(file, lock)
  return { folder, stack, lock: () => readFileSync(file, 'utf8') }
}

/** Synthesizes a stack, and answers what it is annotated with. */
function synth({ core, seam }: Library, outdir: string, config: object = {}): string[] {
  const app = new core.App({ outdir })
  const stack = new core.TerraformStack(app, 'office')
  new seam.SeamProvider(stack, 'seam', config)
  app.synth()
  const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
    stacks: { office: { annotations: { message: string }[] } }
  }
  return manifest.stacks.office.annotations.map(({ message }) => message)
}

const entry = (address: string, at = version, hash = pluginHash()) => `provider "${address}" {
  version     = "${at}"
  constraints = "${at}"
  hashes = [
    "${hash}",
  ]
}
`

const other = `provider "registry.terraform.io/hashicorp/random" {
  version     = "3.6.0"
  constraints = "~> 3.6"
  hashes = [
    "h1:I8MBeauYA8J8yheLJ8oSMWqB0kovn16dF/wKZ1QTdkk=",
    "zh:03360ed3ecd31e8c5dac9c95fe0858be50f3e9a0d0c654b5e504109c2159287d",
  ]
}
`

const [library] = libraries as [Library]

test('Delivery: the plugin lies beside the stack for both engines, and can be started', (t) => {
  const { folder, stack, lock } = folderOf(t)
  t.deepEqual(synth(library, folder), [])
  for (const host of hosts) {
    const own = join(stack, 'terraform.d/plugins', host, source, version)
    const platforms = readdirSync(own)
    t.true(platforms.includes('linux_amd64'))
    for (const platform of platforms) {
      t.deepEqual(readdirSync(join(own, platform)), [
        'LICENSE',
        `terraform-provider-seam_v${version}`,
      ])
      const { mode } = statSync(join(own, platform, `terraform-provider-seam_v${version}`))
      t.is(mode & 0o111, 0o111)
    }
  }
  t.true(lock().endsWith(`\n\n${entry(first)}`))
})

test('Delivery: what a lock file says of other providers stays, and synth again changes nothing', (t) => {
  const { folder, lock } = folderOf(t, other)
  synth(library, folder)
  t.is(lock(), `${other}\n${entry(first)}`)
  synth(library, folder)
  t.is(lock(), `${other}\n${entry(first)}`)
})

test('Delivery: an entry of another version becomes one of this version, in its place', (t) => {
  const { folder, lock } = folderOf(t, `${entry(first, '0.0.9', 'h1:old')}\n${other}`)
  synth(library, folder)
  t.is(lock(), `${entry(first)}\n${other}`)
})

test('Delivery: an entry with this hash beside others stays as the engine wrote it', (t) => {
  const written = entry(first).replace('  ]', '    "zh:03360ed3",\n  ]')
  const { folder, lock } = folderOf(t, written)
  synth(library, folder)
  t.is(lock(), written)
})

test('Delivery: an engine that has removed the entry of the other registry does not miss it', (t) => {
  const { folder, lock } = folderOf(t, entry(second))
  synth(library, folder)
  t.is(lock(), entry(second))
})

test.serial('Delivery: the CLI finds the entry that it looks for, whichever engine runs', (t) => {
  const { folder, lock } = folderOf(t, entry(second))
  process.env['CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS'] = 'true'
  t.teardown(() => delete process.env['CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS'])
  synth(library, folder)
  t.is(lock(), `${entry(second)}\n${entry(first)}`)
})

test.serial('Delivery: settings that say where providers come from are told, and stay', (t) => {
  const { folder } = folderOf(t)
  const settings = join(folder, 'own.rc')
  const text = 'provider_installation {\n  direct {}\n}\n'
  writeFileSync(settings, text)
  process.env['TF_CLI_CONFIG_FILE'] = settings
  t.teardown(() => delete process.env['TF_CLI_CONFIG_FILE'])
  const [told, ...more] = synth(library, folder)
  t.deepEqual(more, [])
  t.true(told!.startsWith(`${settings} has a provider_installation block`))
  t.regex(told!, /npx seam-iac install terraform --folder/)
  t.is(readFileSync(settings, 'utf8'), text)
})

test('Delivery: a credential in plain text is told, one of a variable is not', (t) => {
  const { folder } = folderOf(t)
  const [told] = synth(library, folder, { apiKey: 'seam_key_1' })
  t.regex(told!, /^`apiKey` stands in the synthesized configuration in plain text/)
  t.notRegex(told!, /seam_key_1/)

  t.deepEqual(synth(library, folder, { apiKey: library.core.Token.asString('${var.key}') }), [])
})

test('Delivery: a wrong setting of the provider is told with its path', (t) => {
  const { folder } = folderOf(t)
  const error = t.throws(() => synth(library, folder, { retryTimeout: 'soon' }))
  t.regex(error.message, /\[office\/seam\] `retryTimeout` must be/)
})
