import {
  entriesOf,
  hasUnknown,
  isAbsent,
  isWire,
  paired,
  unknown,
  type Change,
  type Field,
  type Fields,
  type Wire,
} from '../../schema'

/** What a change leaves of the outputs that there are. */
interface Remaining {
  /** The outputs of the object that stays; nothing where it is a new one. */
  readonly outputs: Wire
  /** The inputs that differ. */
  readonly changed: ReadonlySet<string>
}

/** Whether an output may differ after a change of some inputs. */
function follows({ marks }: Field, changed: ReadonlySet<string>): boolean {
  if (marks.stable || marks.remembered || changed.size === 0) return false
  const { follows: names = marks.repeats === undefined ? undefined : [marks.repeats] } = marks
  return names === undefined || names.some((name) => changed.has(name))
}

/** A nested record: what the program gives, and of the rest what is known of it. */
function nested(fields: Fields, given: Wire, kept: Wire | undefined): Wire {
  const members = Object.entries(fields).map(([name, { input, output, marks }]) => {
    if (!isAbsent(given[name])) return [name, given[name]]
    if (kept) return [name, kept[name]]
    return [
      name,
      marks.computed && (input === 'never' || output === 'always') ? unknown : undefined,
    ]
  })
  return Object.fromEntries(members.filter(([, value]) => !isAbsent(value)) as [string, unknown][])
}

const asList = (value: unknown): Wire[] => (Array.isArray(value) ? value.filter(isWire) : [])

/** What a program gives, with the members that Seam adds to it. */
function completed(field: Field, given: unknown, kept: unknown): unknown {
  const { kind } = field
  if (kind.is === 'record' && isWire(given)) {
    return nested(kind.fields, given, isWire(kept) ? kept : undefined)
  }
  const entries = entriesOf(kind)
  if (!entries || !Array.isArray(given) || given.includes(unknown)) return given
  const known = asList(kept)
  return paired(entries, asList(given), known).map(([entry, match]) =>
    nested(entries.fields, entry, match),
  )
}

function output(name: string, field: Field, given: Wire, kept: Remaining | undefined): unknown {
  const last = kept?.outputs[name]
  if (!isAbsent(given[name])) {
    return completed(field, given[name], kept?.changed.has(name) ? undefined : last)
  }
  if (!field.marks.computed && !field.marks.resolved) return undefined
  if (!kept) return unknown
  const isOwn = field.input !== 'never' && !field.marks.follows
  return !isOwn && follows(field, kept.changed) ? unknown : last
}

/**
 * The outputs of an object after a change, each of them known or `unknown`. An update leaves known what
 * none of the changed inputs alters.
 *
 * @param given the inputs in the program's own spelling
 * @param last the outputs of the object so far
 */
export function plannedOutputs(
  fields: Fields,
  given: Wire,
  change: Change | { kind: 'create' },
  last: Wire = {},
): Wire {
  const isNew = change.kind === 'create' || change.kind === 'replace'
  const changed = new Set(change.kind === 'update' ? change.changed : [])
  const kept = isNew ? undefined : { outputs: last, changed }
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => field.output !== 'never')
      .map(([name, field]): [string, unknown] => [name, output(name, field, given, kept)])
      .filter(([, value]) => !isAbsent(value)),
  )
}

/** Of planned outputs, those that are wholly known. */
export const knownOutputs = (planned: Wire): Wire =>
  Object.fromEntries(Object.entries(planned).filter(([, value]) => !hasUnknown(value)))
