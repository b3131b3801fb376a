import { Argument, Command } from 'commander'
import { readdir, rm, rmdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { ownInstallation } from '../terraform/install/engine-settings'
import { hosts, putPlugin, runsHere, source, version } from '../terraform/install/plugin'

interface Options {
  readonly folder?: string
}

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

/** Where both engines look without any configuration. */
const accountFolder = () => join(homedir(), '.terraform.d', 'plugins')

function install(_engine: string, { folder = accountFolder() }: Options): void {
  if (!runsHere) {
    throw new Error(
      'On Windows an engine starts only executables, and this plugin is a script. Run the engine in WSL.',
    )
  }
  putPlugin(folder)
  console.log(`Installed ${source} ${version} in ${folder}. Declare it, and run init:

terraform {
  required_providers {
    seam = {
      source  = "${source}"
      version = "${version}"
    }
  }
}`)
  const settings = ownInstallation()
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
