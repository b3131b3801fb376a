import { exactlyOne, isAbsent, type Fields, type Rule, type Wire } from '../schema'
import { lookedUp } from '../resources'
import { SeamIacError, type Seam } from '../seam'

/** A lookup, said once: it finds one object that a program refers to and does not manage. */
export interface Lookup {
  /** Seam's word for what is found, in snake_case. */
  name: string
  about: string
  page: string
  /** What it can be asked by. */
  by: Fields
  rules: readonly Rule[]
  /** What it answers. */
  fields: Fields
  /** The member of the answer that is the object's id. */
  id: string
  /** Every object that could be meant; more or fewer than one is an error. */
  candidates(seam: Seam, by: Wire): Promise<Wire[]>
}

/** The fields without those of which Seam knows nothing. */
const told = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([, { marks }]) => !marks.local && !marks.remembered),
  )

/** A lookup that takes exactly one of several ways to say which object is meant. */
export const defineLookup = ({
  ways,
  ...lookup
}: Omit<Lookup, 'rules'> & { ways: readonly string[] }): Lookup => ({
  ...lookup,
  fields: told(lookup.fields),
  rules: [exactlyOne(...ways)],
})

/** The answer of a `get` as a list of candidates: one, or none. */
export async function oneOrNone(...asked: Parameters<typeof lookedUp>): Promise<Wire[]> {
  const object = await lookedUp(...asked)
  return object ? [object] : []
}

const named = (by: Wire) =>
  Object.entries(by)
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]) => `‹${name}› "${String(value)}"`)
    .join(', ')

/** The one object that is meant, or an error that says what was asked and what there is. */
export async function lookUp(lookup: Lookup, seam: Seam, by: Wire): Promise<Wire> {
  const candidates = await lookup.candidates(seam, by)
  const [match, ...others] = candidates
  const what = lookup.name.replaceAll('_', ' ')
  if (!match) {
    throw new SeamIacError(
      `No ${what} with ${named(by)} in this workspace. Names must match exactly, and an id belongs to one workspace.`,
    )
  }
  if (others.length > 0) {
    const found = candidates.map(
      (one) => `${String(one['display_name'] ?? one['name'])} (${String(one[lookup.id])})`,
    )
    throw new SeamIacError(
      `${candidates.length} objects are a ${what} with ${named(by)}: ${found.join(', ')}. Give the id of the one that is meant.`,
    )
  }
  return match
}
