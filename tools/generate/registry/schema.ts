import { fieldsOf, wordsOf, type Field, type Fields } from '../../../src/schema'
import type { Attribute } from '../../../src/terraform/schema/attributes'
import { spelled } from '../../../src/terraform/schema/diagnostics'
import { changes } from '../field-words'
import { code } from '../types'

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

const choices = ({ kind }: Field): string[] => {
  const words = wordsOf(kind)
  return words ? [`One of ${words.map(code).join(', ')}.`] : []
}

/** What else is said of a field that can be given. */
export type Rules = (name: string, field: Field) => string[]

/** Of a resource: the default, and what a change does. */
export const rulesOf =
  (key: string | undefined): Rules =>
  (name, field) => {
    const { otherwise } = field.marks
    return [
      ...(otherwise === undefined ? [] : [`Default: ${code(otherwise)}.`]),
      ...changes(field, name === key),
    ]
  }

const anchor = (place: string) => `nestedatt--${place}`

function lineOf(attribute: Attribute, field: Field | undefined, place: string, rules: Rules) {
  const { name, isSecret, isWriteOnly, nested, about, deprecated, isRequired, isOptional } =
    attribute
  const marks = [isSecret && 'Sensitive', isWriteOnly && 'Write-only', deprecated && 'Deprecated']
  const type = [typeOf(attribute), ...marks.filter(Boolean)].join(', ')
  const below = nested ? [`(see [below](#${anchor(place)}))`] : []
  const isGiven = field && (isRequired || isOptional)
  const said = [about, ...(isGiven ? [...choices(field), ...rules(name, field)] : []), ...below]
  const words = said.filter(Boolean).join(' ')
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
  rules: Rules = () => [],
  prefix = '',
): string[] {
  const own = groups.flatMap(([title, is]) => {
    const some = attributes.filter(is)
    const lines = some.map((one) => lineOf(one, fields[one.name], prefix + one.name, rules))
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
      ...schemaParts(nested.attributes, inside, rules, `${place}--`),
    ]
  })
  return [...own, ...inner]
}
