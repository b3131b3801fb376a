// `npm run bench`: what this package costs beside providers written as usual, and beside bare calls.
// Everything runs on the loopback interface; figures of two sides are taken one after the other.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { localFolder } from '../tools/engine/folders.js'
import { ensurePulumi } from '../tools/engine/pulumi.js'
import { ensureTerraform } from '../tools/engine/terraform.js'
import { compareCore } from './core'
import type { Comparison, Verdict } from './figures'
import { runLimits, type LimitsResult } from './limits'
import { comparePulumi, withoutCheckpoints } from './pulumi'
import { measureReviews } from './review'
import { measureStarts } from './starts'
import { comparisonTable, limitsTable, reviewTable, startTable, verdictTable } from './tables'
import { verdictsOn, type Measured } from './targets'
import { compareTerraform } from './terraform'

const parts = ['pulumi', 'terraform', 'core', 'limits', 'review'] as const

interface Options {
  only?: (typeof parts)[number]
  sizes: number[]
  rounds?: number
  latency: number
  output: string
}

interface Results extends Measured {
  machine: string
  latencyMs: number
  verdicts: Verdict[]
}

const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Not a whole number above 0.')
  return Number(text)
}

const program = new Command('npm run bench --')
  .addOption(new Option('--only <part>', 'one part').choices(parts))
  .option(
    '--sizes <list>',
    'numbers of grants',
    (text) => text.split(',').map(wholeNumber),
    [100, 1000],
  )
  .option('--rounds <number>', 'how often; 3 for fewer than 1,000, else 1', wholeNumber)
  .option('--latency <ms>', 'latency of the sandbox', wholeNumber, 50)
  .option('--output <file>', 'where figures go', join(localFolder, 'bench/results.json'))

async function machine() {
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  const { version } = await ensurePulumi()
  const terraform = await ensureTerraform()
  const engines = `Pulumi ${version}, ${terraform.name} ${terraform.version}`
  return `${cpus().length} cores, ${gibibytes} GiB, Node ${process.versions.node}, ${engines}`
}

async function main(): Promise<void> {
  const { only, sizes, rounds, latency, output } = program.parse().opts<Options>()
  const isWanted = (part: string) => only === undefined || only === part
  const comparisons: Comparison[] = []
  const limits: LimitsResult[] = []
  const show = (title: string, rows: Comparison[]) => {
    comparisons.push(...rows)
    console.log(`\n${comparisonTable(title, rows)}`)
  }
  if (isWanted('limits')) {
    for (const latencyMs of [0, latency]) limits.push(await runLimits(5000, latencyMs))
    console.log(`\n${limitsTable(limits)}`)
  }
  for (const size of isWanted('core') ? sizes : []) {
    const title = `${size} grants, ${latency} ms latency: the core alone / a bare loop of its calls`
    show(title, await compareCore(size, rounds ?? 3, latency))
  }
  for (const size of isWanted('pulumi') ? sizes : []) {
    const settings = Object.keys(withoutCheckpoints(size)).join(', ') || 'no settings'
    const title = `${size} grants, ${latency} ms latency: this package / a usual dynamic provider (both with ${settings})`
    show(title, await comparePulumi(size, rounds ?? (size < 1000 ? 3 : 1), latency))
  }
  for (const size of isWanted('terraform') ? sizes : []) {
    const title = `${size} grants, ${latency} ms latency: this package / a provider for REST in Go`
    show(title, await compareTerraform(size, rounds ?? (size < 1000 ? 3 : 1), latency))
  }
  const starts = isWanted('terraform') ? [await measureStarts()] : []
  for (const one of starts) console.log(`\n${startTable(one)}`)
  const reviews = isWanted('review') ? await measureReviews(10_000) : []
  if (reviews.length > 0) console.log(`\n${reviewTable(reviews)}`)
  const measured = { comparisons, limits, reviews, starts }
  const shown = verdictsOn(measured)
  if (shown.length > 0) console.log(`\n${verdictTable(shown)}`)
  await keep(output, latency, measured)
}

/** Writes what was measured; of an earlier run, what was not measured now stays. */
async function keep(output: string, latencyMs: number, now: Measured): Promise<void> {
  mkdirSync(dirname(output), { recursive: true })
  const before = existsSync(output)
    ? (JSON.parse(readFileSync(output, 'utf8')) as Partial<Results>)
    : {}
  const isNew = (one: Comparison) =>
    now.comparisons.some(({ section, size }) => section === one.section && size === one.size)
  const comparisons = [
    ...(before.comparisons ?? []).filter((one) => !isNew(one)),
    ...now.comparisons,
  ]
  const limits = now.limits.length > 0 ? now.limits : (before.limits ?? [])
  const reviews = now.reviews.length > 0 ? now.reviews : (before.reviews ?? [])
  const starts = now.starts.length > 0 ? now.starts : (before.starts ?? [])
  const measured: Measured = { comparisons, limits, reviews, starts }
  const verdicts = verdictsOn(measured)
  const results: Results = { machine: await machine(), latencyMs, ...measured, verdicts }
  writeFileSync(output, `${JSON.stringify(results, undefined, 2)}\n`)
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
