import { Argument, Command } from 'commander'
import { chmod, copyFile, mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

interface Options {
  readonly folder?: string
}

/** The registries in whose names Terraform and OpenTofu look for a provider. */
export const hosts = ['registry.terraform.io', 'registry.opentofu.org']
const source = 'seam-iac/seam'

const engine = () => new Argument('<engine>', 'whose plugin').choices(['terraform'])
const folderOption = [
  '--folder <path>',
  'a folder of plugins, such as terraform.d/plugins of a configuration; the one of your account when left out',
] as const

/** `seam-iac install`: puts a plugin where its engine finds it. */
export const installCommand = new Command('install')
  .description('Install the plugin of Terraform and OpenTofu, so that plain init finds it.')
  .addArgument(engine())
  .option(...folderOption)
  .action(install)

/** `seam-iac uninstall`: takes it away again. */
export const uninstallCommand = new Command('uninstall')
  .description('Take the plugin away again, in every version.')
  .addArgument(engine())
  .option(...folderOption)
  .action(uninstall)

const architectures: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: '386',
}

/** The machine in the engines' words, such as `linux_amd64`. */
function platform(): string {
  if (process.platform === 'win32') {
    throw new Error(
      'On Windows an engine starts only executables, and this plugin is a script. Run the engine in WSL.',
    )
  }
  return `${process.platform}_${architectures[process.arch] ?? process.arch}`
}

/** Where both engines look without any configuration. */
const accountFolder = () => join(homedir(), '.terraform.d', 'plugins')

async function install(_engine: string, { folder = accountFolder() }: Options): Promise<void> {
  const version = await ownVersion()
  const name = `terraform-provider-seam_v${version}`
  const place = platform()
  for (const host of hosts) {
    const to = join(folder, host, source, version, place)
    await mkdir(to, { recursive: true })
    await copyFile(join(__dirname, '..', name), join(to, name))
    await chmod(join(to, name), 0o755)
    // As in a released zip: the hash in a lock file is that of all files.
    await copyFile(join(__dirname, '../../LICENSE'), join(to, 'LICENSE'))
  }
  console.log(`Installed ${source} ${version} in ${folder}. Declare it, and run init:

terraform {
  required_providers {
    seam = {
      source  = "${source}"
      version = "${version}"
    }
  }
}`)
  const settings = await ownInstallation()
  if (settings) {
    console.log(
      `\n${settings} has a provider_installation block, so this folder is not looked at unless it names it as a filesystem_mirror.`,
    )
  }
}

async function uninstall(_engine: string, { folder = accountFolder() }: Options): Promise<void> {
  for (const host of hosts) {
    const place = join(folder, host, source)
    await rm(place, { recursive: true, force: true })
    await removeEmpty(dirname(place), folder)
  }
  console.log(`${source} is not in ${folder} any more.`)
}

/** Folders that are left empty go as well, up to the one that holds all plugins. */
async function removeEmpty(folder: string, top: string): Promise<void> {
  const entries = await readdir(folder).catch(() => undefined)
  if (folder === top || !entries || entries.length > 0) return
  await rmdir(folder)
  await removeEmpty(dirname(folder), top)
}

async function ownVersion(): Promise<string> {
  const manifest = await readFile(join(__dirname, '../../package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

/** The engine's settings, where they say themselves where providers come from. */
async function ownInstallation(): Promise<string | undefined> {
  const { TF_CLI_CONFIG_FILE: named } = process.env
  for (const file of named
    ? [named]
    : ['.terraformrc', '.tofurc'].map((one) => join(homedir(), one))) {
    const text = await readFile(file, 'utf8').catch(() => '')
    if (/^[ \t]*provider_installation\b/m.test(text)) return file
  }
  return undefined
}
