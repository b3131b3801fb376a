import { isDeepStrictEqual } from 'node:util'
import {
  checkInputs,
  entriesOf,
  fieldsOf,
  isAbsent,
  isWire,
  paired,
  sameValue,
  unknown,
  type Field,
  type Fields,
  type Wire,
} from '../../schema'

/*
 * What Terraform holds a provider to, in one place: a planned value is the configured one or, where
 * both mean the same, the one before; only what is not configured may be computed; a value that a plan
 * knew is answered as planned; an object that has not changed keeps every spelling; and what is only
 * configured, and is not, is `null`.
 */

type Combine = (field: Field, one: unknown, other: unknown) => unknown

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Combines two values member by member, where both are records or lists of records. */
function inside(field: Field, one: unknown, other: unknown, combine: Combine): unknown {
  const fields = fieldsOf(field.kind)
  if (!fields) return one
  const members = (first: Wire, second: Wire): Wire =>
    Object.fromEntries(
      Object.entries(fields).map(([name, inner]) => [
        name,
        combine(inner, first[name], second[name]),
      ]),
    )
  const entries = entriesOf(field.kind)
  if (!entries) return isWire(one) && isWire(other) ? members(one, other) : one
  if (!Array.isArray(one) || one.some((entry) => !isWire(entry))) return one
  return paired(entries, one as Wire[], list(other).filter(isWire)).map(([first, second]) =>
    members(first, second ?? {}),
  )
}

/** Whether the provider may say what a configuration leaves out. */
const isLeft = ({ input, marks }: Field) =>
  input === 'never' || Boolean(marks.computed || marks.resolved)

/** A configured value, with the members that the configuration leaves to the provider. */
const configured: Combine = (field, given, planned) => {
  if (isAbsent(given)) return isLeft(field) ? planned : undefined
  return inside(field, given, planned, configured)
}

/** A planned value, with what the plan did not know. */
const asPlanned: Combine = (field, planned, done) =>
  planned === unknown ? done : inside(field, planned, done, asPlanned)

/** The spelling of before, as far as what is seen means the same. */
const asBefore: Combine = (field, before, seen) => {
  // What only a configuration says, nobody has changed.
  if (field.marks.local && isAbsent(seen)) return before
  if (isAbsent(before) || isAbsent(seen)) return sameValue(field, before, seen) ? before : seen
  const entries = entriesOf(field.kind)
  if (!fieldsOf(field.kind)) return sameSpelled(field, before, seen) ? before : seen
  if (!entries) return inside(field, before, seen, asBefore)
  const now = list(seen).filter(isWire)
  const pairs = paired(entries, list(before).filter(isWire), now)
  const kept = pairs.flatMap(([one, match]) => (match ? [[one, match] as const] : []))
  const isKept = new Set(kept.map(([, match]) => match))
  return [
    ...kept.flatMap(([one, match]) => inside(field, [one], [match], asBefore)),
    ...now.filter((entry) => !isKept.has(entry)),
  ]
}

/** Whether two values mean the same, however they are spelled. */
function sameSpelled(field: Field, one: unknown, other: unknown): boolean {
  if (isDeepStrictEqual(one, other)) return true
  const fields = { value: field.input === 'never' ? asInput(field) : field }
  const [first, second] = [one, other].map(
    (value) => checkInputs({ fields }, { value }).inputs['value'],
  )
  return sameValue(field, first, second)
}

const asInput = (field: Field): Field => field.optional()

const each = (fields: Fields, of: (name: string, field: Field) => unknown): Wire =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, of(name, field)]))

/** What a configuration alone can set is there as far as it is declared, whatever Seam answers beside it. */
const declared: Combine = (field, seen, given) => {
  const isSilent = isAbsent(given) || sameValue(field, seen, undefined)
  return !isLeft(field) && isSilent ? undefined : inside(field, seen, given, declared)
}

/** An object with what its inputs declare: of the rest, what a configuration cannot say is left out. */
export const declaredState = (fields: Fields, outputs: Wire, inputs: Wire): Wire =>
  each(fields, (name, field) => declared(field, outputs[name], inputs[name]))

/** What a plan answers: for each field the configured value, the one before, or a computed one. */
export const plannedState = (fields: Fields, given: Wire, outputs: Wire, before?: Wire): Wire =>
  each(fields, (name, field) => {
    const value = configured(field, given[name], outputs[name])
    // What was left out has no spelling: also where it meant the same, the configured value is planned.
    const isSpelled = before && !isAbsent(given[name]) && !isAbsent(before[name])
    return isSpelled && sameSpelled(field, before[name], given[name]) ? before[name] : value
  })

/** What a deployment answers: as planned, and what the plan did not know. */
export const appliedState = (fields: Fields, planned: Wire, outputs: Wire): Wire =>
  each(fields, (name, field) => asPlanned(field, planned[name], outputs[name]))

/** What a refresh answers: as it is, in the spelling of before. */
export const refreshedState = (fields: Fields, before: Wire, outputs: Wire): Wire =>
  each(fields, (name, field) =>
    // What a plan has found out is no part of the object, and stays as the plan said it.
    field.marks.planned ? before[name] : asBefore(field, before[name], outputs[name]),
  )
