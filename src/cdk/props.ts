import type { Construct } from 'constructs'
import { closest, distance } from 'fastest-levenshtein'
import type { SeamResource } from '../resources'
import { inputFields, isAbsent, swapName } from '../schema'
import { resourceType } from '../terraform/schema/surface'
import { metaArguments } from './base/inputs'

/** An error that says which construct it is about. */
export const mistake = ({ node }: Construct, message: string): Error =>
  new Error(`${node.path}: ${message}`)

const one = (name: string) => `\`${name}\``

/** The properties of a resource, without those that a class has its own words for. */
export const propertiesOf = (
  definition: SeamResource,
  settled: readonly string[] = [],
): readonly string[] =>
  inputFields(resourceType(definition).fields)
    .map(([name]) => swapName(name))
    .filter((name) => !settled.includes(name))

/** What is further from a name is not meant by it. */
const farthest = 3

/**
 * Refuses a property that there is not: a program that the compiler does not check would not notice that
 * it is ignored.
 *
 * @param instead by a name that is taken for one, what to give
 */
export function assertNames(
  construct: Construct,
  given: object,
  known: readonly string[],
  instead: Readonly<Record<string, string>> = {},
): void {
  const all = [...known, ...metaArguments]
  for (const [name, value] of Object.entries(given)) {
    if (all.includes(name) || isAbsent(value)) continue
    const near = closest(name, all)
    const remedy =
      instead[name] ??
      (distance(name, near) <= farthest
        ? `did you mean ${one(near)}?`
        : `there are ${known.map(one).join(', ')}`)
    throw mistake(construct, `${one(name)} is not a property; ${remedy}`)
  }
}

/** What is given as a list, which has to be one. */
export function listOf<Entry>(
  construct: Construct,
  name: string,
  value: readonly Entry[] | null | undefined,
): readonly Entry[] | undefined {
  if (isAbsent(value)) return undefined
  if (Array.isArray(value)) return value
  throw mistake(construct, `${one(name)} must be a list`)
}

/** An id that another construct tells. */
export function idOf<Name extends string>(
  construct: Construct,
  property: string,
  value: { readonly [Id in Name]: string } | undefined,
  name: Name,
  what: string,
): string {
  const id = isAbsent(value) ? undefined : value[name]
  if (typeof id === 'string') return id
  throw mistake(construct, `${one(property)} must be ${what}`)
}
