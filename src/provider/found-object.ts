import type { SeamResource } from '../resources'
import { compare, inputsOf, valueOf, type Wire } from '../schema'
import type { Session } from './session'

export const idOf = (definition: SeamResource, object: Wire): string =>
  String(object[definition.id])

/** Seam's clock is told to the second, so an object of the same second may be from this call. */
const second = 1_000

/** Whether an object was made since the call began, by Seam's own clock. */
export function isFromThisCall(definition: SeamResource, object: Wire, began: number): boolean {
  const createdAt = valueOf(definition, 'createdAt', object)
  // What does not say it was looked for before the call, and was not there.
  return createdAt === undefined || Date.parse(String(createdAt)) >= began - second
}

/** The inputs in which an object differs for good. */
export function unchangeable(definition: SeamResource, held: Wire, inputs: Wire): string[] {
  const change = compare(definition, inputsOf(definition.fields, held, inputs), inputs)
  return change.kind === 'replace' ? change.reasons.map(({ name }) => name) : []
}

/** The same, with what only a question of its own can tell. */
export async function differencesForGood(
  definition: SeamResource,
  { seam }: Session,
  held: Wire,
  inputs: Wire,
): Promise<string[]> {
  const silent = (await definition.compareUnechoed?.(seam, held, inputs)) ?? []
  return [...unchangeable(definition, held, inputs), ...silent]
}

/** Whether an interrupted create of these inputs would have left this object behind. */
export const mayContinue = (
  definition: SeamResource,
  { facts }: Session,
  held: Wire,
  inputs: Wire,
): boolean =>
  facts.isFree(idOf(definition, held)) && unchangeable(definition, held, inputs).length === 0
