import type { SeamResource } from '../resources'
import type { Field, Wire } from '../schema'

const namesWith = (definition: SeamResource, mark: 'local' | 'remembered') =>
  Object.entries<Field>(definition.fields)
    .filter(([, field]) => field.marks[mark])
    .map(([name]) => name)

const pick = (record: Wire, names: string[]): Wire =>
  Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]]))

/** The inputs without those that only this provider understands. */
export function sendable<T extends Wire>(definition: SeamResource, inputs: T): T {
  const local = new Set(namesWith(definition, 'local'))
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !local.has(name))) as T
}

/** Outputs that Seam does not know, and that are therefore carried from state to state. */
export const remembered = (definition: SeamResource, outputs: Wire): Wire =>
  pick(outputs, namesWith(definition, 'remembered'))
