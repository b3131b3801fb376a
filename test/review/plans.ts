import { readPulumi, review, type Plan } from '../../src/review'

/** Properties of a resource, as a program gives them. */
export type Given = Record<string, unknown>

const stack = 'test::program'

export const urnOf = (type: string, name: string) =>
  `urn:pulumi:${stack}::pulumi-nodejs:dynamic/seam:${type}::${name}`

/** An id that tells which one it is. */
export const idOf = (number: number) =>
  `${String(number).padStart(8, '0')}-0000-4000-9000-000000000000`

/** What the engine says of a value that only a deployment will tell. */
export const later = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** What a step is about; more of it where a test is about that. */
export interface Told {
  type: string
  name: string
  id?: string
  before?: Given
  after?: Given
  refers?: Record<string, string[]>
  old?: Given
  next?: Given
}

/** A step of `pulumi preview --json`, as far as a review reads it. */
export function step(op: string, { type, name, id, before, after, refers = {}, ...more }: Told) {
  const urn = urnOf(type, name)
  const common = { urn, type: `pulumi-nodejs:dynamic/seam:${type}`, propertyDependencies: refers }
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const changed = names.filter(
    (one) => JSON.stringify(before?.[one]) !== JSON.stringify(after?.[one]),
  )
  return {
    op,
    urn,
    ...(before && { oldState: { ...common, id, inputs: before, outputs: before, ...more.old } }),
    ...(after && { newState: { ...common, inputs: after, ...more.next } }),
    ...(before && after && { diffReasons: changed }),
    ...(op === 'replace' && { replaceReasons: changed }),
  }
}

export const same = (type: string, name: string, id: string, given: Given) =>
  step('same', { type, name, id, before: given, after: given })

export const planOf = (...steps: object[]): Plan =>
  readPulumi(JSON.stringify({ steps, changeSummary: {} }))

/** When all these plans are reviewed. */
export const now = Date.parse('2030-03-01T09:00:00Z')

export const reviewOf = (...steps: object[]) => review(planOf(...steps), { now })
