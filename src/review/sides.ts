import type { SeamResource } from '../resources'
import { isWire, swapName, unknown, type Wire } from '../schema'
import { secret, type Side } from './plan'

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

/** What of an object is known: where its last change failed, the inputs are what is, not what was wished. */
export function sideOf(
  { inputs, outputs, initErrors = [] }: Recorded,
  { fields }: SeamResource,
  changed: readonly string[],
): Side {
  const given = plainOf(inputs)
  const seen = plainOf(outputs)
  if (initErrors.length === 0) return { inputs: given, all: { ...seen, ...given } }
  const names = new Set([...Object.keys(given), ...changed])
  const real: Wire = {}
  for (const name of names) {
    const field = fields[name]
    const isEchoed = field && field.input !== 'never' && !field.marks.writeOnly
    const value = isEchoed ? seen[name] : given[name]
    if (value !== undefined) real[name] = value
  }
  return { inputs: real, all: { ...given, ...seen, ...real } }
}

/** What is known of an object that stays holds after its update too, unless the program gives it. */
export function withKnown(after: Side, before: Side | undefined, isReplaced: boolean): Side {
  if (!before || isReplaced) return after
  const taken = Object.keys(before.inputs).filter((name) => !(name in after.inputs))
  const known = Object.entries(before.all).filter(([name]) => !taken.includes(name))
  return { inputs: after.inputs, all: { ...Object.fromEntries(known), ...after.all } }
}
