import {
  closedNote,
  fieldsOf,
  isAbsent,
  isWire,
  noteMembers,
  plainNotes,
  unknown,
  type Field,
  type Fields,
  type Kind,
  type Wire,
} from '../../schema'

type Convert = (field: Field, value: unknown) => unknown

/** A value with each record in it converted by the fields that it has. */
function converted(field: Field, value: unknown, convert: (fields: Fields, one: Wire) => Wire) {
  const fields = fieldsOf(field.kind)
  if (!fields) return value
  if (Array.isArray(value)) {
    return value.map((entry) => (isWire(entry) ? convert(fields, entry) : entry))
  }
  return isWire(value) ? convert(fields, value) : value
}

/** What the engine sends of a record: numbers come as text where they have a fraction. */
const received: Convert = ({ kind }, value) => {
  if (hasNotes(kind)) return Array.isArray(value) ? value.map(noteFromTerraform) : value
  return typeof value === 'string' && (kind.is === 'number' || kind.is === 'integer')
    ? Number(value)
    : value
}

const hasNotes = (kind: Kind) => kind.is === 'list' && kind.of.is === 'note'

/** A record of the engine in the core's terms: what is `null` there is left out here. */
export const fromTerraform = (fields: Fields, record: Wire): Wire =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !isAbsent(record[name]))
      .map(([name, field]) => [
        name,
        converted(field, received(field, record[name]), fromTerraform),
      ]),
  )

/** A note as Seam says it, of what `noteToTerraform` has made of it. */
function noteFromTerraform(note: unknown): unknown {
  if (!isWire(note)) return note
  const { details, ...members } = note
  const known = Object.entries(members).filter(([, value]) => !isAbsent(value))
  return { ...Object.fromEntries(known), ...(typeof details === 'string' && JSON.parse(details)) }
}

/** A note with every member that Terraform knows of notes. */
function noteToTerraform(note: unknown): unknown {
  if (!isWire(note)) return note
  const closed = closedNote(note)
  return Object.fromEntries([...noteMembers, 'details'].map((name) => [name, closed[name] ?? null]))
}

function sent(field: Field, value: unknown): unknown {
  if (value === unknown || isAbsent(value)) return value ?? null
  if (!hasNotes(field.kind)) return converted(field, value, toTerraform)
  return (plainNotes(value) as unknown[]).map(noteToTerraform)
}

/** The same the other way: every attribute is there, `null` where the core leaves it out. */
export const toTerraform = (fields: Fields, record: Wire): Wire =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, sent(field, record[name])]),
  )
