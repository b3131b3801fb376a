import { createWriteStream, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { capture } from './process.js'
import { versionOf, type EngineKind } from './kinds.js'

/** How a download is done. */
export interface DownloadSettings {
  /** The URL that official releases are below. */
  releases: string
  /** Milliseconds without a byte after which it is given up; as a whole it may take its time. */
  silence: number
  /** Takes a line now and then, for whoever waits. */
  log: (line: string) => void
}

/**
 * Downloads the official release into a folder, which appears only when it is complete.
 *
 * @throws {Error} with the reason in one line; nothing is left behind
 */
export async function downloadEngine(
  kind: EngineKind,
  folder: string,
  settings: DownloadSettings,
): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true })
  const workplace = mkdtempSync(join(dirname(folder), 'download-'))
  try {
    const archive = join(workplace, 'release.tar.gz')
    await downloadFile(kind, archive, settings)
    const release = join(workplace, 'release')
    await unpack(kind, archive, release)
    rmSync(folder, { recursive: true, force: true })
    renameSync(release, folder)
  } finally {
    rmSync(workplace, { recursive: true, force: true })
  }
}

async function downloadFile(
  { title, archive }: EngineKind,
  file: string,
  { releases, silence, log }: DownloadSettings,
): Promise<void> {
  const hung = new AbortController()
  const stall = setTimeout(() => hung.abort(), silence)
  const { signal } = hung
  try {
    const response = await fetch(`${releases}/${archive()}`, { signal })
    if (!response.ok || !response.body) throw new Error(`answered ${response.status}`)
    const told = progress(title, Number(response.headers.get('content-length')), log)
    const watched = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        stall.refresh()
        told(chunk.length)
        yield chunk
      }
    }
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>)
    await pipeline(body, watched, createWriteStream(file), { signal })
  } catch (error) {
    if (signal.aborted) throw new Error(`nothing came for ${silence / 1000} s`)
    const { message, cause } = error as Error
    throw new Error(cause instanceof Error && cause.message ? cause.message : message)
  } finally {
    clearTimeout(stall)
  }
}

const PROGRESS_MS = 5000

/** Takes the bytes that came, and tells every few seconds how many there are. */
function progress(
  title: string,
  total: number,
  log: (line: string) => void,
): (bytes: number) => void {
  const inMiB = (bytes: number) => Math.floor(bytes / 2 ** 20)
  let [done, last] = [0, Date.now()]
  return (bytes) => {
    done += bytes
    if (Date.now() - last < PROGRESS_MS) return
    last = Date.now()
    log(`Downloading ${title}: ${inMiB(done)}${total ? ` of ${inMiB(total)}` : ''} MiB`)
  }
}

async function unpack(kind: EngineKind, archive: string, folder: string): Promise<void> {
  mkdirSync(folder)
  const args = ['-xzf', archive, '-C', folder, `--strip-components=${kind.foldersInArchive}`]
  const { code, stderr } = await capture('tar', args, { deadline: 120_000 })
  if (code !== 0) throw new Error(`the archive could not be unpacked: ${stderr.trim()}`)
  if ((await versionOf(kind, join(folder, kind.binary))) !== kind.version) {
    throw new Error(`the archive holds no working ${kind.title} CLI`)
  }
}
