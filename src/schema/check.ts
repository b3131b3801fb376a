import { Temporal } from 'temporal-polyfill'
import { inputFields, type Field, type Fields } from './fields'
import { formatOf, idFormat, type Kind, type KindOf } from './kinds'
import { quoted } from './names'
import { isAbsent, isWire, unknown, type Path, type Problem, type Wire } from './value'

/** Reports a problem; the value there counts as absent from then on. */
export type Report = (path: Path, reason: string) => undefined

const described = (value: unknown): string => {
  if (isAbsent(value)) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return isWire(value) ? 'a record' : `a ${typeof value}`
}

/** Half of a character, which cannot be sent and would arrive as another one. */
export const brokenText = 'holds half of a character (a lone surrogate), which no text can'
export const halves = /\p{Surrogate}/u

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text has the form of an id of Seam. */
export const isId = (text: string): boolean => uuid.test(text)

function checkText(value: unknown, path: Path, report: Report): string | undefined {
  if (typeof value === 'number') {
    return report(path, 'must be text in quotes: a number loses its leading zeros')
  }
  if (typeof value !== 'string') return report(path, `must be text, not ${described(value)}`)
  if (value === '') return report(path, 'must not be empty; leave it out instead')
  return halves.test(value) ? report(path, brokenText) : value
}

const likeCanonical = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{0,2}[1-9])?Z$/

/** Most instants are spelled so already, which is seen much faster than calculated. */
function isCanonical(text: string): boolean {
  if (!likeCanonical.test(text)) return false
  const time = Date.parse(text)
  // What names no day is taken for one of the next month.
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19)
}

/** Text for an instant in its one spelling, or nothing where it names no instant. */
export function canonicalInstant(text: string): string | undefined {
  if (isCanonical(text)) return text
  if (!calculated.has(text)) {
    if (calculated.size === mostCalculated) calculated.clear()
    calculated.set(text, calculate(text))
  }
  return calculated.get(text)
}

/** A program gives a few instants to many resources, and each is looked at several times. */
const calculated = new Map<string, string | undefined>()
const mostCalculated = 10_000

function calculate(text: string): string | undefined {
  try {
    return Temporal.Instant.from(text).round('millisecond').toString()
  } catch {
    return undefined
  }
}

const sorted = (members: unknown[]) => [
  ...[...new Set(members.filter((one) => one !== unknown))].sort(),
  ...members.filter((one) => one === unknown),
]

/** The members of a list, each in its one spelling. */
function checkMembers(of: Kind, value: unknown, path: Path, report: Report): unknown[] | undefined {
  if (!Array.isArray(value)) return report(path, `must be a list, not ${described(value)}`)
  return value.map((inner, at) =>
    inner === unknown ? unknown : checkValue(of, inner, [...path, at], report),
  )
}

type Check<K> = (kind: K, value: unknown, path: Path, report: Report) => unknown

const checks: { readonly [Is in Kind['is']]: Check<KindOf<Is>> } = {
  text({ rule }, value, path, report) {
    const text = checkText(value, path, report)
    if (text === undefined || !rule || rule.pattern.test(text)) return text
    return report(path, `must be ${rule.mustBe}`)
  },
  // Seam answers ids in lower case, however they were sent.
  id(_kind, value, path, report) {
    const id = checkText(value, path, report)
    if (id === undefined || isId(id)) return id?.toLowerCase()
    return report(path, `must be ${idFormat}`)
  },
  instant(kind, value, path, report) {
    const instant = typeof value === 'string' ? canonicalInstant(value) : undefined
    const examples = 'such as 2026-03-01T09:00:00+01:00 or 2026-03-01T08:00:00Z'
    return instant ?? report(path, `must be ${formatOf(kind)}, ${examples}`)
  },
  choice({ words }, value, path, report) {
    if (typeof value === 'string' && words.includes(value)) return value
    return report(path, `must be one of ${words.join(', ')}`)
  },
  integer(kind, value, path, report) {
    if (Number.isInteger(value) && (value as number) >= kind.minimum) return value
    return report(path, `must be ${formatOf(kind)}`)
  },
  number: (_kind, value, path, report) =>
    typeof value === 'number' && Number.isFinite(value) ? value : report(path, 'must be a number'),
  flag: (_kind, value, path, report) =>
    typeof value === 'boolean' ? value : report(path, 'must be true or false'),
  set({ of }, value, path, report) {
    const members = checkMembers(of, value, path, report)
    return members && sorted(members)
  },
  list: ({ of }, value, path, report) => checkMembers(of, value, path, report),
  record({ fields }, value, path, report) {
    if (!isWire(value)) return report(path, `must be a record, not ${described(value)}`)
    return checkRecord(fields, value, path, report)
  },
  note: (_kind, value) => value,
}

/** A value in its one spelling, and whatever is wrong with it reported. */
export const checkValue = (kind: Kind, value: unknown, path: Path, report: Report): unknown =>
  (checks[kind.is] as Check<Kind>)(kind, value, path, report)

/** A member of its own: every object has inherited a `constructor` as well. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

const bare = (text: string) => text.replaceAll('_', '').toLowerCase()

function unknownName(fields: Fields, name: string): string {
  if (own(fields, name)) return `is set by Seam and cannot be given`
  const known = inputFields(fields).map(([other]) => other)
  const meant = known.find((other) => bare(other) === bare(name))
  if (meant) return `is not a property; did you mean ${quoted(meant)}?`
  return `is not a property; there are ${known.map(quoted).join(', ')}`
}

/** Checks a record against its fields: unknown names, missing values, and each value's own kind. */
export function checkRecord(
  fields: Fields,
  given: Wire,
  path: Path,
  report: Report,
  elsewhere: Readonly<Record<string, string>> = {},
): Wire {
  const isInput = (field: Field | undefined) => field !== undefined && field.input !== 'never'
  for (const name of Object.keys(given)) {
    if (isInput(own(fields, name)) || isAbsent(given[name])) continue
    report([...path, name], own(elsewhere, name) ?? unknownName(fields, name))
  }
  const result: Wire = {}
  for (const [name, { kind, input }] of inputFields(fields)) {
    const value = given[name]
    if (value === unknown) result[name] = unknown
    else if (!isAbsent(value)) {
      const checked = checkValue(kind, value, [...path, name], report)
      if (checked !== undefined) result[name] = checked
    } else if (input === 'always') report([...path, name], 'is required')
  }
  return result
}

export const collector = () => {
  const problems: Problem[] = []
  const report: Report = (path, reason) => {
    problems.push({ path, reason })
    return undefined
  }
  return { problems, report }
}
