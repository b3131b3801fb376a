/**
 * A value that only a deployment will tell, such as the id of an object that does not exist yet.
 * It may stand anywhere in the inputs of `check` and `compare`; lifecycle functions never see it.
 */
export const unknown: unique symbol = Symbol('a value known after deployment')
export type Unknown = typeof unknown

/** A record on the wire: snake_case names, JSON values, and `unknown` where a plan cannot say. */
export type Wire = Record<string, unknown>

/** Where a value stands: `['requested_access_methods', 0, 'code']`. */
export type Path = readonly (string | number)[]

/** Something that makes inputs unusable, at one place in them. */
export interface Problem {
  path: Path
  reason: string
}

export const isWire = (value: unknown): value is Wire =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A property that was left out; `null` says the same, as in every engine. */
export const isAbsent = (value: unknown): value is null | undefined =>
  value === undefined || value === null

/** It is there, whatever a deployment tells: what is unknown may turn out to be nothing. */
export const isSure = (value: unknown): boolean => !isAbsent(value) && value !== unknown

export function hasUnknown(value: unknown): boolean {
  if (value === unknown) return true
  if (Array.isArray(value)) return value.some(hasUnknown)
  return isWire(value) && Object.values(value).some(hasUnknown)
}
