import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { enginesFolder } from './folders.js'
import { withLock } from './install-lock.js'
import { capture, findOnPath, isExecutable } from './process.js'
import { buildPulumi } from './pulumi-build.js'
import { RELEASES, downloadPulumi } from './pulumi-download.js'
import { provideShim, shimNames } from './shims.js'
import { PULUMI_VERSION } from './version.js'

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

/** Takes one line that says what is done and why. */
export type Log = (line: string) => void

/** Where an engine may come from. */
export interface EngineSources {
  /** The PATH that is searched for `pulumi` and `go`. */
  path: string
  /** The folder that installed engines are kept in. */
  cache: string
  /** The URL that official releases are below. */
  releases: string
  /** Milliseconds without a byte after which a download is given up. */
  silence: number
}

const defaultSources: EngineSources = {
  path: process.env.PATH ?? '',
  cache: enginesFolder,
  releases: RELEASES,
  silence: 20_000,
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
  return (await pulumiOnPath(log, from)) ?? cachedPulumi(from) ?? (await installPulumi(log, from))
}

async function pulumiOnPath(log: Log, { path, cache }: EngineSources) {
  const command = findOnPath('pulumi', path)
  if (!command) return undefined
  const version = await versionOf(command)
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

async function versionOf(command: string): Promise<string | undefined> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' }
  const answer = await capture(command, ['version'], { env, deadline: 30_000 }).catch(
    () => undefined,
  )
  return answer?.code === 0 ? /^v?(\d+\.\d+\.\d+\S*)$/m.exec(answer.stdout)?.[1] : undefined
}

const folderIn = (cache: string) => join(cache, `pulumi-v${PULUMI_VERSION}`)

function cachedPulumi(
  { cache }: EngineSources,
  source: PulumiEngine['source'] = 'cache',
): PulumiEngine | undefined {
  const folder = folderIn(cache)
  const command = join(folder, 'pulumi')
  if (!isExecutable(command)) return undefined
  // Beside the CLI, plugins are found without a warning that they come from PATH.
  for (const name of shimNames) provideShim(folder, name)
  return { command, version: PULUMI_VERSION, binDirs: [folder], source }
}

async function installPulumi(log: Log, from: EngineSources): Promise<PulumiEngine> {
  const waiting = () => log('Waiting for another process that is installing Pulumi')
  return withLock(`${folderIn(from.cache)}.lock`, waiting, async () => {
    const meanwhile = cachedPulumi(from)
    if (meanwhile) return meanwhile
    const source = (await download(log, from)) ?? (await build(log, from))
    const installed = source && cachedPulumi(from, source)
    if (!installed) throw new Error(`There is no Go to build the Pulumi CLI with.\n${ADVICE}`)
    return installed
  })
}

async function download(log: Log, { cache, releases, silence }: EngineSources) {
  log(`No pulumi on PATH: downloading v${PULUMI_VERSION} from ${releases}`)
  try {
    await downloadPulumi(folderIn(cache), { releases, silence, log })
    return 'download'
  } catch (error) {
    log(`The download of Pulumi failed: ${(error as Error).message}`)
    return undefined
  }
}

async function build(log: Log, { cache, path }: EngineSources) {
  const go = findOnPath('go', path)
  if (!go) return undefined
  log(`Building Pulumi v${PULUMI_VERSION} with Go, once; this takes some minutes`)
  try {
    await buildPulumi(folderIn(cache), go, log)
    return 'go'
  } catch (error) {
    throw new Error(`The Pulumi CLI could not be built. ${(error as Error).message}\n${ADVICE}`)
  }
}

const ADVICE = `Do one of these, then run the command again:
  - install the Pulumi CLI (https://www.pulumi.com/docs/install/), so that pulumi is on PATH
  - let this machine reach ${RELEASES}, where the official release comes from
  - install Go 1.25 or later (https://go.dev/dl/), so that go is on PATH and the CLI can be built`
