import type { Field, Fields } from './fields'
import { isLeftOut, sameRecord, sameValue } from './kinds'
import { isAbsent, isWire, type Wire } from './value'

const spelled = (field: Field, value: unknown): unknown =>
  field.kind.spell ? field.kind.spell(value) : value

const named = (fields: Fields) => Object.entries(fields)

/** One nested record: what was given, with what Seam says beside it; a secret only if it was given. */
function nestedOutput(fields: Fields, observed: unknown, given: unknown): Wire {
  const seen = isWire(observed) ? observed : {}
  const own = isWire(given) ? given : {}
  return Object.fromEntries(
    named(fields)
      .map(([name, field]): [string, unknown] => {
        if (!isAbsent(own[name])) return [name, own[name]]
        return [name, field.marks.secret ? undefined : spelled(field, seen[name])]
      })
      .filter(([, value]) => !isAbsent(value)),
  )
}

/** Whether nothing that both records say differs. */
const agrees = (fields: Fields, one: Wire, other: Wire) =>
  named(fields).every(
    ([name, field]) =>
      field.input === 'never' ||
      isAbsent(one[name]) ||
      isAbsent(other[name]) ||
      sameValue(field, one[name], other[name]),
  )

/**
 * Pairs the entries of two lists: first those that are the same, then those that agree, then those
 * with the same first field (the n-th `card` with the n-th `card`).
 */
export function paired(
  fields: Fields,
  one: readonly Wire[],
  other: readonly Wire[],
): [Wire, Wire | undefined][] {
  const [key] = Object.keys(fields) as [string]
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
  match((entry, candidate) => entry[key] === candidate[key])
  return one.map((entry) => [entry, matches.get(entry)])
}

const asList = (value: unknown): Wire[] => (Array.isArray(value) ? value.filter(isWire) : [])

function output(field: Field, observed: unknown, given: unknown): unknown {
  const { fields, type } = field.kind
  if (type === 'record' && fields) {
    return isAbsent(observed) && isAbsent(given) ? undefined : nestedOutput(fields, observed, given)
  }
  if (type === 'record[]' && fields) {
    const [leading, other] = isAbsent(given) ? [observed, given] : [given, observed]
    return paired(fields, asList(leading), asList(other)).map(([entry, match]) =>
      isAbsent(given) ? nestedOutput(fields, entry, match) : nestedOutput(fields, match, entry),
    )
  }
  return isAbsent(given) ? spelled(field, observed) : given
}

/** What a surface keeps of an object: every input as it was given, the rest as Seam says it. */
export function outputsOf(fields: Fields, observed: Wire, inputs: Wire): Wire {
  return Object.fromEntries(
    named(fields)
      .map(([name, field]): [string, unknown] => [
        name,
        output(field, observed[name], inputs[name]),
      ])
      .filter(([, value]) => !isAbsent(value)),
  )
}

const ownSecret = (given: unknown, observed: unknown) =>
  isAbsent(observed) || observed === given ? given : undefined

/** The members of a nested record that a program may give, as they now are. */
function nestedInput(fields: Fields, observed: Wire, given: Wire | undefined): Wire {
  return Object.fromEntries(
    named(fields)
      .filter(([, field]) => field.input !== 'never')
      .map(([name, field]): [string, unknown] => {
        if (field.marks.writeOnly) return [name, given?.[name]]
        if (given && isLeftOut(field, given[name]) && isLeftOut(field, observed[name])) {
          return [name, given[name]]
        }
        // As at the top: what the program leaves to Seam is Seam's to change.
        if (field.marks.computed && given && isAbsent(given[name])) return [name, undefined]
        // A secret that the program did not set must not enter its inputs by way of a refresh.
        if (field.marks.secret) return [name, ownSecret(given?.[name], observed[name])]
        return [name, spelled(field, observed[name])]
      })
      .filter(([, value]) => !isAbsent(value)),
  )
}

function input(field: Field, observed: unknown, given: unknown): unknown {
  const { fields, type } = field.kind
  if (field.marks.writeOnly) return given
  if (type === 'record' && fields) {
    if (!isWire(observed)) return undefined
    const nested = nestedInput(fields, observed, isWire(given) ? given : undefined)
    // Seam keeps the record when its last member is cleared; a program then declares none.
    return isAbsent(given) && Object.keys(nested).length === 0 ? undefined : nested
  }
  if (type === 'record[]' && fields) {
    return inGivenOrder(fields, asList(observed), asList(given)).map(([entry, match]) =>
      nestedInput(fields, entry, match),
    )
  }
  if (type === 'string[]' && Array.isArray(observed)) return [...observed].sort()
  return spelled(field, observed)
}

/** The API's order means nothing: entries that were given keep their place, others follow. */
function inGivenOrder(fields: Fields, observed: Wire[], given: Wire[]): [Wire, Wire | undefined][] {
  const kept = paired(fields, given, observed).flatMap(([own, seen]): [Wire, Wire][] =>
    seen ? [[seen, own]] : [],
  )
  const known = new Set(kept.map(([seen]) => seen))
  const added = observed.filter((entry) => !known.has(entry))
  return [...kept, ...added.map((entry): [Wire, undefined] => [entry, undefined])]
}

/** What the program leaves to Seam is Seam's to change; what it gave, or could clear, is not. */
function inputNow(field: Field, observed: unknown, given: unknown): unknown {
  const { computed, resolved } = field.marks
  const isQuiet = computed || resolved || isLeftOut(field, observed)
  return isLeftOut(field, given) && isQuiet ? given : input(field, observed, given)
}

/**
 * The inputs that would declare the object as it is: this is how drift enters a plan.
 *
 * @param known the old inputs; left out when nothing is known of the object yet (import).
 */
export function inputsOf(fields: Fields, observed: Wire, known?: Wire): Wire {
  return Object.fromEntries(
    named(fields)
      .filter(([, field]) => field.input !== 'never')
      .map(([name, field]): [string, unknown] => [
        name,
        known
          ? inputNow(field, observed[name], known[name])
          : input(field, observed[name], undefined),
      ])
      .filter(([, value]) => !isAbsent(value)),
  )
}
