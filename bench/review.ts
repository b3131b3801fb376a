// Reviews of large plans: what a pull request waits for, and what its machine must have.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { localFolder } from '../tools/engine/folders.js'
import { capture } from '../tools/engine/process.js'
import { timed } from './figures'
import { plan } from './plans'

/** How a review went. */
export interface ReviewResult {
  kind: 'added' | 'replaced'
  grants: number
  planMiB: number
  seconds: number
  memoryMiB: number
}

/** The command line over plans of so many grants, the median of three. */
export async function measureReviews(grants: number): Promise<ReviewResult[]> {
  const folder = join(localFolder, 'bench')
  mkdirSync(folder, { recursive: true })
  const results: ReviewResult[] = []
  for (const kind of ['added', 'replaced'] as const) {
    const file = join(folder, `plan-${kind}.json`)
    const text = plan(grants, kind)
    writeFileSync(file, text)
    const runs = [await once(file), await once(file), await once(file)]
    runs.sort((one, other) => one.seconds - other.seconds)
    results.push({ kind, grants, planMiB: text.length / 2 ** 20, ...runs[1]! })
    rmSync(file)
  }
  return results
}

const root = join(__dirname, '..')

async function once(file: string) {
  let memoryMiB = 0
  const seconds = await timed(async () => {
    const args = ['--require', './bench/peak.cjs', 'dist/cli/main.js', 'review', '--input', file]
    const { code, stderr, stdout } = await capture(process.execPath, args, {
      cwd: root,
      deadline: 600_000,
    })
    if (code !== 0 || !stdout.includes('people')) throw new Error(`${stdout}${stderr}`)
    memoryMiB = Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024
  })
  return { seconds, memoryMiB }
}
