import {
  className,
  fieldsOf,
  formatOf,
  isMany,
  swapName,
  wordsOf,
  type Field,
  type Fields,
  type Kind,
} from '../../src/schema'

/** Which side of a resource a type describes. */
export type Side = 'input' | 'output'

/** A value as a program writes it. */
export const code = (word: unknown): string =>
  `\`${Array.isArray(word) ? JSON.stringify(word) : String(word)}\``

/** Names between `‹›` in a definition's words, as a Pulumi program spells them. */
export const words = (about: string): string =>
  about.replace(/‹([^›]*)›/g, (_, name: string) => `\`${swapName(name)}\``)

/** A doc comment of the given lines, indented by the formatter. */
export const comment = (...lines: string[]): string =>
  lines.length === 1
    ? `/** ${lines[0]} */`
    : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`

/** The name of the type of a nested record, such as `AccessGrantRequestedAccessMethod`. */
const recordName = (owner: string, name: string, field: Field): string => {
  const singular = field.kind.is === 'list' ? name.replace(/ies$/, 'y').replace(/s$/, '') : name
  return owner + className(singular)
}

const isOn = (side: Side) => (field: Field) =>
  side === 'input' ? field.input !== 'never' : field.output !== 'never'

const scalars: Partial<Record<Kind['is'], string>> = {
  flag: 'boolean',
  integer: 'number',
  number: 'number',
}

/** TypeScript's type of one value, or of one member of a list. */
function typeOf(kind: Kind, nested: string): string {
  if (kind.is === 'set' || kind.is === 'list') return typeOf(kind.of, nested)
  if (kind.is === 'record') return nested
  if (kind.is === 'note') return 'Note'
  return (
    wordsOf(kind)
      ?.map((word) => `'${word}'`)
      .join(' | ') ??
    scalars[kind.is] ??
    'string'
  )
}

export const plainType = (owner: string, name: string, field: Field, side: Side): string => {
  const { kind } = field
  const nested = recordName(owner, name, field) + (side === 'input' ? 'Args' : '')
  const type = typeOf(kind, aliases.get(nested) ?? nested)
  return isMany(kind) ? `${type.includes(' | ') ? `(${type})` : type}[]` : type
}

/** The type of a value that a program gives: plain, or an output of something else. */
export const inputType = (owner: string, name: string, field: Field): string => {
  const plain = plainType(owner, name, field, 'input')
  if (!plain.endsWith('[]')) return `pulumi.Input<${plain}>`
  return `pulumi.Input<pulumi.Input<${plain.slice(0, -2)}>[]>`
}

/** The type of a value that a program gets; one that is not always there may be undefined. */
export const outputType = (owner: string, name: string, field: Field): string => {
  const plain = plainType(owner, name, field, 'output')
  return field.output === 'maybe' ? `${plain} | undefined` : plain
}

const sides = (field: Field, side: Side): string[] => {
  const { replaces, secret, clearable, computed, otherwise } = field.marks
  if (side === 'output') return secret ? ['Secret.'] : []
  const format = formatOf(field.kind)
  return [
    ...(format ? [`Format: ${format}.`] : []),
    ...(otherwise === undefined ? [] : [`${code(otherwise)} when left out.`]),
    ...(replaces
      ? [
          `${replaces.isPartial ? 'Leaving it out later' : 'Changing it'} makes a new one: ${replaces.reason}.`,
        ]
      : []),
    ...(clearable ? ['Leaving it out clears it.'] : []),
    ...(computed && field.kind.is === 'set' ? ['Leaving it out leaves it as it is.'] : []),
    ...(secret ? ['Secret.'] : []),
  ]
}

/** What the words of a choice mean, and what to use instead of what is deprecated. */
function meanings({ kind, marks }: Field): string[] {
  const { meanings = {} } = kind.is === 'choice' ? kind : {}
  const told = Object.entries(meanings).map(([word, meaning]) => `\`${word}\` (${words(meaning)})`)
  return [
    ...(told.length > 0 ? [`One of ${told.join(', ')}.`] : []),
    ...(marks.deprecated ? [`Deprecated by Seam: ${words(marks.deprecated)}.`] : []),
  ]
}

/** The doc comment of one property. */
export const propertyComment = (field: Field, side: Side): string =>
  comment([words(field.about), ...meanings(field), ...sides(field, side)].join(' '))

/** Writes the members of one nested record. */
export type MembersOf = (owner: string, fields: Fields) => string[]

/** Interfaces for the nested records of some fields, each with its own nested records first. */
export function nestedTypes(
  owner: string,
  fields: Fields,
  side: Side,
  membersOf: MembersOf = (nested, inner) => members(nested, inner, side),
): string {
  return Object.entries(fields)
    .filter(([, field]) => isOn(side)(field) && fieldsOf(field.kind))
    .map(([name, field]) => {
      const nested = recordName(owner, name, field)
      const inner = fieldsOf(field.kind)!
      const before = nestedTypes(nested, inner, side, membersOf)
      const type = nested + (side === 'input' ? 'Args' : '')
      return before + declared(type, words(field.about), membersOf(nested, inner))
    })
    .join('\n')
}

/** The interface of each body that was written, and what else would have it. */
const byBody = new Map<string, string>()
const aliases = new Map<string, string>()

/**
 * An interface, unless one with the same members is there already: then its name stands for both.
 *
 * @param isNamed a program may know it by this name, so that it stays in any case
 */
export function declared(
  name: string,
  about: string,
  body: readonly string[],
  isNamed = false,
): string {
  const text = body.join('\n')
  const known = byBody.get(text)
  if (known !== undefined) {
    aliases.set(name, known)
    return isNamed ? `${comment(about)}\nexport type ${name} = ${known}\n` : ''
  }
  byBody.set(text, name)
  return `${comment(about)}\nexport interface ${name} {\n${text}\n}\n`
}

/** Forgets what was written: each file declares its own. */
export function newFile(): void {
  byBody.clear()
  aliases.clear()
}

/** How the type of a member is written; it may be missing or not, whatever the type. */
export type TypeOf = (owner: string, name: string, field: Field) => string

/** The members of an interface. */
export function members(
  owner: string,
  fields: Fields,
  side: Side,
  typeOf: TypeOf = defaultType[side],
): string[] {
  return Object.entries(fields)
    .filter(([, field]) => isOn(side)(field))
    .map(([name, field]) => {
      const optional = field[side] === 'maybe' ? '?' : ''
      const type = `${typeOf(owner, name, field)}${optional ? ' | undefined' : ''}`
      return `${propertyComment(field, side)}\n${swapName(name)}${optional}: ${type}`
    })
}

const defaultType: Record<Side, TypeOf> = {
  input: inputType,
  output: (owner, name, field) => plainType(owner, name, field, 'output'),
}

export const header = [
  '// Generated from the definitions by `npm run generate`. Do not edit this file.',
  "import * as pulumi from '@pulumi/pulumi'",
].join('\n')
