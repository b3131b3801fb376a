import type { Field, Fields } from './fields'
import { fieldsOf } from './kinds'
import { swapName } from './names'
import { isSecretMember } from './notes'
import { isAbsent, isWire, unknown, type Wire } from './value'

/** What stands for the secret member of this name: an engine's mark around it, say. */
type Wrap = (secret: unknown, name: string) => unknown

/** A field by its name in Seam's spelling, or in that of a surface. */
const fieldOf = (fields: Fields, name: string): Field | undefined => {
  const known = Object.hasOwn(fields, name) ? name : swapName(name)
  return Object.hasOwn(fields, known) ? fields[known] : undefined
}

const mapMembers = (record: Wire, change: (name: string, value: unknown) => unknown): Wire =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(name, value)]))

/** A note's members differ with its code, so only their names tell the secret ones. */
function inNote(value: unknown, wrap: Wrap): unknown {
  if (Array.isArray(value)) return value.map((inner) => inNote(inner, wrap))
  if (!isWire(value)) return value
  return mapMembers(value, (name, inner) =>
    isSecretMember(name) && !isAbsent(inner) ? wrap(inner, name) : inNote(inner, wrap),
  )
}

/** Which fields are to be wrapped. */
type Choose = (field: Field) => boolean | undefined

function inValue(field: Field, value: unknown, wrap: Wrap, isSecret: Choose): unknown {
  const { kind } = field
  if (kind.is === 'list' && kind.of.is === 'note') return inNote(value, wrap)
  const fields = fieldsOf(kind)
  if (!fields) return value
  if (Array.isArray(value)) return value.map((inner) => inValue(field, inner, wrap, isSecret))
  return isWire(value) ? wrapSecrets(fields, value, wrap, isSecret) : value
}

/**
 * The record with every secret in it wrapped, at any depth, and all that is around one left as it is.
 * A secret of a wrong kind is one too.
 */
export const wrapSecrets = (
  fields: Fields,
  record: Wire,
  wrap: Wrap,
  isSecret: Choose = ({ marks }) => marks.secret,
): Wire =>
  mapMembers(record, (name, value) => {
    const field = fieldOf(fields, name)
    if (!field || isAbsent(value) || value === unknown) return value
    return isSecret(field) ? wrap(value, name) : inValue(field, value, wrap, isSecret)
  })

/** Whether any of some fields, or of the fields in them, is secret. */
export const holdsSecrets = (fields: Fields | undefined): fields is Fields =>
  Object.values(fields ?? {}).some(
    ({ kind, marks }) => marks.secret === true || holdsSecrets(fieldsOf(kind)),
  )
