import { isHidden, type Properties } from '../../pulumi/values/hidden'
import { mark, unknownText } from '../../pulumi/values/marks'
import { modesIn } from '../../pulumi/values/modes'
import type { SeamResource } from '../../resources'
import { fieldsOf, isWire, swapName, unknown, type Field, type Wire } from '../../schema'
import { secret, type Side } from '../plan/plan'
import { another } from '../plan/sides'

/** What a state has of an object. */
export interface Recorded {
  inputs?: Wire
  outputs?: Wire
  /** The last deployment tried to change the object and failed: its inputs are wishes. */
  initErrors?: string[]
}

/** Properties in Seam's names, without the hidden ones. */
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
  return mark in value ? secret : plainOf(value)
}

/**
 * Properties in Seam's names. Of a list that the engine takes for a secret because a record in it
 * holds one, the modes of its records stand beside it: `code*`, or `code!` for another secret.
 */
function shownOf(properties: Wire | undefined, definition: SeamResource, isWritten: boolean): Wire {
  const plain = plainOf(properties)
  const { opens, fields } = definition
  const { __modes: modes }: Properties = properties ?? {}
  const name = opens?.by
  if (name === undefined || modes === undefined || plain[name] !== secret) return plain
  const members = Object.entries<Field>(fieldsOf(fields[name]!.kind) ?? {})
  const secrets = members.filter(([, { marks }]) => marks.secret).map(([member]) => member)
  const records = modesIn(modes).map(({ mode, secret: held }): Wire => {
    const hidden = isWritten && held === 'another' ? another : secret
    return { mode, ...(held && Object.fromEntries(secrets.map((member) => [member, hidden]))) }
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
