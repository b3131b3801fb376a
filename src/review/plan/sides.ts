import type { SeamResource } from '../../resources'
import {
  fieldsOf,
  isWire,
  unknown,
  type Field,
  type Fields,
  type Opening,
  type Wire,
} from '../../schema'
import { secret, type Side } from './plan'
import type { Window } from '../doors/times'

/** A secret that is another one than before. */
export const another = '[another secret]'

/** Whether a value stands for one that nobody may see. */
export const isSecret = (value: unknown) => value === secret || value === another

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
