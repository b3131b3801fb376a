import { join } from 'node:path'
import { buildEngine } from './build.js'
import { downloadEngine } from './download.js'
import { enginesFolder } from './folders.js'
import { withLock } from './install-lock.js'
import type { EngineKind, GoProgram } from './kinds.js'
import { findOnPath, isExecutable } from './process.js'

/** Takes one line that says what is done and why. */
export type Log = (line: string) => void

/** Where an engine may come from. */
export interface EngineSources {
  /** The PATH that is searched for engines and for `go`. */
  path: string
  /** The folder that installed engines are kept in. */
  cache: string
  /** The URL that official releases are below. */
  releases?: string
  /** Milliseconds without a byte after which a download is given up. */
  silence: number
}

export const defaultSources: EngineSources = {
  path: process.env.PATH ?? '',
  cache: enginesFolder,
  silence: 20_000,
}

/** The folder of an installed engine. */
export const folderOf = ({ binary, version }: GoProgram, cache: string) =>
  join(cache, `${binary}-v${version}`)

/** The executable of an engine that was installed before. */
export function cachedCommand(kind: GoProgram, cache: string): string | undefined {
  const command = join(folderOf(kind, cache), kind.binary)
  return isExecutable(command) ? command : undefined
}

/**
 * Installs an engine: the official release, else one built with Go.
 *
 * @throws {Error} that says what to do, where there is no way to get one
 */
export async function installEngine(
  kind: EngineKind,
  log: Log,
  from: EngineSources,
): Promise<'cache' | 'download' | 'go'> {
  const waiting = () => log(`Waiting for another process that is installing ${kind.title}`)
  return withLock(`${folderOf(kind, from.cache)}.lock`, waiting, async () => {
    if (cachedCommand(kind, from.cache)) return 'cache'
    const source = (await download(kind, log, from)) ?? (await build(kind, log, from))
    if (!source || !cachedCommand(kind, from.cache)) {
      throw new Error(`There is no Go to build the ${kind.title} CLI with.\n${advice(kind)}`)
    }
    return source
  })
}

async function download(kind: EngineKind, log: Log, from: EngineSources) {
  const { cache, silence, releases = kind.releases } = from
  log(`No ${kind.binary} on PATH: downloading v${kind.version} from ${releases}`)
  try {
    await downloadEngine(kind, folderOf(kind, cache), { releases, silence, log })
    return 'download'
  } catch (error) {
    log(`The download of ${kind.title} failed: ${(error as Error).message}`)
    return undefined
  }
}

async function build(kind: EngineKind, log: Log, { cache, path }: EngineSources) {
  const go = findOnPath('go', path)
  if (!go) return undefined
  log(`Building ${kind.title} v${kind.version} with Go, once; this takes some minutes`)
  try {
    await buildEngine(kind, folderOf(kind, cache), go, log)
    return 'go'
  } catch (error) {
    const { message } = error as Error
    throw new Error(`The ${kind.title} CLI could not be built. ${message}\n${advice(kind)}`)
  }
}

const advice = ({ title, binary, releases, guide, goVersion }: EngineKind) =>
  `Do one of these, then run the command again:
  - install the ${title} CLI (${guide}), so that ${binary} is on PATH
  - let this machine reach ${releases}, where the official release comes from
  - install Go ${goVersion} or later (https://go.dev/dl/), so that go is on PATH and the CLI can be built`
