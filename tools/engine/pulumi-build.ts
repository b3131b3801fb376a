import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repository } from './folders.js'
import { capture } from './process.js'
import { PULUMI_VERSION } from './version.js'

/** The Go module that pins the CLI and everything it is built from. */
export const cliModule = join(repository, 'tools/pulumi-cli')

const PACKAGE = 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi'
const VERSION_VARIABLE = 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version'

/** A cold build takes about five minutes on two cores, most of it compiling. */
const DEADLINE_MS = 40 * 60_000
const PROGRESS_MS = 15_000

/**
 * Builds the CLI from its Go module into a folder, where it appears only when it is complete.
 *
 * @throws {Error} with the end of what Go said; nothing is left behind
 */
export async function buildPulumi(
  folder: string,
  go: string,
  log: (line: string) => void,
): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true })
  const workplace = mkdtempSync(join(dirname(folder), 'build-'))
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const progress = setInterval(() => log(`Still building Pulumi: ${seconds()} s`), PROGRESS_MS)
  try {
    const built = join(workplace, 'pulumi')
    const flags = `-s -w -X ${VERSION_VARIABLE}=v${PULUMI_VERSION}`
    const { code, stderr } = await capture(
      go,
      ['build', '-trimpath', '-ldflags', flags, '-o', built, PACKAGE],
      { cwd: cliModule, env: { ...process.env, CGO_ENABLED: '0' }, deadline: DEADLINE_MS },
    )
    if (code !== 0) throw new Error(`go build ended with ${code}:\n${lastLines(stderr)}`)
    mkdirSync(folder, { recursive: true })
    renameSync(built, join(folder, 'pulumi'))
    log(`Built Pulumi v${PULUMI_VERSION} in ${seconds()} s`)
  } finally {
    clearInterval(progress)
    rmSync(workplace, { recursive: true, force: true })
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-15).join('\n')
}
