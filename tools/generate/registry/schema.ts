import { fieldsOf, wordsOf, type Field, type Fields } from '../../../src/schema'
import type { Attribute } from '../../../src/terraform/schema/attributes'
import { spelled } from '../../../src/terraform/schema/diagnostics'

const scalars: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  bool: 'Boolean',
}

/** A type in the words of registry pages. */
function typeOf({ type, nested }: Attribute): string {
  if (nested) return nested.nesting === 'LIST' ? 'Attributes List' : 'Attributes'
  if (Array.isArray(type)) return `Set of ${scalars[String(type[1])]}`
  return scalars[String(type)]!
}

/** What the definition says beside the words of a field. */
function rules(field: Field | undefined, isGiven: boolean): string[] {
  if (!field || !isGiven) return []
  const { replaces, otherwise, clearable } = field.marks
  const words = wordsOf(field.kind)
  return [
    ...(words ? [`One of ${words.map((word) => `\`${word}\``).join(', ')}.`] : []),
    ...(otherwise === undefined
      ? []
      : [
          `Default: \`${Array.isArray(otherwise) ? JSON.stringify(otherwise) : String(otherwise)}\`.`,
        ]),
    ...(clearable ? ['Leaving it out later removes the value in Seam.'] : []),
    ...(replaces
      ? [
          `${replaces.isPartial ? 'Leaving it out later' : 'A change'} replaces the object: ${replaces.reason}.`,
        ]
      : []),
  ]
}

const anchor = (place: string) => `nestedatt--${place}`

function lineOf(attribute: Attribute, field: Field | undefined, place: string): string {
  const { name, isSecret, isWriteOnly, nested, about, deprecated, isRequired, isOptional } =
    attribute
  const marks = [isSecret && 'Sensitive', isWriteOnly && 'Write-only', deprecated && 'Deprecated']
  const type = [typeOf(attribute), ...marks.filter(Boolean)].join(', ')
  const below = nested ? [`(see [below](#${anchor(place)}))`] : []
  const words = [about, ...rules(field, isRequired || isOptional), ...below]
    .filter(Boolean)
    .join(' ')
  return `- \`${name}\` (${type}) ${spelled(words)}`.trim()
}

const groups: readonly [title: string, is: (attribute: Attribute) => boolean][] = [
  ['Required', ({ isRequired }) => isRequired],
  ['Optional', ({ isOptional }) => isOptional],
  ['Read-Only', ({ isRequired, isOptional }) => !isRequired && !isOptional],
]

/** The attributes of a schema, and of the records in it. */
export function schemaParts(
  attributes: readonly Attribute[],
  fields: Fields,
  prefix = '',
): string[] {
  const own = groups.flatMap(([title, is]) => {
    const some = attributes.filter(is)
    const lines = some.map((one) => lineOf(one, fields[one.name], prefix + one.name))
    return lines.length === 0
      ? []
      : [`${prefix ? '' : '### '}${title}${prefix ? ':' : ''}`, lines.join('\n')]
  })
  const inner = attributes.flatMap(({ name, nested }) => {
    if (!nested) return []
    const place = prefix + name
    const inside = fields[name] ? (fieldsOf(fields[name].kind) ?? {}) : {}
    return [
      `<a id="${anchor(place)}"></a>\n\n### Nested Schema for \`${place.replaceAll('--', '.')}\``,
      ...schemaParts(nested.attributes, inside, `${place}--`),
    ]
  })
  return [...own, ...inner]
}
