import { createHash } from 'node:crypto'
import {
  hasUnknown,
  isAbsent,
  isWire,
  unknown,
  type Fields,
  type Resource,
  type Wire,
} from '../schema'

/** A short, stable fingerprint of a text. */
export const fingerprint = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length)

/** Seam objects are named by people too; this says which names are ours. */
const prefix = (seed: string) => `iac-${seed}-`

/** Whether the provider chose this key for the resource that the seed stands for. */
export const isAutomatic = (key: unknown, seed: string | undefined): key is string =>
  seed !== undefined && typeof key === 'string' && key.startsWith(prefix(seed))

/** A secret says only that it is there: a fingerprint of four digits would give them away. */
function withoutSecrets(fields: Fields, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => withoutSecrets(fields, inner))
  if (!isWire(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, fields[name]?.marks.secret ? '…' : inner]),
  )
}

/** What tells this object from the one that would replace it. */
function identity(definition: Pick<Resource, 'fields' | 'key'>, inputs: Wire): unknown[] {
  return Object.entries(definition.fields)
    .filter(([name, field]) => field.marks.replaces && name !== definition.key)
    .filter(([name]) => !isAbsent(inputs[name]))
    .map(([name, field]) => [name, withoutSecrets(field.kind.fields ?? {}, inputs[name])])
}

/**
 * The key of a resource whose program gives none. It follows from the seed (which resource of which
 * program) and from every input that forces a replacement, so a create that was interrupted finds
 * its own object again, and a replacement has a key of its own.
 */
export function automaticKey(
  definition: Pick<Resource, 'fields' | 'key'>,
  seed: string,
  inputs: Wire,
): string | typeof unknown {
  const parts = identity(definition, inputs)
  if (hasUnknown(parts)) return unknown
  return prefix(seed) + fingerprint(JSON.stringify(parts), 6)
}

/** `key`, `key~2`, `key~3`, … */
export const generation = (key: string, number: number): string =>
  number === 1 ? key : `${key.replace(/~\d+$/, '')}~${number}`
