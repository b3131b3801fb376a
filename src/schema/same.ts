import { isDeepStrictEqual } from 'node:util'
import { inputFields, type Field, type Fields } from './fields'
import type { Kind, KindOf } from './kinds'
import { isAbsent, isWire, type Wire } from './value'

type Same<K> = (kind: K, one: unknown, other: unknown) => boolean

const identical: Same<unknown> = (_kind, one, other) => one === other
const sameList: Same<unknown> = (_kind, one, other) => JSON.stringify(one) === JSON.stringify(other)

const comparisons: { readonly [Is in Kind['is']]: Same<KindOf<Is>> } = {
  text: ({ rule }, one, other) =>
    rule?.foldsCase ? String(one).toLowerCase() === String(other).toLowerCase() : one === other,
  id: identical,
  instant: identical,
  choice: identical,
  integer: identical,
  number: identical,
  flag: identical,
  set: sameList,
  note: sameList,
  record: ({ fields }, one, other) => sameRecord(fields, one, other),
  list(kind, one, other) {
    const entries = entriesOf(kind)
    if (!entries) return sameList(kind, one, other)
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    const pairs = paired(entries, one as Wire[], other as Wire[])
    return pairs.every(([inner, match]) => match && sameRecord(entries.fields, inner, match))
  },
}

/** Whether two values of a kind, each in its one spelling, mean the same. */
const sameKind = (kind: Kind, one: unknown, other: unknown): boolean =>
  (comparisons[kind.is] as Same<Kind>)(kind, one, other)

export function sameRecord(fields: Fields, one: unknown, other: unknown): boolean {
  if (!isWire(one) || !isWire(other)) return isAbsent(one) && isAbsent(other)
  return inputFields(fields).every(([name, field]) => sameValue(field, one[name], other[name]))
}

/**
 * Whether a value says as much as leaving the field out: nothing, or none of what is none when it is
 * left out. What Seam would choose instead is not none.
 */
export function isLeftOut({ kind, marks, input }: Field, value: unknown): boolean {
  if (isAbsent(value)) return true
  if (marks.computed || input === 'always') return false
  if (value === '' || isDeepStrictEqual(value, marks.otherwise)) return true
  if (Array.isArray(value)) return value.length === 0 && marks.otherwise === undefined
  if (kind.is !== 'record' || !isWire(value)) return false
  return inputFields(kind.fields).every(([name, inner]) => isLeftOut(inner, value[name]))
}

export function sameValue(field: Field, one: unknown, other: unknown): boolean {
  const [isFirst, isSecond] = [!isLeftOut(field, one), !isLeftOut(field, other)]
  return isFirst && isSecond ? sameKind(field.kind, one, other) : isFirst === isSecond
}

/** The records of a list: their fields, and the one that tells them apart. */
export interface Entries {
  readonly fields: Fields
  readonly by?: string | undefined
}

/** Whether nothing that both records say differs. */
const agrees = (fields: Fields, one: Wire, other: Wire) =>
  inputFields(fields).every(
    ([name, field]) =>
      isAbsent(one[name]) || isAbsent(other[name]) || sameValue(field, one[name], other[name]),
  )

/**
 * Pairs the entries of two lists: first those that are the same, then those that agree, then those
 * that nothing tells apart (the n-th `card` with the n-th `card`).
 */
export function paired(
  { fields, by }: Entries,
  one: readonly Wire[],
  other: readonly Wire[],
): [Wire, Wire | undefined][] {
  const rest = [...other]
  const take = (fits: (candidate: Wire) => boolean) => {
    const at = rest.findIndex(fits)
    return at < 0 ? undefined : rest.splice(at, 1)[0]
  }
  const matches = new Map<Wire, Wire>()
  const match = (fits: (entry: Wire, candidate: Wire) => boolean) => {
    for (const entry of one.filter((entry) => !matches.has(entry))) {
      const found = take((candidate) => fits(entry, candidate))
      if (found) matches.set(entry, found)
    }
  }
  match((entry, candidate) => sameRecord(fields, entry, candidate))
  match((entry, candidate) => agrees(fields, entry, candidate))
  if (by !== undefined) match((entry, candidate) => entry[by] === candidate[by])
  return one.map((entry) => [entry, matches.get(entry)])
}

/** The entries of a list of records. */
export function entriesOf(kind: Kind): Entries | undefined {
  if (kind.is !== 'list' || kind.of.is === 'note') return undefined
  return { fields: kind.of.fields, by: kind.by }
}
