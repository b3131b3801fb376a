import { isWire, type Wire } from '../../schema'

/** What the engine keeps for a resource beside its state. */
export interface Private {
  /** The names of what the configuration gave, so that what Seam chose is told apart. */
  readonly given: readonly string[]
}

/** Of a record also its members: Seam may have added others. */
const namesOf = (inputs: Wire): string[] =>
  Object.entries(inputs).flatMap(([name, value]) => [
    name,
    ...(isWire(value) ? Object.keys(value).map((member) => `${name}.${member}`) : []),
  ])

export const toPrivate = (inputs: Wire): Uint8Array =>
  Buffer.from(JSON.stringify({ given: namesOf(inputs).sort() } satisfies Private))

/** What the engine has kept; nothing where it has kept none, as after an import by an older engine. */
export function fromPrivate(bytes: Uint8Array | undefined): Private | undefined {
  if (!bytes?.length) return undefined
  const kept = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Private>
  return Array.isArray(kept.given) ? { given: kept.given } : undefined
}

/** The inputs among the values of a state. */
export function givenAmong(state: Wire, { given }: Private): Wire {
  const names = new Set(given)
  const picked = Object.entries(state)
    .filter(([name]) => names.has(name))
    .map(([name, value]): [string, unknown] => {
      if (!isWire(value)) return [name, value]
      return [
        name,
        Object.fromEntries(Object.entries(value).filter(([one]) => names.has(`${name}.${one}`))),
      ]
    })
  return Object.fromEntries(picked)
}
