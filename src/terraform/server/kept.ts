import { isWire, type Wire } from '../../schema'

/** What the engine keeps for a resource beside its state. */
export interface Private {
  /** The names of what the configuration gave, so that what Seam chose is told apart. */
  readonly given?: readonly string[] | undefined
  /** The secrets that the configuration gives without a trace, so that no read brings them into the state. */
  readonly unseen?: readonly string[] | undefined
}

/** Of a record also its members: Seam may have added others. */
const namesOf = (inputs: Wire): string[] =>
  Object.entries(inputs).flatMap(([name, value]) => [
    name,
    ...(isWire(value) ? Object.keys(value).map((member) => `${name}.${member}`) : []),
  ])

/** What is kept of an object with these inputs. */
export const keptOf = (inputs: Wire): Private => ({ given: namesOf(inputs).sort() })

export const toBytes = (kept: Private): Uint8Array => Buffer.from(JSON.stringify(kept))

/** What the engine has kept; it keeps nothing of a new object. */
export const fromBytes = (bytes: Uint8Array | undefined): Private =>
  bytes?.length ? (JSON.parse(Buffer.from(bytes).toString('utf8')) as Private) : {}

/** The inputs among the values of a state. */
export function givenAmong(state: Wire, { given = [] }: Private): Wire {
  const names = new Set(given)
  const inner = (name: string, record: Wire) =>
    Object.entries(record).filter(([member]) => names.has(`${name}.${member}`))
  const picked = Object.entries(state)
    .filter(([name]) => names.has(name))
    .map(([name, value]): [string, unknown] => [
      name,
      isWire(value) ? Object.fromEntries(inner(name, value)) : value,
    ])
  return Object.fromEntries(picked)
}
