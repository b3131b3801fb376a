import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The registries in whose names Terraform and OpenTofu look for a provider. */
export const hosts = ['registry.terraform.io', 'registry.opentofu.org'] as const
export const source = 'seam-iac/seam'

// The same from `src` and from `dist`.
const packageRoot = join(__dirname, '../../..')

export const version = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version

const plugin = join(packageRoot, 'dist', `terraform-provider-seam_v${version}`)

// As in a released zip: the hash in a lock file is that of all files.
const files = () => {
  if (existsSync(plugin)) return [plugin, join(packageRoot, 'LICENSE')]
  throw new Error(`There is no ${plugin}: the package seam-iac is not whole. Install it again.`)
}

const architectures: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: '386',
}

/** On Windows an engine starts only executables, and the plugin is a script. */
export const runsHere = process.platform !== 'win32'

/** The machine in the engines' words, such as `linux_amd64`. */
export const platform = (): string =>
  `${process.platform}_${architectures[process.arch] ?? process.arch}`

/**
 * Puts the plugin into a folder of plugins, where both engines find it.
 *
 * @param folder such as `terraform.d/plugins`
 */
export function putPlugin(folder: string, platforms: readonly string[] = [platform()]): void {
  for (const host of hosts) {
    for (const place of platforms) {
      const to = join(folder, host, source, version, place)
      mkdirSync(to, { recursive: true })
      for (const file of files()) copyFileSync(file, join(to, basename(file)))
      chmodSync(join(to, basename(plugin)), 0o755)
    }
  }
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data)

/** What a lock file says of the plugin: a hash of names and contents, the same on every machine. */
export function pluginHash(): string {
  const lines = files()
    .map((file) => [basename(file), sha256(readFileSync(file)).digest('hex')] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, hash]) => `${hash}  ${name}\n`)
  return `h1:${sha256(lines.join('')).digest('base64')}`
}
