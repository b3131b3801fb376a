import { isWire } from './value'

const toSnake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const toCamel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase())

/**
 * Seam's `user_identity_id` becomes Pulumi's `userIdentityId`, and the other way round.
 *
 * Going there and back gives the same name. A program that spells a property Seam's way therefore
 * arrives as a name that no definition has, and is told the right one.
 */
export function swapName(name: string): string {
  const known = swapped.get(name)
  if (known !== undefined) return known
  const other = name.startsWith('__') ? name : name.includes('_') ? toCamel(name) : toSnake(name)
  // Names come from definitions; the few that do not must not fill the memory of a long run.
  if (swapped.size < 10_000) swapped.set(name, other)
  return other
}

/** The same few names are swapped for every object of a large state. */
const swapped = new Map<string, string>()

/** Names in messages stand between `‹›` and are spelled by the surface that shows them. */
export const quoted = (name: string) => `‹${name}›`

/** The class name of a definition: `access_grant` is `AccessGrant`. */
export const className = (name: string): string => {
  const camel = toCamel(name)
  return camel.charAt(0).toUpperCase() + camel.slice(1)
}

/** The same value with every property name, at every depth, swapped. */
export function swapNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(swapNames)
  if (!isWire(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [swapName(name), swapNames(inner)]),
  )
}
