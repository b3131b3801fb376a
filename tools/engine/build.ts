import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { GoProgram } from './kinds.js'
import { capture } from './process.js'

/** A cold build takes about five minutes on two cores, most of it compiling. */
const DEADLINE_MS = 40 * 60_000
const PROGRESS_MS = 15_000

/**
 * Builds a program from its Go module into a folder, where it appears only when it is complete.
 *
 * @throws {Error} with the end of what Go said; nothing is left behind
 */
export async function buildEngine(
  { title, binary, version, goModule, goPackage, flags }: GoProgram,
  folder: string,
  go: string,
  log: (line: string) => void,
): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true })
  const workplace = mkdtempSync(join(dirname(folder), 'build-'))
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const progress = setInterval(() => log(`Still building ${title}: ${seconds()} s`), PROGRESS_MS)
  try {
    const built = join(workplace, binary)
    const { code, stderr } = await capture(
      go,
      ['build', '-trimpath', '-ldflags', `-s -w ${flags}`, '-o', built, goPackage],
      { cwd: goModule, env: { ...process.env, CGO_ENABLED: '0' }, deadline: DEADLINE_MS },
    )
    if (code !== 0) throw new Error(`go build ended with ${code}:\n${lastLines(stderr)}`)
    mkdirSync(folder, { recursive: true })
    renameSync(built, join(folder, binary))
    log(`Built ${title} v${version} in ${seconds()} s`)
  } finally {
    clearInterval(progress)
    rmSync(workplace, { recursive: true, force: true })
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-15).join('\n')
}
