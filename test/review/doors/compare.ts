import type { report } from '../../../src/review'
import type { Walk, Way } from './walk'

type Report = ReturnType<typeof report>
type Row = Report['losses'][number]

const sections = ['losses', 'gains', 'windows', 'means', 'reissues', 'covered'] as const

/** Everything in which a report differs from what has happened, a line each. */
export function differences(told: Report, before: Walk, after: Walk): string[] {
  const problems: string[] = []
  const seen = new Map(sections.map((name) => [name, entriesOf(told[name], after)]))
  const all = new Set([...before.ways.keys(), ...after.ways.keys()])
  for (const key of all) {
    const [was, is] = [before.ways.get(key), after.ways.get(key)]
    const section = happening(was, is)
    for (const name of ['losses', 'gains', 'windows'] as const) {
      const rows = seen.get(name)!.get(key)
      if (name !== section && rows) problems.push(line(`told in ${name}`, key, was, is, after))
      if (name !== section) continue
      if (!rows) problems.push(line(`not told in ${name}`, key, was, is, after))
      for (const row of rows ?? []) {
        const wrong = wrongIn(row, was, is)
        if (wrong) problems.push(line(`told in ${name} with ${wrong}`, key, was, is, after))
      }
    }
    if (section === 'means') {
      const isTold = (['means', 'reissues'] as const).some((name) => seen.get(name)!.has(key))
      if (!isTold) problems.push(line('not told in means', key, was, is, after))
    } else if (seen.get('means')!.has(key)) {
      problems.push(line('told in means', key, was, is, after))
    }
    for (const name of ['reissues', 'covered', 'means'] as const) {
      for (const row of seen.get(name)!.get(key) ?? []) {
        const wrong = wrongIn(row, was, is)
        if (wrong) problems.push(line(`told in ${name} with ${wrong}`, key, was, is, after))
      }
    }
  }
  for (const [name, entries] of seen) {
    for (const key of entries.keys()) {
      if (!all.has(key)) problems.push(line(`told in ${name}`, key, undefined, undefined, after))
    }
  }
  return problems
}

type Section = (typeof sections)[number]

function happening(was: Way | undefined, is: Way | undefined): Section | undefined {
  if (!was) return is ? 'gains' : undefined
  if (!is) return 'losses'
  if (JSON.stringify(edges(was)) !== JSON.stringify(edges(is))) return 'windows'
  return was.modes.join() === is.modes.join() ? undefined : 'means'
}

const edges = ({ times }: Way) => times.map((time) => time.map(String))

/** The rows of a section by `<person> > <door>`; what is new is known by its name. */
function entriesOf(rows: readonly Row[], after: Walk): Map<string, Row[]> {
  const entries = new Map<string, Row[]>()
  for (const row of rows) {
    const person = row.person.id ?? after.named.get(row.person.name) ?? row.person.name
    for (const door of row.each ?? row.doors) {
      const key = `${person} > ${door.id ?? door.name}`
      entries.set(key, [...(entries.get(key) ?? []), row])
    }
  }
  return entries
}

/** What of a row is not as it is: its windows, or by what the door opens. */
function wrongIn(row: Row, was: Way | undefined, is: Way | undefined): string | undefined {
  const told: [string, Row['before'], Row['by'], Way | undefined][] = [
    ['before', row.before, row.was, was],
    ['after', row.after, row.by, is],
  ]
  for (const [when, window, modes, way] of told) {
    if (!window !== !way) return `${when}: ${JSON.stringify(window)}`
    if (!window || !way) continue
    const [from, until] = [instant(window.from, -Infinity), instant(window.until, Infinity)]
    const begins = from <= Date.now() ? -Infinity : from
    if (begins !== way.times[0]![0] || until !== way.times.at(-1)![1]) {
      return `the window ${when}: ${JSON.stringify(window)}`
    }
    if (modes && [...modes].sort().join() !== way.modes.join()) {
      return `the means ${when}: ${modes.join()}`
    }
  }
  return undefined
}

const instant = (value: string | null | undefined, open: number) =>
  value === undefined ? open : value === null ? NaN : Date.parse(value)

function line(
  what: string,
  key: string,
  was: Way | undefined,
  is: Way | undefined,
  { names }: Walk,
): string {
  const who = key
    .split(' > ')
    .map((id) => names.get(id) ?? id)
    .join(' > ')
  return `${what}: ${who}, was ${shown(was)}, is ${shown(is)}`
}

function shown(way: Way | undefined): string {
  if (!way) return 'closed'
  const at = (time: number) => (Number.isFinite(time) ? new Date(time).toISOString() : '…')
  const times = way.times.map(([from, until]) => `${at(from)}–${at(until)}`)
  return `${times.join(' and ')} by ${way.modes.join()}`
}
