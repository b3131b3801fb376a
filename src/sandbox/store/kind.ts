import { Collection } from './collection'

/** A record as a seed gives it: these members have to be there, and the others may be. */
type Terse<R, K extends keyof R> = Pick<R, K> & Partial<Omit<R, K>>
type Seeded<R, K extends keyof R> = [keyof R] extends [K] ? R : Terse<R, K>

/** The members of a record that have a name of their own and a value of this type. */
type Named<R, V> = keyof R &
  string &
  keyof { [M in keyof R as string extends M ? never : R[M] extends V ? M : never]: true }

type Id<R> = Named<R, string>
type Indexed<R> = Named<R, string | readonly string[] | null | undefined>

type Optional<R> = keyof { [M in keyof R as object extends Pick<R, M> ? M : never]: true }

/** What a seed need not say: the rest of the members that every record has. */
type Defaults<R, K extends keyof R> = Omit<R, K | Optional<R>> & Partial<R>
type DefaultsOf<R, K extends keyof R> =
  | Defaults<R, K>
  // Made of what the seed says; what cannot be made is undefined, for a file may lack anything.
  | ((given: Partial<Pick<R, K>>) => { [M in keyof Defaults<R, K>]: Defaults<R, K>[M] | undefined })

interface Basics<R> {
  /** The member with the id. */
  readonly id: Id<R>
  /** The members, texts or lists of texts, by whose values records can be found. */
  readonly indexes?: readonly Indexed<R>[]
}

type Description<R, K extends keyof R> = Basics<R> &
  ([keyof R] extends [K] ? object : { readonly defaults: DefaultsOf<R, K> })

/** What is common to the records of a collection. */
export interface RecordKind<R extends object, S> {
  readonly id: keyof R & string
  /** A collection without records. */
  open(): Collection<R>
  /** A record of a seed with everything that it leaves out; it may still lack its id. */
  complete(given: S): R
}

/**
 * Describes a collection of records of type `R`. `K` are the members that a seed must give; every
 * other member that is not optional needs a default. Without `K`, a seed gives whole records.
 */
export function collection<R extends object, K extends keyof R = keyof R>(
  description: Description<R, K>,
): RecordKind<R, Seeded<R, K>> {
  const { id, indexes = [], defaults = {} } = description as AnyDescription<R>
  return {
    id,
    open: () => new Collection<R>(id, indexes),
    complete: (given) =>
      ({ ...(typeof defaults === 'function' ? defaults(given) : defaults), ...given }) as R,
  }
}

interface AnyDescription<R> extends Basics<R> {
  readonly defaults?: object | ((given: object) => object)
}
