import Table from 'cli-table3'
import type { Comparison, Verdict } from './figures'
import type { LimitsResult } from './limits'
import type { ReviewResult } from './review'
import type { StartResult } from './starts'

const pair = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined ? 'n/a' : `${one} / ${other}`

const ratio = (one: number | undefined, other: number | undefined) =>
  one === undefined || !other ? 'n/a' : (one / other).toFixed(2)

const seconds = (number: number) => `${number.toFixed(1)} s`
const milliseconds = (number: number) => `${Math.round(number)} ms`
const mebibytes = (number?: number) =>
  number === undefined ? undefined : `${Math.round(number)} MiB`
const kibibytes = (bytes?: number) =>
  bytes === undefined ? undefined : `${Math.round(bytes / 1024)} KiB`
const perCent = (share: number) => `${Math.round(share * 100)} %`

/** What only an engine has: a state, and a process for the provider. */
function engineCells({ step, ours, other }: Comparison): string[] {
  const state =
    step === 'destroy'
      ? ['–', '–']
      : [
          pair(kibibytes(ours.stateBytes), kibibytes(other.stateBytes)),
          ratio(ours.stateBytes, other.stateBytes),
        ]
  return [...state, pair(mebibytes(ours.memoryMiB), mebibytes(other.memoryMiB))]
}

/** One side / the other side, a line for each step. */
export function comparisonTable(title: string, rows: Comparison[]): string {
  const hasEngine = rows.some(({ ours }) => ours.stateBytes !== undefined)
  const head = ['step', 'time', 'ratio', 'API calls']
  if (hasEngine) head.push('state', 'ratio', 'memory')
  const table = new Table({ head, style: { head: [], border: [] } })
  for (const row of rows) {
    const { step, ours, other } = row
    table.push([
      step,
      pair(seconds(ours.seconds), seconds(other.seconds)),
      ratio(ours.seconds, other.seconds),
      pair(String(ours.calls), String(other.calls)),
      ...(hasEngine ? engineCells(row) : []),
    ])
  }
  return `${title}\n${table.toString()}`
}

export function limitsTable(results: LimitsResult[]): string {
  const table = new Table({
    head: ['latency', 'writes', 'limit', 'time', 'refused', 'of the limit', 'without a limit'],
    style: { head: [], border: [] },
  })
  for (const one of results) {
    table.push([
      `${one.latencyMs} ms`,
      String(one.writes),
      `${one.requestsPerSecond}/s`,
      seconds(one.seconds),
      String(one.refused),
      perCent(one.share),
      `${Math.round(one.unlimited)}/s`,
    ])
  }
  return `Writes through a limit, 64 at once, after the burst that the limit admits\n${table.toString()}`
}

export function reviewTable(results: ReviewResult[]): string {
  const table = new Table({
    head: ['grants', 'plan', 'time', 'memory'],
    style: { head: [], border: [] },
  })
  for (const { kind, grants, planMiB, seconds: time, memoryMiB } of results) {
    table.push([`${grants} ${kind}`, mebibytes(planMiB), seconds(time), mebibytes(memoryMiB)])
  }
  return `seam-iac review, the whole command\n${table.toString()}`
}

export function startTable({ ours, restapi, node }: StartResult): string {
  const table = new Table({
    head: ['this package', 'restapi', 'an empty Node process', 'ratio to it'],
    style: { head: [], border: [] },
  })
  table.push([milliseconds(ours), milliseconds(restapi), milliseconds(node), ratio(ours, node)])
  return `Start of a provider of Terraform, to the line that says where it listens\n${table.toString()}`
}

export function verdictTable(verdicts: Verdict[]): string {
  const table = new Table({
    head: ['target', 'measured', 'wanted', ''],
    style: { head: [], border: [] },
  })
  for (const { what, value, target, isLeast, holds } of verdicts) {
    const wanted = `${isLeast ? 'at least' : 'at most'} ${target.toFixed(2)}`
    table.push([what, value.toFixed(2), wanted, holds ? 'holds' : 'missed'])
  }
  return `Targets\n${table.toString()}`
}
