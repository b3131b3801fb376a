import * as pulumi from '@pulumi/pulumi'
import { brokenText, halves, type Path } from '../../schema'
import { SeamIacError } from '../../seam'
import { mostLevels, tooDeep } from '../values/properties'
import { placeOf } from '../values/spelling'

/** Reports what is wrong at one place in what a program gives; it never returns. */
export type Refuse = (path: Path, reason: string) => never

const notPlain = 'must be a plain value, not an object of a class'

const isPlainObject = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value) as object | null
  if (prototype === null) return true
  // An object of another realm, such as that of a test runner, has another `Object.prototype`.
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf')
}

const className = (value: object): string => {
  const { constructor } = value as { constructor?: { name?: unknown } }
  return typeof constructor?.name === 'string' && constructor.name !== ''
    ? ` (${constructor.name.slice(0, 40)})`
    : ''
}

/** Kinds that JSON does not have. */
const lossy: Partial<Record<string, string>> = {
  function: 'is a function, of which nothing would be sent',
  symbol: 'is a symbol, of which nothing would be sent',
  bigint: 'is a bigint, of which nothing would be sent',
}

function assertScalar(value: unknown, path: Path, refuse: Refuse): void {
  const reason = lossy[typeof value]
  if (reason) refuse(path, reason)
  if (typeof value === 'number' && !Number.isFinite(value)) refuse(path, 'is no finite number')
  if (typeof value === 'string' && halves.test(value)) refuse(path, brokenText)
}

function assertName(value: object, name: string | symbol, path: Path, refuse: Refuse): void {
  if (typeof name === 'symbol') {
    return refuse(path, 'has a symbol for a name, and would be left out')
  }
  if (name.startsWith('__')) refuse([...path, name], 'is not a property')
  if (halves.test(name)) refuse(path, brokenText)
  if (Object.prototype.propertyIsEnumerable.call(value, name)) return
  refuse([...path, name], 'is not enumerable, and would be left out')
}

/** The members of a list; Pulumi would send a hole, and what is undefined, as something else. */
function listed(value: unknown[], path: Path, refuse: Refuse): unknown[] {
  const extra = Object.keys(value).find((name) => !/^\d+$/.test(name))
  if (extra !== undefined) refuse([...path, extra], 'is a name in a list, and would be left out')
  return Array.from(value, (inner, at) => {
    if (inner === undefined) refuse([...path, at], 'is undefined; leave it out of the list')
    return whole(inner, [...path, at], refuse)
  })
}

function membered(value: object, path: Path, refuse: Refuse): Record<string, unknown> {
  if (!isPlainObject(value)) {
    refuse(path, `${notPlain}${className(value)}`)
  }
  for (const name of Reflect.ownKeys(value)) assertName(value, name, path, refuse)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, whole(inner, [...path, name], refuse)]),
  )
}

/**
 * What a program gives, each member read once. Pulumi's SDK drops or changes some values without a
 * word, and without `endsAt` a grant has no end: they are refused, at any depth, also in what is only
 * known later.
 */
export function whole(value: unknown, path: Path, refuse: Refuse): unknown {
  if (typeof value !== 'object' || value === null) {
    assertScalar(value, path, refuse)
    return value
  }
  if (path.length > mostLevels) refuse(path.slice(0, 1), tooDeep)
  if (pulumi.isUnknown(value)) return value
  if (pulumi.Output.isInstance(value)) return value.apply((known) => whole(known, path, refuse))
  if (value instanceof Promise) return value.then((known: unknown) => whole(known, path, refuse))
  if (pulumi.Resource.isInstance(value)) return value
  return Array.isArray(value) ? listed(value, path, refuse) : membered(value, path, refuse)
}

/** The properties that a program gives, by name; all of it can be sent. */
export function givenBy(args: object, refuse: Refuse): Record<string, unknown> {
  const isRecord = !Array.isArray(args) && !pulumi.Output.isInstance(args)
  return isRecord ? membered(args, [], refuse) : refuse([], 'must be a record of properties')
}

/** Says whose property has which problem. */
export const refusal =
  (whose: string): Refuse =>
  (path, reason) => {
    throw new SeamIacError(
      `${whose}: ${path.length > 0 ? `\`${placeOf(path)}\`` : 'this'} ${reason}`,
    )
  }
