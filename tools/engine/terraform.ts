import { delimiter, dirname } from 'node:path'
import {
  cachedCommand,
  defaultSources,
  installEngine,
  type EngineSources,
  type Log,
} from './install.js'
import { tofu, versionOf } from './kinds.js'
import { findOnPath } from './process.js'

/** A Terraform or OpenTofu CLI. */
export interface TerraformEngine {
  readonly name: 'terraform' | 'tofu'
  /** The executable's path. */
  readonly command: string
  /** Such as `1.11.4`. */
  readonly version: string
}

type Name = TerraformEngine['name']

/** A PATH on which this engine is found first. */
export const pathWith = ({ command }: Pick<TerraformEngine, 'command'>): string =>
  `${dirname(command)}${delimiter}${process.env['PATH'] ?? ''}`

const ensured = new Map<Name | undefined, Promise<TerraformEngine>>()

/**
 * Finds Terraform or OpenTofu: `terraform` or `tofu` on PATH, else an OpenTofu that was installed
 * earlier, else its official release, else one built with Go. Looks once in a process.
 *
 * @param wanted which of the two; either where it is left out
 * @throws {Error} that says what to do, where there is no way to get one
 */
export function ensureTerraform(wanted?: Name, log: Log = console.error): Promise<TerraformEngine> {
  const known = ensured.get(wanted) ?? findTerraform(log, wanted)
  ensured.set(wanted, known)
  known.catch(() => ensured.delete(wanted))
  return known
}

/** Does the work of `ensureTerraform`, from sources of the caller's choice. */
export async function findTerraform(
  log: Log,
  wanted?: Name,
  sources: Partial<EngineSources> = {},
): Promise<TerraformEngine> {
  const from = { ...defaultSources, ...sources }
  const names: Name[] = wanted ? [wanted] : ['terraform', 'tofu']
  for (const name of names) {
    const found = await onPath(name, log, from)
    if (found) return found
  }
  if (wanted === 'terraform') {
    throw new Error('There is no terraform on PATH. Install it, or use OpenTofu: it can be built.')
  }
  if (!cachedCommand(tofu, from.cache)) await installEngine(tofu, log, from)
  return { name: 'tofu', command: cachedCommand(tofu, from.cache)!, version: tofu.version }
}

async function onPath(name: Name, log: Log, { path }: EngineSources) {
  const command = findOnPath(name, path)
  if (!command) return undefined
  const version = await versionOf({ binary: name }, command)
  if (!version) {
    log(`Passing over ${command}, which does not tell its version`)
    return undefined
  }
  return { name, command, version } satisfies TerraformEngine
}
