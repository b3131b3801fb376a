import type { SeamResource } from '../resources'
import { isOver, type Field, type Wire } from '../schema'

const namesWith = (definition: SeamResource, mark: 'local' | 'remembered' | 'planned') =>
  Object.entries<Field>(definition.fields)
    .filter(([, field]) => field.marks[mark])
    .map(([name]) => name)

const pick = (record: Wire, names: string[]): Wire =>
  Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]]))

const without = <T extends Wire>(record: T, names: string[]): T =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name))) as T

/** The inputs without those that only this provider understands. */
export function sendable<T extends Wire>(definition: SeamResource, inputs: T): T {
  return without(inputs, namesWith(definition, 'local'))
}

/** Outputs that Seam does not know, and that are therefore carried from state to state. */
export const remembered = (definition: SeamResource, outputs: Wire): Wire =>
  pick(outputs, namesWith(definition, 'remembered'))

/** The inputs without what only the deployment of this very plan needs to know. */
export function withoutPlans<T extends Wire>(definition: SeamResource, inputs: T): T {
  return without(inputs, namesWith(definition, 'planned'))
}

/**
 * The inputs that are carried out: an object whose time is over, and stays over, opens nothing, so it
 * is left as it was. What only this provider reads of it still counts.
 */
export function effective(definition: SeamResource, before: Wire, after: Wire): Wire {
  if (!isOver(definition, before) || !isOver(definition, after)) return after
  const names = namesWith(definition, 'local')
  return { ...without(before, names), ...pick(after, names) }
}
