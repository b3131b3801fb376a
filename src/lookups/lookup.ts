import {
  exactlyOne,
  fieldsOf,
  isAbsent,
  isAnswered,
  isWire,
  records,
  spelled as inOneSpelling,
  type Field,
  type Fields,
  type Rule,
  type Wire,
} from '../schema'
import { lookedUp } from '../resources'
import { hide, isNotFound, type Seam } from '../seam'
import { introduced, nothing, tooMany } from './messages'
import { namesakes, nearest, type Named } from './named'

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
  /** Of which resource a list shows objects. */
  lists?: Lists
  /** What it is called where an engine asks for its answer without keeping it. */
  ephemeral?: string
  /** The answer as Seam gives it. */
  answer(seam: Seam, by: Wire): Promise<Wire>
}

/** What an engine that looks for existing objects is shown. */
export interface Lists {
  /** The name of the resource. */
  readonly resource: string
  /**
   * The id of an entry as an object of the resource, where the entry has no such member.
   *
   * @param by what the list was asked by
   */
  id?(entry: Wire, by: Wire): string
}

type Described = Pick<
  Lookup,
  'name' | 'about' | 'page' | 'by' | 'fields' | 'lists' | 'ephemeral'
> & {
  rules?: readonly Rule[]
}

/** A lookup of one object. */
interface OneLookup extends Described {
  id: string
  /** The ways to say which object is meant, of which exactly one is taken. */
  ways?: readonly string[]
  /** How it is found by name; then `candidates` is for the other ways. */
  named?: Named
  /** Every object that could be meant; more or fewer than one is an error. */
  candidates(seam: Seam, by: Wire): Promise<Wire[]>
  /** An object in the shape of its fields, where Seam's is another. */
  each?(object: Wire): Wire
  /** The access control systems that an object belongs to; by its `acs_system_id` when left out. */
  systems?(seam: Seam, object: Wire): Promise<Wire[]>
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

export function defineLookup(lookup: OneLookup): Lookup {
  const { name, about, page, by, id, ways, rules, each = (object) => object } = lookup
  return {
    ...{ name, about, page, by, id },
    fields: told(lookup.fields),
    rules: rulesOf(rules, ways),
    answer: async (seam, given) => each(await theOne(seam, lookup, given)),
  }
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

/** The one object that is meant, or an error that says what was asked and what there is. */
async function theOne(seam: Seam, lookup: OneLookup, by: Wire): Promise<Wire> {
  const { name, named } = lookup
  const isNamed = named !== undefined && !isAbsent(by[named.way])
  const found = await (isNamed ? namesakes(seam, named, by) : lookup.candidates(seam, by))
  const [match, ...others] = found
  if (match && others.length === 0) return match
  if (match) throw tooMany(name, by, found.length, await introduced(seam, lookup, found))
  const near = isNamed ? await nearest(seam, named, by).catch(() => []) : []
  throw nothing(name, by, await introduced(seam, lookup, near))
}

/** A value in the spelling of its field; what is secret in it never shows in this process again. */
function spelled({ kind, marks }: Field, value: unknown): unknown {
  const fields = fieldsOf(kind)
  if (marks.secret && typeof value === 'string') hide(value)
  if (fields && Array.isArray(value)) {
    return value.filter(isWire).map((entry) => known(fields, entry))
  }
  if (fields && isWire(value)) return known(fields, value)
  return inOneSpelling(kind, value)
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
    throw isNotFound(error) ? nothing(lookup.name, by) : error
  }
}
