import Table from 'cli-table3'
import type { Comparison, Verdict } from './figures'
import type { LimitsResult } from './limits'

const pair = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined ? 'n/a' : `${one} / ${other}`

const ratio = (one: number | undefined, other: number | undefined) =>
  one === undefined || !other ? 'n/a' : (one / other).toFixed(2)

const seconds = (number: number) => `${number.toFixed(1)} s`
const mebibytes = (number: number | undefined) => number && `${Math.round(number)} MiB`
const kibibytes = (bytes: number | undefined) => bytes && `${Math.round(bytes / 1024)} KiB`
const perCent = (share: number) => `${Math.round(share * 100)} %`

/** One side / the other side, a line for each step. */
export function comparisonTable(title: string, rows: Comparison[]): string {
  const isPulumi = rows.some(({ ours }) => ours.stateBytes)
  const table = new Table({
    head: ['step', 'time', 'ratio', 'API calls', ...(isPulumi ? ['state', 'ratio', 'memory'] : [])],
    style: { head: [], border: [] },
  })
  for (const { step, ours, other } of rows) {
    table.push([
      step,
      pair(seconds(ours.seconds), seconds(other.seconds)),
      ratio(ours.seconds, other.seconds),
      pair(String(ours.calls), String(other.calls)),
      ...(isPulumi
        ? [
            step === 'destroy'
              ? '–'
              : pair(kibibytes(ours.stateBytes) || undefined, kibibytes(other.stateBytes) || ''),
            step === 'destroy' ? '–' : ratio(ours.stateBytes, other.stateBytes),
            pair(mebibytes(ours.memoryMiB) || undefined, mebibytes(other.memoryMiB) || undefined),
          ]
        : []),
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
