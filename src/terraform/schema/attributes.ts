import { fieldsOf, formatOf, noteMembers, type Field, type Fields, type Kind } from '../../schema'
import { isWriteOnly } from './write-only'

/** A type as Terraform writes it in JSON. */
type Type = string | readonly [string, Type]

/** One attribute of a schema. */
export interface Attribute {
  readonly name: string
  readonly type?: Type
  readonly nested?: { readonly nesting: 'SINGLE' | 'LIST'; readonly attributes: Attribute[] }
  readonly about: string
  readonly isRequired: boolean
  readonly isOptional: boolean
  readonly isComputed: boolean
  readonly isSecret: boolean
  readonly isWriteOnly?: boolean
  readonly deprecated?: string | undefined
}

const types: { readonly [Is in Kind['is']]?: Type } = {
  text: 'string',
  id: 'string',
  instant: 'string',
  choice: 'string',
  integer: 'number',
  number: 'number',
  flag: 'bool',
  set: ['set', 'string'],
}

const computed = (name: string, about: string): Attribute => ({
  name,
  type: 'string',
  about,
  isRequired: false,
  isOptional: false,
  isComputed: true,
  isSecret: false,
})

/** Notes are records of which Terraform knows every member: those that all have, and the rest as text. */
const noteAttributes: Attribute[] = [
  ...noteMembers.map((name) => computed(name, '')),
  computed('details', 'Its other members, as JSON.'),
]

/** Whose values are described: what a configuration gives, or what only an answer has. */
type Side = 'configured' | 'answered'

function shapeOf(kind: Kind, side: Side): Pick<Attribute, 'type' | 'nested'> {
  const fields = fieldsOf(kind)
  if (fields) {
    const nesting = kind.is === 'list' ? 'LIST' : 'SINGLE'
    return { nested: { nesting, attributes: attributesOf(fields, side) } }
  }
  if (kind.is === 'list') return { nested: { nesting: 'LIST', attributes: noteAttributes } }
  const type = types[kind.is]
  return type === undefined ? {} : { type }
}

/** Whether it is required or optional, and whether the provider may fill it in. */
function presence({ input, marks }: Field, side: Side) {
  if (side === 'answered' || input === 'never') {
    return { isRequired: false, isOptional: false, isComputed: true }
  }
  const isComputed = input !== 'always' && Boolean(marks.computed || marks.resolved)
  return { isRequired: input === 'always', isOptional: input === 'maybe', isComputed }
}

function attribute(name: string, field: Field, side: Side): Attribute {
  const { kind, about, marks } = field
  const present = presence(field, side)
  const format = formatOf(kind)
  const isGiven = present.isRequired || present.isOptional
  return {
    name,
    // Of what Seam alone sets, nothing inside can be configured either.
    ...shapeOf(kind, isGiven ? side : 'answered'),
    ...present,
    about: format && isGiven ? `${about} Format: ${format}.` : about,
    isSecret: Boolean(marks.secret),
    deprecated: marks.deprecated,
  }
}

/** The attributes of some fields, in their order. */
export const attributesOf = (fields: Fields, side: Side = 'configured'): Attribute[] =>
  Object.entries(fields).map(([name, field]) => ({
    ...attribute(name, field, side),
    isWriteOnly: side === 'configured' && isWriteOnly(fields, name),
  }))
