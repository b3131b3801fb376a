import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  cachedCommand,
  defaultSources,
  folderOf,
  installEngine,
  type EngineSources,
  type Log,
} from './install.js'
import { pulumi, versionOf } from './kinds.js'
import { findOnPath, isExecutable } from './process.js'
import { provideShim, shimNames } from './shims.js'

/** A Pulumi CLI that can run Node programs. */
export interface PulumiEngine {
  /** The executable's path. */
  command: string
  /** Such as `3.230.0`. */
  version: string
  /** Folders that must come first on the PATH of whoever runs it. */
  binDirs: string[]
  source: 'path' | 'cache' | 'download' | 'go'
}

let ensured: Promise<PulumiEngine> | undefined

/**
 * Finds a Pulumi CLI, or installs one: the one on PATH, else the one installed earlier, else the
 * official release, else one built with Go. Looks once in a process.
 *
 * @throws {Error} that says what to do, where there is no way to get one
 */
export function ensurePulumi(log: Log = console.error): Promise<PulumiEngine> {
  ensured ??= findPulumi(log).catch((error: unknown) => {
    ensured = undefined
    throw error
  })
  return ensured
}

/** Does the work of `ensurePulumi`, from sources of the caller's choice. */
export async function findPulumi(
  log: Log,
  sources: Partial<EngineSources> = {},
): Promise<PulumiEngine> {
  const from = { ...defaultSources, ...sources }
  return (
    (await pulumiOnPath(log, from)) ??
    cachedPulumi(from) ??
    cachedPulumi(from, await installEngine(pulumi, log, from))!
  )
}

async function pulumiOnPath(log: Log, { path, cache }: EngineSources) {
  const command = findOnPath('pulumi', path)
  if (!command) return undefined
  const version = await versionOf(pulumi, command)
  if (!version) {
    log(`Passing over ${command}, which does not tell its version`)
    return undefined
  }
  log(`Using Pulumi v${version} from PATH (${command})`)
  const binDirs: string[] = []
  for (const name of shimNames) {
    const official = join(dirname(realpathSync(command)), name)
    if (findOnPath(name, path) || isExecutable(official)) continue
    const folder = join(cache, 'shims', name)
    provideShim(folder, name)
    binDirs.push(folder)
  }
  return { command, version, binDirs, source: 'path' } satisfies PulumiEngine
}

function cachedPulumi(
  { cache }: EngineSources,
  source: PulumiEngine['source'] = 'cache',
): PulumiEngine | undefined {
  const command = cachedCommand(pulumi, cache)
  if (!command) return undefined
  const folder = folderOf(pulumi, cache)
  // Beside the CLI, plugins are found without a warning that they come from PATH.
  for (const name of shimNames) provideShim(folder, name)
  return { command, version: pulumi.version, binDirs: [folder], source }
}
