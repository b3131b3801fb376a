import type { SeamResource } from '../resources'
import type { Field, Wire } from '../schema'

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
export function lasting<T extends Wire>(definition: SeamResource, inputs: T): T {
  return without(inputs, namesWith(definition, 'planned'))
}
