import type { Report, Row } from './compare'

const sections = ['losses', 'gains', 'windows'] as const
type Section = (typeof sections)[number]

/** Makes a row wrong; says nothing of a row that has nothing of the kind. */
type Breakage = (row: Row) => Row | undefined

const nobody = { kind: 'user_identity', name: 'Nobody at all' }
const year = 365 * 24 * 3_600_000

/** A window that ends a year later, or at all. */
const otherEnd = ({ until, ...rest }: NonNullable<Row['before']>) => ({
  ...rest,
  until: new Date((until ? Date.parse(until) : Date.now()) + year).toISOString(),
})

const without = ({ each: _, ...row }: Row): Row => row

const breakages: Readonly<Record<string, Breakage>> = {
  'a row left out': () => undefined,
  'another person': (row) => ({ ...row, person: nobody }),
  'another end before': (row) => (row.before ? { ...row, before: otherEnd(row.before) } : row),
  'another end after': (row) => (row.after ? { ...row, after: otherEnd(row.after) } : row),
  'other means before': (row) => (row.was ? { ...row, was: ['cloud_key'] } : row),
  'other means after': (row) => (row.by ? { ...row, by: ['cloud_key'] } : row),
  'doors that stay, told as well': ({ besides: _, ...row }) => row,
  // Where a place is told beside some of its doors, one of these less is still told.
  'one door less': (row) =>
    row.each && row.doors.length > 1 ? row : { ...without(row), doors: row.doors.slice(1) },
}

const isOf = (one: Row, other: Row) => JSON.stringify(one.person) === JSON.stringify(other.person)

/** A report with one row of a section that is another, or none. */
function withRow(report: Report, section: Section, at: number, row: Row | undefined): Report {
  const rows = [...report[section]]
  rows.splice(at, 1, ...(row ? [row] : []))
  return { ...report, [section]: rows }
}

/** Every report that differs from this one in one row, with what is wrong in it. */
export function* brokenReports(report: Report): Generator<readonly [what: string, Report]> {
  for (const section of sections) {
    for (const [at, row] of report[section].entries()) {
      // What two rows tell of somebody's doors is told still where one of them is wrong.
      if (report[section].some((other) => other !== row && isOf(other, row))) continue
      for (const [what, breakage] of Object.entries(breakages)) {
        const broken = breakage(row)
        if (JSON.stringify(broken) === JSON.stringify(row)) continue
        yield [`${what} in ${section}`, withRow(report, section, at, broken)]
      }
      for (const other of sections.filter((one) => one !== section)) {
        const moved = withRow(report, section, at, undefined)
        yield [`a row of ${section} in ${other}`, { ...moved, [other]: [...moved[other], row] }]
      }
    }
  }
}
