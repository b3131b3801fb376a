import { Temporal } from 'temporal-polyfill'
import type { Field, Fields } from './fields'
import { swapName } from './names'
import { paired } from './state'
import { isAbsent, isWire, unknown, type Path, type Problem, type Wire } from './value'

/** Reports a problem; the value there counts as absent from then on. */
export type Report = (path: Path, reason: string) => undefined

/** How values of one kind are checked, brought to one spelling, and compared. */
export interface Kind {
  /** TypeScript's word for a value of this kind, for the generated classes. */
  readonly type: 'string' | 'number' | 'boolean' | 'string[]' | 'record' | 'record[]' | 'unknown[]'
  /** The value in its one spelling. */
  normalise(value: unknown, path: Path, report: Report): unknown
  /** Whether two normalised values mean the same. */
  same(one: unknown, other: unknown): boolean
  /** The fields of a record, or of each record in a list. */
  readonly fields?: Fields
  /** The words of a choice, or of each member of a set of choices. */
  readonly choices?: readonly string[]
  /** What the reference says of the format. */
  readonly format?: string
  /** An answer of the API in the spelling of the inputs, so that precision is never a difference. */
  spell?(value: unknown): unknown
}

const identical = (one: unknown, other: unknown) => one === other

const described = (value: unknown): string => {
  if (isAbsent(value)) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return isWire(value) ? 'a record' : `a ${typeof value}`
}

/** Half of a character, which cannot be sent and would arrive as another one. */
export const brokenText = 'holds half of a character (a lone surrogate), which no text can'
export const halves = /\p{Surrogate}/u

export interface TextRule {
  pattern: RegExp
  /** Completes the sentence "must be …". */
  mustBe: string
  /** Upper and lower case mean the same. */
  foldsCase?: boolean
}

export const textKind = (rule?: TextRule): Kind => ({
  type: 'string',
  ...(rule && { format: rule.mustBe }),
  normalise(value, path, report) {
    if (typeof value === 'number') {
      return report(path, 'must be text in quotes: a number loses its leading zeros')
    }
    if (typeof value !== 'string') return report(path, `must be text, not ${described(value)}`)
    if (value === '') return report(path, 'must not be empty; leave it out instead')
    if (halves.test(value)) return report(path, brokenText)
    if (rule && !rule.pattern.test(value)) return report(path, `must be ${rule.mustBe}`)
    return value
  },
  same: rule?.foldsCase
    ? (one, other) => String(one).toLowerCase() === String(other).toLowerCase()
    : identical,
})

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const uuidKind = textKind({ pattern: uuid, mustBe: 'an id of Seam (a UUID)' })

/** Seam answers ids in lower case, however they were sent. */
export const idKind: Kind = {
  ...uuidKind,
  normalise(value, path, report) {
    const id = uuidKind.normalise(value, path, report)
    return typeof id === 'string' ? id.toLowerCase() : id
  },
}

/** Text in the program's own words, such as a name. */
export const isFreeText = ({ kind }: Field): boolean =>
  kind.type === 'string' && kind !== idKind && kind !== instantKind && !kind.choices

export const choiceKind = (choices: readonly string[]): Kind => ({
  type: 'string',
  choices,
  normalise(value, path, report) {
    if (typeof value === 'string' && choices.includes(value)) return value
    return report(path, `must be one of ${choices.join(', ')}`)
  },
  same: identical,
})

export const numberKind = (minimum: number): Kind => ({
  type: 'number',
  format: `a whole number from ${minimum}`,
  normalise(value, path, report) {
    if (typeof value === 'number' && Number.isInteger(value) && value >= minimum) return value
    return report(path, `must be a whole number from ${minimum}`)
  },
  same: identical,
})

export const flagKind: Kind = {
  type: 'boolean',
  normalise: (value, path, report) =>
    typeof value === 'boolean' ? value : report(path, 'must be true or false'),
  same: identical,
}

/** Text for an instant in its one spelling, or nothing where it names no instant. */
function canonicalInstant(text: string): string | undefined {
  try {
    return Temporal.Instant.from(text).round('millisecond').toString()
  } catch {
    return undefined
  }
}

export const instantKind: Kind = {
  type: 'string',
  format: 'an ISO 8601 date and time with an offset',
  spell: (value) => (typeof value === 'string' && canonicalInstant(value)) || value,
  normalise(value, path, report) {
    const instant = typeof value === 'string' ? canonicalInstant(value) : undefined
    return (
      instant ??
      report(
        path,
        'must be an ISO 8601 date and time with an offset, such as 2026-03-01T09:00:00+01:00 or 2026-03-01T08:00:00Z',
      )
    )
  },
  same: identical,
}

const sorted = (ids: unknown[]) => [
  ...[...new Set(ids.filter((id) => id !== unknown))].sort(),
  ...ids.filter((id) => id === unknown),
]

const sameList = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

export const setKind = (member: Kind): Kind => ({
  type: 'string[]',
  ...(member.choices && { choices: member.choices }),
  normalise(value, path, report) {
    if (!Array.isArray(value)) return report(path, `must be a list, not ${described(value)}`)
    return sorted(
      value.map((inner, at) =>
        inner === unknown ? unknown : member.normalise(inner, [...path, at], report),
      ),
    )
  },
  same: sameList,
})

/** Members of notes that nobody needs there: each is told by a field of its own, or was refused. */
const left = new Set([
  'code',
  'new_code',
  'original_code',
  'card_number',
  'instant_key_url',
  'client_session_token',
])

/** Secret members of notes that nothing else tells. */
const keys = ['common_code_key']

/** Members of notes that repeat what a program may hold secret, and others do not. */
const personal = ['full_name', 'email_address', 'phone_number']

const secret = new Set([...keys, ...personal])

/** By a name in Seam's spelling, or in that of a surface. */
export const isSecretMember = (name: string): boolean =>
  secret.has(name) || secret.has(swapName(name))

export const isPersonal = (name: string): boolean => personal.includes(name)

/** Every secret text in a note. */
function secretsInNote(note: unknown): string[] {
  if (Array.isArray(note)) return note.flatMap(secretsInNote)
  if (!isWire(note)) return []
  return Object.entries(note).flatMap(([name, value]) => {
    if (!left.has(name) && !secret.has(name)) return secretsInNote(value)
    return typeof value === 'string' && value !== '' ? [value] : []
  })
}

type Choose = (name: string) => boolean

/** The record without the secrets that the API puts into its messages. */
function withoutSecrets(note: unknown, secrets: string[], isLeft: Choose): unknown {
  if (Array.isArray(note)) return note.map((inner) => withoutSecrets(inner, secrets, isLeft))
  if (typeof note === 'string') {
    return secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), note)
  }
  if (!isWire(note)) return note
  return Object.fromEntries(
    Object.entries(note)
      .filter(([name]) => !isLeft(name))
      .map(([name, value]) => [
        name,
        secret.has(name) ? value : withoutSecrets(value, secrets, isLeft),
      ]),
  )
}

/** What the API says of an object, without the PINs and addresses that it puts there. */
export const plainNotes = (value: unknown): unknown =>
  withoutSecrets(value, secretsInNote(value), (name) => left.has(name) || secret.has(name))

/** The same with those secrets that nothing else tells, each of them in a member of its own. */
const keptNotes = (value: unknown): unknown =>
  withoutSecrets(value, secretsInNote(value), (name) => left.has(name))

/** Free-form records that only the API writes: warnings, errors, pending mutations. */
export const notesKind: Kind = {
  type: 'unknown[]',
  normalise: (value) => value,
  same: sameList,
  spell: keptNotes,
}

export const recordKind = (fields: Fields): Kind => ({
  type: 'record',
  fields,
  normalise(value, path, report) {
    if (!isWire(value)) return report(path, `must be a record, not ${described(value)}`)
    return normaliseRecord(fields, value, path, report)
  },
  same: (one, other) => sameRecord(fields, one, other),
})

export const recordsKind = (fields: Fields): Kind => {
  const entry = recordKind(fields)
  return {
    type: 'record[]',
    fields,
    normalise(value, path, report) {
      if (!Array.isArray(value)) return report(path, `must be a list, not ${described(value)}`)
      return value.map((inner, at) =>
        inner === unknown ? unknown : entry.normalise(inner, [...path, at], report),
      )
    },
    same: (one, other) =>
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      paired(fields, one, other).every(([inner, match]) => match && entry.same(inner, match)),
  }
}

const isInput = (field: Field) => field.input !== 'never'

const inputFields = (fields: Fields) => Object.entries(fields).filter(([, field]) => isInput(field))

const suggestion = (name: string, known: readonly string[]) => {
  const bare = (text: string) => text.replaceAll('_', '').toLowerCase()
  return known.find((other) => bare(other) === bare(name))
}

/** Names in messages stand between `‹›` and are spelled by the surface that shows them. */
export const quoted = (name: string) => `‹${name}›`

/** A member of its own: every object has inherited a `constructor` as well. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

function unknownName(fields: Fields, name: string): string {
  const field = own(fields, name)
  if (field) return `is set by Seam and cannot be given`
  const known = inputFields(fields).map(([other]) => other)
  const meant = suggestion(name, known)
  if (meant) return `is not a property; did you mean ${quoted(meant)}?`
  return `is not a property; there are ${known.map(quoted).join(', ')}`
}

/** Checks a record against its fields: unknown names, missing values, and each value's own kind. */
export function normaliseRecord(
  fields: Fields,
  given: Wire,
  path: Path,
  report: Report,
  elsewhere: Record<string, string> = {},
): Wire {
  for (const name of Object.keys(given)) {
    const field = own(fields, name)
    if (field && isInput(field)) continue
    if (isAbsent(given[name])) continue
    report([...path, name], own(elsewhere, name) ?? unknownName(fields, name))
  }
  const result: Wire = {}
  for (const [name, field] of inputFields(fields)) {
    const value = given[name]
    if (value === unknown) result[name] = unknown
    else if (!isAbsent(value)) {
      const normal = field.kind.normalise(value, [...path, name], report)
      if (normal !== undefined) result[name] = normal
    } else if (field.input === 'always') report([...path, name], 'is required')
  }
  return result
}

export function sameRecord(fields: Fields, one: unknown, other: unknown): boolean {
  if (!isWire(one) || !isWire(other)) return isAbsent(one) && isAbsent(other)
  return inputFields(fields).every(([name, field]) => sameValue(field, one[name], other[name]))
}

/**
 * Whether a value says as much as leaving the field out: nothing, or none of what is none when it is
 * left out. What Seam would choose instead is not none.
 */
export function isLeftOut(field: Field, value: unknown): boolean {
  const { computed, otherwise } = field.marks
  if (isAbsent(value)) return true
  if (computed || field.input === 'always') return false
  if (value === '' || value === otherwise) return true
  if (Array.isArray(value)) return value.length === 0
  const { type, fields } = field.kind
  if (type !== 'record' || !fields || !isWire(value)) return false
  return inputFields(fields).every(([name, inner]) => isLeftOut(inner, value[name]))
}

export function sameValue(field: Field, one: unknown, other: unknown): boolean {
  const [isFirst, isSecond] = [!isLeftOut(field, one), !isLeftOut(field, other)]
  return isFirst && isSecond ? field.kind.same(one, other) : isFirst === isSecond
}

export const collector = () => {
  const problems: Problem[] = []
  const report: Report = (path, reason) => {
    problems.push({ path, reason })
    return undefined
  }
  return { problems, report }
}
