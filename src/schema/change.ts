import type { Field, Replacement } from './fields'
import { sameValue } from './same'
import type { Order, Resource } from './resource'
import { hasUnknown, isAbsent, isWire, type Wire } from './value'

/** What a new set of inputs means for an object that exists. */
export type Change =
  /** `left` names what differs and is not carried out, since the time of the object is over. */
  | { kind: 'same'; left?: string[] }
  | { kind: 'update'; changed: string[]; order: Order }
  | {
      kind: 'replace'
      changed: string[]
      reasons: { name: string; reason: string }[]
      order: Order
    }

/** Whether one field differs; a value that only a deployment will tell may differ, so it does. */
function differs(field: Field, before: unknown, after: unknown): boolean {
  if (isAbsent(after) && field.marks.computed) return false
  if (hasUnknown(after)) return true
  return !sameValue(field, before, after)
}

/**
 * What makes a new object of a field that differs: its own mark, or that of a member of its record. A
 * value that only a deployment will tell may be any other, and is taken to be there: were it to clear
 * something, an end that is computed anew would replace what can stay.
 */
function forcing(field: Field, before: unknown, after: unknown): Replacement | undefined {
  const { replaces } = field.marks
  const isForced = hasUnknown(after) ? !replaces?.isPartial : replaces?.when(before, after)
  if (replaces && isForced) return replaces
  if (!isWire(after)) return undefined
  const was = isWire(before) ? before : {}
  return membersOf(field)
    .map(([name, member]) => forcing(member, was[name], after[name]))
    .find((replacement) => replacement !== undefined)
}

/** The members of a record; of the records in a list, none tells what the list is. */
const membersOf = ({ kind }: Field): [string, Field][] =>
  kind.is === 'record' ? Object.entries(kind.fields) : []

/** Why a change of a field may make a new object, as its definition says it. */
export const replacementOf = (field: Field): Replacement | undefined =>
  field.marks.replaces ??
  membersOf(field)
    .map(([, member]) => member.marks.replaces)
    .find((replacement) => replacement !== undefined)

/** A key names one object at a time, so the one that holds it has to go first. */
function orderOf(definition: Pick<Resource, 'key' | 'order'>, before: Wire, after: Wire): Order {
  const key = definition.key ?? ''
  if (!isAbsent(before[key]) && before[key] === after[key]) return 'delete-first'
  return definition.order?.(before, after) ?? 'create-first'
}

/** Compares old inputs with new ones: the only place where same, update and replace are told apart. */
export function compare(
  definition: Pick<Resource, 'fields' | 'key' | 'order'>,
  before: Wire,
  after: Wire,
): Change {
  const changed = Object.entries(definition.fields).filter(
    ([name, field]) =>
      (field.input !== 'never' || field.marks.planned) && differs(field, before[name], after[name]),
  )
  if (changed.length === 0) return { kind: 'same' }
  const names = changed.map(([name]) => name)
  const order = orderOf(definition, before, after)
  const reasons = changed.flatMap(([name, field]) => {
    const replacement = forcing(field, before[name], after[name])
    return replacement ? [{ name, reason: replacement.reason }] : []
  })
  if (reasons.length === 0) return { kind: 'update', changed: names, order }
  return { kind: 'replace', changed: names, reasons, order }
}
