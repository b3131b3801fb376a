import type { SeamResource } from '../../resources'
import {
  fieldsOf,
  isWire,
  swapName,
  unknown,
  type Field,
  type Fields,
  type Opening,
  type Wire,
} from '../../schema'
import { secret, type Side } from './plan'
import type { Window } from '../doors/times'

/** How Pulumi spells a value that only a deployment will tell, and members that wrap a secret. */
const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'
const signature = '4dabf18193072939515e22adb298388d'

/** What a state has of an object. */
export interface Recorded {
  inputs?: Wire
  outputs?: Wire
  /** The last deployment tried to change the object and failed: its inputs are wishes. */
  initErrors?: string[]
}

/** Members of the SDK's own, which no resource declares. */
export const isHidden = (name: string) => name.startsWith('__')

export function plainOf(properties: Wire = {}): Wire {
  const plain: Wire = {}
  for (const [name, value] of Object.entries(properties)) {
    if (!isHidden(name)) plain[swapName(name)] = readable(value)
  }
  return plain
}

/** In Seam's names, and in one pass: a large plan is made of nothing else. */
function readable(value: unknown): unknown {
  if (value === unknownText) return unknown
  if (Array.isArray(value)) return value.map(readable)
  if (!isWire(value)) return value
  return signature in value ? secret : plainOf(value)
}

/** A secret that is another one than before. */
const another = '[another secret]'

/** Whether a value stands for one that nobody may see. */
export const isSecret = (value: unknown) => value === secret || value === another

/**
 * Properties in Seam's names. Of a list that the engine takes for a secret because a record in it
 * holds one, the modes of its records stand beside it: `code*`, or `code!` for another secret.
 */
function shownOf(properties: Wire | undefined, definition: SeamResource, isWritten: boolean): Wire {
  const plain = plainOf(properties)
  const { opens, fields } = definition
  const modes = properties?.['__modes']
  const name = opens?.by
  if (name === undefined || typeof modes !== 'string' || plain[name] !== secret) return plain
  const members = Object.entries<Field>(fieldsOf(fields[name]!.kind) ?? {})
  const secrets = members.filter(([, { marks }]) => marks.secret).map(([member]) => member)
  const records = modes.split(' ').map((text): Wire => {
    const [, mode, sign] = /^(\w+)([*!]?)$/.exec(text) ?? []
    const hidden = isWritten && sign === '!' ? another : secret
    return { mode, ...(sign && Object.fromEntries(secrets.map((member) => [member, hidden]))) }
  })
  return { ...plain, [name]: records }
}

/**
 * What of an object is known: where its last change failed, the inputs are what is, not what was wished.
 *
 * @param isWritten whether this is what a deployment writes next, and not what it wrote
 */
export function sideOf(
  { inputs, outputs, initErrors = [] }: Recorded,
  definition: SeamResource,
  changed: readonly string[],
  isWritten = false,
): Side {
  const { fields } = definition
  const given = shownOf(inputs, definition, isWritten)
  const seen = shownOf(outputs, definition, false)
  if (initErrors.length === 0) return { inputs: given, all: { ...seen, ...given } }
  const names = new Set([...Object.keys(given), ...changed])
  const all: Wire = { ...given, ...seen }
  const real: Wire = {}
  for (const name of names) {
    const field = fields[name]
    const isEchoed = field && field.input !== 'never' && !field.marks.unechoed
    const value = isEchoed ? seen[name] : given[name]
    if (value !== undefined) real[name] = value
    else delete all[name]
  }
  return { inputs: real, all: { ...all, ...real } }
}

/**
 * What is known of an object that stays holds after its update too, unless the program gives it, or
 * takes away what Seam forgets then.
 */
export function withKnown(
  after: Side,
  before: Side | undefined,
  isReplaced: boolean,
  { fields }: SeamResource,
): Side {
  if (!before || isReplaced) return after
  const isForgotten = (name: string) => !(name in after.inputs) && !staysUnsaid(fields[name])
  const taken = Object.keys(before.inputs).filter(isForgotten)
  const known = Object.entries(before.all).filter(([name]) => !taken.includes(name))
  const all = { ...Object.fromEntries(known), ...after.all }
  for (const [name, field] of Object.entries<Field>(fields)) {
    if (isWire(all[name]) && isWire(before.all[name])) {
      all[name] = { ...unsaid(before.all[name], fieldsOf(field.kind)), ...all[name] }
    }
  }
  return { inputs: after.inputs, all }
}

/** Whether Seam keeps what the program does not say any more. */
const staysUnsaid = (field: Field | undefined) =>
  field?.marks.computed === true && !field.marks.clearable

/** The members of a record that Seam keeps where the program leaves them out. */
const unsaid = (record: Wire, fields: Fields = {}): Wire =>
  Object.fromEntries(Object.entries(record).filter(([name]) => staysUnsaid(fields[name])))

/** The window that an object says, by the fields of its definition. */
export function windowOf(all: Wire, { from, until }: Opening): Window {
  const at = (path: string | undefined): Window['from'] => {
    const value = path === undefined ? undefined : member(all, path)
    return value === secret ? unknown : ((value ?? undefined) as Window['from'])
  }
  const begins = at(from)
  const ends = at(until)
  return {
    ...(begins !== undefined && { from: begins }),
    ...(ends !== undefined && { until: ends }),
  }
}

const member = (record: Wire, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (isWire(value) ? value[name] : undefined), record)

/** By which means an object opens doors; nothing where only a deployment will tell. */
export function modesOf({ all }: Side, { by }: Opening): string[] | undefined {
  const value = by === undefined ? undefined : all[by]
  if (typeof value === 'string' && value !== secret) return [value]
  if (!Array.isArray(value)) return undefined
  const modes = value.map((one) => (isWire(one) ? one['mode'] : undefined))
  return modes.every((mode) => typeof mode === 'string') ? [...new Set(modes)] : undefined
}
