import { inputFields, type Field, type Fields } from './fields'
import { entriesOf, isLeftOut, paired, sameRecord, type Entries } from './same'
import { spelled } from './spell'
import { isAbsent, isWire, type Wire } from './value'

const named = (fields: Fields) => Object.entries(fields)

/** One nested record: what was given, with what Seam says beside it; a secret only if it was given. */
function nestedOutput(fields: Fields, observed: unknown, given: unknown): Wire {
  const seen = isWire(observed) ? observed : {}
  const own = isWire(given) ? given : {}
  return Object.fromEntries(
    named(fields)
      .map(([name, field]): [string, unknown] => {
        if (!isAbsent(own[name])) return [name, own[name]]
        return [name, field.marks.secret ? undefined : spelled(field.kind, seen[name])]
      })
      .filter(([, value]) => !isAbsent(value)),
  )
}

const asList = (value: unknown): Wire[] => (Array.isArray(value) ? value.filter(isWire) : [])

function outputEntries(entries: Entries, observed: unknown, given: unknown): Wire[] {
  const { fields } = entries
  const [leading, other] = isAbsent(given) ? [observed, given] : [given, observed]
  return paired(entries, asList(leading), asList(other)).map(([entry, match]) =>
    isAbsent(given) ? nestedOutput(fields, entry, match) : nestedOutput(fields, match, entry),
  )
}

function output(field: Field, observed: unknown, given: unknown): unknown {
  const { kind } = field
  if (kind.is === 'record') {
    const isNone = isAbsent(observed) && isAbsent(given)
    return isNone ? undefined : nestedOutput(kind.fields, observed, given)
  }
  const entries = entriesOf(kind)
  if (entries) return outputEntries(entries, observed, given)
  return isAbsent(given) ? spelled(kind, observed) : given
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
    inputFields(fields)
      .map(([name, field]): [string, unknown] => {
        if (field.marks.unechoed) return [name, given?.[name]]
        if (given && isLeftOut(field, given[name]) && isLeftOut(field, observed[name])) {
          return [name, given[name]]
        }
        // As at the top: what the program leaves to Seam is Seam's to change.
        if (field.marks.computed && given && isAbsent(given[name])) return [name, undefined]
        // A secret that the program did not set must not enter its inputs by way of a refresh.
        if (field.marks.secret) return [name, ownSecret(given?.[name], observed[name])]
        return [name, spelled(field.kind, observed[name])]
      })
      .filter(([, value]) => !isAbsent(value)),
  )
}

function input(field: Field, observed: unknown, given: unknown): unknown {
  const { kind, marks } = field
  if (marks.unechoed) return given
  if (kind.is === 'record') {
    if (!isWire(observed)) return undefined
    const nested = nestedInput(kind.fields, observed, isWire(given) ? given : undefined)
    // Seam keeps the record when its last member is cleared; a program then declares none.
    return isAbsent(given) && Object.keys(nested).length === 0 ? undefined : nested
  }
  const entries = entriesOf(kind)
  if (entries) {
    return inGivenOrder(entries, asList(observed), asList(given)).map(([entry, match]) =>
      nestedInput(entries.fields, entry, match),
    )
  }
  if (kind.is === 'set' && Array.isArray(observed)) return [...observed].sort()
  return spelled(kind, observed)
}

/** The API's order means nothing: entries that were given keep their place, others follow. */
function inGivenOrder(
  entries: Entries,
  observed: Wire[],
  given: Wire[],
): [Wire, Wire | undefined][] {
  const kept = paired(entries, given, observed).flatMap(([own, seen]): [Wire, Wire][] =>
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
    inputFields(fields)
      .map(([name, field]): [string, unknown] => [
        name,
        known
          ? inputNow(field, observed[name], known[name])
          : input(field, observed[name], undefined),
      ])
      .filter(([, value]) => !isAbsent(value)),
  )
}

/** Whether an object, as Seam answers it, has what the inputs say of these fields. */
export const isAsDeclared = (fields: Fields, observed: Wire, inputs: Wire): boolean =>
  sameRecord(fields, inputsOf(fields, observed), inputs)
