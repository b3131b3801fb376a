import { createWriteStream, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { capture } from './process.js'
import { PULUMI_VERSION } from './version.js'

/** Where the vendor publishes official releases. */
export const RELEASES = 'https://get.pulumi.com/releases/sdk'

const architectures: Partial<Record<string, string>> = { x64: 'x64', arm64: 'arm64' }

/** The archive of the official release for this machine. */
export function archiveName(platform = process.platform, architecture = process.arch): string {
  const known = architectures[architecture]
  if ((platform !== 'linux' && platform !== 'darwin') || !known) {
    throw new Error(`no archive is known for ${platform}-${architecture}`)
  }
  return `pulumi-v${PULUMI_VERSION}-${platform}-${known}.tar.gz`
}

/**
 * Downloads the official release into a folder, which appears only when it is complete.
 *
 * @param milliseconds how long the whole download may take
 * @throws {Error} with the reason in one line; nothing is left behind
 */
export async function downloadPulumi(
  folder: string,
  releases: string,
  milliseconds: number,
): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true })
  const workplace = mkdtempSync(join(dirname(folder), 'download-'))
  try {
    const archive = join(workplace, 'release.tar.gz')
    await downloadFile(`${releases}/${archiveName()}`, archive, milliseconds)
    const release = join(workplace, 'release')
    await unpack(archive, release)
    rmSync(folder, { recursive: true, force: true })
    renameSync(release, folder)
  } finally {
    rmSync(workplace, { recursive: true, force: true })
  }
}

async function downloadFile(url: string, file: string, milliseconds: number): Promise<void> {
  const signal = AbortSignal.timeout(milliseconds)
  try {
    const response = await fetch(url, { signal })
    if (!response.ok || !response.body) throw new Error(`answered ${response.status}`)
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>)
    await pipeline(body, createWriteStream(file), { signal })
  } catch (error) {
    if (signal.aborted) throw new Error(`took longer than ${milliseconds / 1000} s`)
    const { message, cause } = error as Error
    throw new Error(cause instanceof Error && cause.message ? cause.message : message)
  }
}

async function unpack(archive: string, folder: string): Promise<void> {
  mkdirSync(folder)
  const args = ['-xzf', archive, '-C', folder, '--strip-components=1']
  const { code, stderr } = await capture('tar', args, { deadline: 120_000 })
  if (code !== 0) throw new Error(`the archive could not be unpacked: ${stderr.trim()}`)
  const version = await capture(join(folder, 'pulumi'), ['version'], { deadline: 30_000 })
  if (version.stdout.trim() !== `v${PULUMI_VERSION}`) {
    throw new Error('the archive holds no working Pulumi CLI')
  }
}
