import {
  entriesOf,
  Field,
  fieldsOf,
  integer,
  isAbsent,
  isSure,
  isWire,
  paired,
  quoted,
  type Fields,
  type Kind,
  type Path,
  type Problem,
  type Wire,
} from '../../schema'

/*
 * A secret that a configuration gives has a write-only twin, which stands in no plan and no state:
 * `code_wo`. It is sent when the object is created, and again when `code_wo_version` changes.
 */

const suffix = '_wo'
const versionSuffix = '_wo_version'

const isSecretInput = ({ kind, input, marks }: Field) =>
  kind.is === 'text' && input === 'maybe' && Boolean(marks.secret)

interface Twins {
  readonly secrets: readonly string[]
  readonly isAnywhere: boolean
}

const remembered = new WeakMap<Fields, Twins>()

/** The names of the secrets that have a twin, and whether there is one at any depth. */
function twins(fields: Fields): Twins {
  const known = remembered.get(fields)
  if (known) return known
  const secrets = Object.keys(fields).filter((name) => `${name}${suffix}` in fields)
  const inner = Object.values(fields).map(({ kind }) => fieldsOf(kind))
  const isAnywhere = secrets.length > 0 || inner.some((own) => own && twins(own).isAnywhere)
  const found = { secrets, isAnywhere }
  remembered.set(fields, found)
  return found
}

const secretsIn = (fields: Fields): readonly string[] => twins(fields).secrets

/** Whether a field is the write-only twin of another one. */
export const isWriteOnly = (fields: Fields, name: string): boolean =>
  name.endsWith(suffix) && name.slice(0, -suffix.length) in fields

function extendedKind(kind: Kind): Kind {
  if (kind.is === 'record') return { ...kind, fields: withTwins(kind.fields) }
  if (kind.is !== 'list' || kind.of.is !== 'record') return kind
  return { ...kind, of: { ...kind.of, fields: withTwins(kind.of.fields) } }
}

const twinsOf = (name: string, field: Field): [string, Field][] => {
  const about = `The same without a trace in plans and state; give another ${quoted(name + versionSuffix)} to send it again.`
  const twin = new Field(field.kind, about, 'maybe', 'maybe', { secret: true, local: true })
  const version = integer(`Another number sends ${quoted(name + suffix)} again.`)
    .optional()
    .local()
  return [
    [name + suffix, twin],
    [name + versionSuffix, version],
  ]
}

/** Fields with the twins of their secrets, at every depth. */
export const withTwins = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]): [string, Field][] => {
      if (field.input === 'never') return [[name, field]]
      const { about, input, output, marks } = field
      const own = new Field(extendedKind(field.kind), about, input, output, marks)
      return [[name, own], ...(isSecretInput(field) ? twinsOf(name, field) : [])]
    }),
  )

type Convert = (fields: Fields, one: Wire, other: Wire | undefined) => Wire

/** A record with `convert` done to it and to every record inside, each with its match in another one. */
function throughout(fields: Fields, one: Wire, other: Wire | undefined, convert: Convert): Wire {
  if (!twins(fields).isAnywhere) return one
  const inner = Object.entries(one).map(([name, value]): [string, unknown] => {
    const field = fields[name]
    const own = field && fieldsOf(field.kind)
    const match = other?.[name]
    if (!own || field.input === 'never' || !twins(own).isAnywhere) return [name, value]
    const entries = entriesOf(field.kind)
    if (entries && Array.isArray(value)) {
      const matches = Array.isArray(match) ? match.filter(isWire) : []
      return [
        name,
        paired(entries, value as Wire[], matches).map(([entry, last]) =>
          throughout(own, entry, last, convert),
        ),
      ]
    }
    if (!isWire(value)) return [name, value]
    return [name, throughout(own, value, isWire(match) ? match : undefined, convert)]
  })
  return convert(fields, Object.fromEntries(inner), other)
}

const filtered = (record: Wire, isOut: (name: string) => boolean): Wire =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !isOut(name)))

/** A record without some of its members. */
export const without = (record: Wire, names: readonly string[] = []): Wire =>
  filtered(record, (name) => names.includes(name))

/** The secrets of an object itself that a configuration gives by their twins. */
export const sentUnseen = (fields: Fields, given: Wire): string[] =>
  secretsIn(fields).filter((name) => !isAbsent(given[name + suffix]))

/** What a configuration gives, without what no plan may show. */
export const withoutWriteOnly = (fields: Fields, given: Wire): Wire =>
  throughout(fields, given, undefined, (own, record) =>
    filtered(record, (name) => isWriteOnly(own, name)),
  )

/**
 * What a configuration gives in the core's terms: of a secret that is given by its twin, the core learns
 * only where it is to be sent.
 *
 * @param before the state; none where the object is created
 */
export const inputsOf = (fields: Fields, given: Wire, before?: Wire): Wire =>
  throughout(fields, given, before, (own, record, last) => {
    const secrets = secretsIn(own)
    const sent = secrets.filter((name) => {
      const isGiven = !isAbsent(record[name + suffix])
      const [is, was] = [record, last].map((one) => one?.[name + versionSuffix] ?? null)
      return isGiven && (!last || is !== was)
    })
    return {
      ...filtered(record, (name) => secrets.some((one) => name.startsWith(`${one}${suffix}`))),
      ...Object.fromEntries(sent.map((name) => [name, record[name + suffix]])),
    }
  })

/** What the core answers, without the secrets that the configuration gives by their twins. */
export const withoutSent = (fields: Fields, answered: Wire, given: Wire): Wire =>
  throughout(fields, answered, given, (own, record, config) =>
    filtered(record, (name) => !isAbsent(config?.[name + suffix]) && secretsIn(own).includes(name)),
  )

/**
 * A problem of a twin, of the plain secret: an engine prints the line of an attribute that is wrong, and
 * its value with it, and under the plain name there is no line.
 */
export const underPlainName = ({ path, reason }: Problem): Problem => ({
  path: path.map((step) =>
    typeof step === 'string' && step.endsWith(suffix) ? step.slice(0, -suffix.length) : step,
  ),
  reason,
})

/** Secrets that are given twice. */
export function clashes(fields: Fields, given: Wire, path: Path = []): Problem[] {
  const own = secretsIn(fields)
    .filter((name) => isSure(given[name]) && isSure(given[name + suffix]))
    .map((name) => ({
      path: [...path, name + suffix],
      reason: `stands beside ${quoted(name)}: give one of them`,
    }))
  const inner = Object.entries(given).flatMap(([name, value]) => {
    const fieldsInside = fields[name] && fieldsOf(fields[name].kind)
    if (!fieldsInside) return []
    if (isWire(value)) return clashes(fieldsInside, value, [...path, name])
    return (Array.isArray(value) ? value : []).flatMap((one, at) =>
      isWire(one) ? clashes(fieldsInside, one, [...path, name, at]) : [],
    )
  })
  return [...own, ...inner]
}
