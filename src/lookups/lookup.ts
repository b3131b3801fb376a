import {
  exactlyOne,
  isAbsent,
  isAnswered,
  isWire,
  records,
  type Field,
  type Fields,
  type Rule,
  type Wire,
} from '../schema'
import { lookedUp } from '../resources'
import { echoed, hide, isNotFound, SeamIacError, type Seam } from '../seam'

/** A lookup, said once: it finds what a program refers to, or asks about, and does not manage. */
export interface Lookup {
  /** Seam's word for what is found, in snake_case; a plural where it is a list. */
  name: string
  about: string
  page: string
  /** What it can be asked by. */
  by: Fields
  rules: readonly Rule[]
  /** What it answers. The answer of a list is a record with one member, the list. */
  fields: Fields
  /** The member of the answer that is the object's id; a list has none. */
  id?: string
  /** The answer as Seam gives it. */
  answer(seam: Seam, by: Wire): Promise<Wire>
}

type Described = Pick<Lookup, 'name' | 'about' | 'page' | 'by' | 'fields'> & {
  rules?: readonly Rule[]
}

/** A lookup of one object. */
interface OneLookup extends Described {
  id: string
  /** The ways to say which object is meant, of which exactly one is taken. */
  ways?: readonly string[]
  /** Every object that could be meant; more or fewer than one is an error. */
  candidates(seam: Seam, by: Wire): Promise<Wire[]>
}

/** A lookup of every object that fits. */
interface ListLookup extends Omit<Described, 'fields'> {
  ways?: readonly string[]
  /** Seam's call. */
  path: string
  /** The member of Seam's answer, and of ours, that is the list. */
  answers: string
  /** What each entry has. */
  of: Fields
  /** An entry in the shape of its fields, where Seam's is another. */
  each?(entry: Wire): Wire
}

/** The fields without those of which Seam's answers know nothing. */
export const told = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([, field]) => isAnswered(field) && !field.marks.remembered),
  )

const rulesOf = (rules: readonly Rule[] = [], ways?: readonly string[]) =>
  ways ? [exactlyOne(...ways), ...rules] : rules

export function defineLookup({ ways, candidates, ...lookup }: OneLookup): Lookup {
  const defined = {
    ...lookup,
    fields: told(lookup.fields),
    rules: rulesOf(lookup.rules, ways),
  }
  return { ...defined, answer: async (seam, by) => theOne(defined, by, await candidates(seam, by)) }
}

/** Lists are read page after page, to the last one. */
export function defineList({
  path,
  answers,
  of,
  each = (entry) => entry,
  ways,
  ...lookup
}: ListLookup): Lookup {
  return {
    ...lookup,
    rules: rulesOf(lookup.rules, ways),
    fields: { [answers]: entries('What was found, in no particular order.', of) },
    answer: async (seam, by) => {
      const found = await seam.list<Wire>(path, by, answers)
      return { [answers]: found.map(each) }
    },
  }
}

/** A list in an answer. */
export const entries = (about: string, of: Fields) => records(about, told(of)).computed()

/** The answer of a `get` as a list of candidates: one, or none. */
export async function oneOrNone(...asked: Parameters<typeof lookedUp>): Promise<Wire[]> {
  const object = await lookedUp(...asked)
  return object ? [object] : []
}

const named = (by: Wire) =>
  Object.entries(by)
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]) => `‹${name}› "${echoed(value)}"`)
    .join(', ')

const spoken = (name: string) => name.replaceAll('_', ' ')

const nothing = ({ name }: Pick<Lookup, 'name'>, by: Wire) =>
  new SeamIacError(
    `No ${spoken(name)} with ${named(by)} in this workspace. Names must match exactly, and an id belongs to one workspace.`,
  )

/** More of them help nobody to choose. */
const mostShown = 10

/** The one object that is meant, or an error that says what was asked and what there is. */
function theOne(lookup: Pick<Lookup, 'name' | 'id'>, by: Wire, candidates: Wire[]): Wire {
  const [match, ...others] = candidates
  if (!match) throw nothing(lookup, by)
  if (others.length === 0) return match
  const found = candidates
    .slice(0, mostShown)
    .map((one) => `${echoed(one['display_name'] ?? one['name'])} (${echoed(one[lookup.id!])})`)
  const more = candidates.length > mostShown ? ' and others' : ''
  throw new SeamIacError(
    `${candidates.length} objects are a ${spoken(lookup.name)} with ${named(by)}: ${found.join(', ')}${more}. Give the id of the one that is meant.`,
  )
}

/** A value in the spelling of its field; what is secret in it never shows in this process again. */
function spelled({ kind, marks }: Field, value: unknown): unknown {
  const { fields, spell } = kind
  if (marks.secret && typeof value === 'string') hide(value)
  if (fields && Array.isArray(value)) {
    return value.filter(isWire).map((entry) => known(fields, entry))
  }
  if (fields && isWire(value)) return known(fields, value)
  return spell ? spell(value) : value
}

/** What the fields know of a record, at every depth. */
const known = (fields: Fields, found: Wire): Wire =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([name, field]): [string, unknown] => [name, spelled(field, found[name])])
      .filter(([, value]) => !isAbsent(value)),
  )

/** Asks Seam, and answers what the lookup's fields say. */
export async function lookUp(lookup: Lookup, seam: Seam, by: Wire): Promise<Wire> {
  try {
    return known(lookup.fields, await lookup.answer(seam, by))
  } catch (error) {
    throw isNotFound(error) ? nothing(lookup, by) : error
  }
}
