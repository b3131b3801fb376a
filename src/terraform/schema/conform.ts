import { isWire, unknown, type Wire } from '../../schema'
import { fromDynamic, type DynamicValue } from '../wire/dynamic-value'
import type { Attribute } from './attributes'

/*
 * Engines send every attribute of a schema, each of its type. What does not is no value of the schema:
 * read leniently, a state without its attributes would be planned as one where nothing is set.
 */

class MalformedError extends Error {}

const malformed = (place: string, mustBe: string) =>
  new MalformedError(`The engine's ${place} is malformed: it must be ${mustBe}.`)

const scalars: Readonly<Record<string, readonly [is: (value: unknown) => boolean, what: string]>> =
  {
    string: [(value) => typeof value === 'string', 'text'],
    bool: [(value) => typeof value === 'boolean', 'true or false'],
    // A number with a fraction comes as text.
    number: [
      (value) => ['number', 'string'].includes(typeof value) && Number.isFinite(Number(value)),
      'a number',
    ],
  }

function mustConform({ type, nested }: Attribute, value: unknown, place: string): void {
  if (value === null || value === unknown) return
  const isMany = Array.isArray(type) || nested?.nesting === 'LIST'
  if (!isMany) return mustBeOne(type as string | undefined, nested?.attributes, value, place)
  if (!Array.isArray(value)) throw malformed(place, 'a list')
  const of = Array.isArray(type) ? (type[1] as string) : undefined
  value.forEach((one, at) => {
    if (one !== null && one !== unknown) mustBeOne(of, nested?.attributes, one, `${place}[${at}]`)
  })
}

function mustBeOne(
  type: string | undefined,
  attributes: readonly Attribute[] | undefined,
  value: unknown,
  place: string,
): void {
  if (attributes) return mustBeRecord(attributes, value, place)
  const [is, what] = scalars[type!]!
  if (!is(value)) throw malformed(place, what)
}

function mustBeRecord(attributes: readonly Attribute[], value: unknown, place: string): void {
  if (!isWire(value)) throw malformed(place, 'a record')
  for (const attribute of attributes) {
    if (!Object.hasOwn(value, attribute.name)) throw malformed(place, `with ${attribute.name}`)
    mustConform(attribute, value[attribute.name], `${place}.${attribute.name}`)
  }
  const known = new Set(attributes.map(({ name }) => name))
  const other = Object.keys(value).find((name) => !known.has(name))
  if (other !== undefined) throw malformed(place, `without ${other}`)
}

/** A record of a schema, or `null` where the engine says that there is none. */
export function recordOf(
  attributes: readonly Attribute[],
  sent: DynamicValue | undefined,
  place: string,
): Wire | null {
  if (!sent?.msgpack?.length && !sent?.json?.length) throw malformed(place, 'sent')
  const value = fromDynamic(sent)
  if (value !== null) mustBeRecord(attributes, value, place)
  return value as Wire | null
}

export function mustBe(record: Wire | null): Wire {
  if (record === null) throw new Error('The engine has sent nothing where a record must be.')
  return record
}
