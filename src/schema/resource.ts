import type { Field, Fields, Inputs, Outputs } from './fields'
import type { Rule } from './rules'
import type { Wire } from './value'

/** The name of a field. */
export type Name<F extends Fields> = string & keyof F

/** The names of some fields, in their order. */
export const namesOf = <F extends Fields>(fields: F): readonly Name<F>[] => Object.keys(fields)

type Members<F> =
  F extends Field<infer Value> ? (Value extends readonly unknown[] ? never : keyof Value) : never

/** The name of a field, or of a member of a record: `access_schedule.starts_at`. */
export type Place<F extends Fields> =
  Name<F> | { [N in Name<F>]: `${N}.${string & Members<F[N]>}` }[Name<F>]

/** Whether a replacement may stand beside what it replaces. */
export type Order = 'create-first' | 'delete-first'

/** What a plan changes in an object that stays. */
export interface Edit<F extends Fields = Fields> {
  before: Inputs<F>
  after: Inputs<F>
  /** The names of the inputs that differ. */
  changed: ReadonlySet<Name<F>>
  /**
   * What of it an update call sends: the changed inputs, and for those that were left out what they are
   * then, or `null` where that takes away what was set.
   */
  patch: { readonly [N in keyof Inputs<F>]?: unknown }
}

/** What is known of an object before it is read: its last outputs, and the inputs it was given. */
export interface Known {
  outputs: Wire
  inputs: Wire
  given: ReadonlySet<string>
}

/** What a plan has found out by reading. */
export interface Survey {
  /** Values of planned fields. */
  found: Wire
  /** What people should know before they agree. */
  notices: string[]
}

/** What two plans of one change have in common: what is found has to follow from it. */
export interface Again {
  /** The outputs of the object, where there is one. */
  readonly last?: Wire | undefined
}

/** What a resource manages a part of, such as a group, or the whole of. */
export interface Claim {
  what: unknown
  isWhole: boolean
}

/** What people should know of a change that succeeded. */
export type Notices = string[] | void

/**
 * How an object opens doors, by the names of its fields. A review of a plan rests on it: whoever is
 * named gets through whatever is named.
 */
export interface Opening<F extends Fields = Fields> {
  /** By Seam's word for a kind of holder (`user_identity`), the fields that name holders. */
  who: Record<string, readonly Name<F>[]>
  /** By Seam's word for a kind of door or group of doors (`space`), the fields that name them. */
  what: Record<string, readonly Name<F>[]>
  /** The fields with the window; `access_schedule.starts_at` is a member of a record. */
  from?: Place<F>
  until?: Place<F>
  /** The field that says by which modes (`code`, `card`): with none of them, it opens nothing. */
  by?: Name<F>
  /** The field that says by which means: a change of it issues them anew. */
  means?: Name<F>
  /** While this is true, it opens nothing. */
  unless?: Name<F>
  /** It stands for a holder: making or deleting it alone opens and closes nothing. */
  isHolder?: boolean
  /** Planned fields: of the holders, those that the API lacks, and those that it has beyond them. */
  adds?: Name<F>
  removes?: Name<F>
  /** Deleting it closes nothing unless this is true. */
  closesOnlyIf?: Name<F>
}

/**
 * What tells an object from others, so that one which a program declares under another name is known
 * again: lists of fields that agree, of which the first is given.
 */
export interface KnownBy<F extends Fields = Fields> {
  /** Seam has one of these at a time: beside it, a second one is refused. */
  unique?: readonly (readonly Name<F>[])[]
  /** Two may stand side by side, and are the same to people; what one of them leaves out tells nothing. */
  alike?: readonly (readonly Name<F>[])[]
}

/** What a report calls an object. */
export interface Called<Names extends string = string> {
  /** `person`, `space`. */
  readonly noun: string
  /** A place has doors in it. */
  readonly is: 'person' | 'place' | 'door'
  /** The fields with its name; the first one that has a text is it. */
  readonly named: readonly Names[]
}

/** What Seam deletes together with an object. */
export interface Dependent {
  readonly text: string
  /** The id of what a resource may manage as a whole, and this with it. */
  readonly partOf?: string
}

/** How far an object is from working. */
export interface Progress {
  /** What is still under way, in the API's words. */
  pending: string[]
  /** The API's records of what no waiting heals. */
  failed: Wire[]
}

/** What is known of a replacement when a plan tells what it does. */
export interface Replacing {
  order: Order
  /** What the program says of the new object, as far as the plan can show it. */
  inputs: Wire
  /** Nothing differs: somebody wants another object. */
  isAsked?: boolean
  /** The person has more than one PIN, and Seam shares another one with the new object. */
  isOtherPin?: boolean
  /** Whether a door is closed in between; where nothing else opens it, that follows from the order. */
  hasGap?: boolean
}

/** An object that was created; `by` is the field that tells its id. */
export interface Created<Names extends string = string> {
  id: string
  by?: Names
  observed?: Wire
  notices?: string[]
}

/**
 * A resource, said once: its fields, its rules, and how it talks to the API. Every surface (classes,
 * plugins, reference, review) is derived from this.
 */
export interface Resource<F extends Fields = Fields, Api = never, Reads = never> {
  /** Seam's word for it, in snake_case. */
  name: string
  /** What it gives, in a sentence or two. */
  about: string
  /** The page of the API reference it rests on. */
  page: string
  fields: F
  /** The output that is its id. */
  id: Name<F>
  /** The input that is unique in the workspace; chosen by the provider where a program leaves it out. */
  key?: Name<F>
  /** What it is known by under whatever name; left out where nothing tells it from others. */
  knownBy?: KnownBy<F>
  rules?: readonly Rule<Name<F>>[]
  /** Properties of the API that are declared elsewhere, and where. */
  elsewhere?: Record<string, string>
  /** What it opens for whom; left out where it opens nothing. */
  opens?: Opening<F>
  /** What a report calls it, where others refer to it. */
  called?: Called<Name<F>>
  /** What is inside it, by kind: whoever may enter it gets through these. */
  contains?: Record<string, readonly Name<F>[]>
  /** Inputs whose objects must all be of one access control system. */
  ofOneSystem?: readonly Name<F>[]

  /** Whether the API refuses old and new side by side; `create-first` when left out. */
  order?(before: Wire, after: Wire): Order

  /** The object as it is, or nothing when it is gone. */
  observe(reads: Reads, id: string, known?: Known): Promise<Wire | undefined>
  /** Makes it, and answers it (or only its id, where the API says no more). */
  create(api: Api, inputs: Inputs<F>): Promise<Created<Name<F>>>
  /** The object under a key. */
  find?(api: Api, key: string): Promise<Wire | undefined>
  /** The object that has a value of these inputs which is unique, as the key is, and by which input. */
  holder?(api: Api, inputs: Wire): Promise<{ held: Wire; by: string } | undefined>
  /** Sends what the edit changes. Left out where every change makes a new object. */
  update?(api: Api, id: string, edit: Edit<F>, outputs: Outputs<F>): Promise<Notices>
  /** Of the inputs that the API never echoes, those in which an object differs. */
  compareUnechoed?(api: Api, object: Wire, inputs: Wire): Promise<string[]>
  /** Inputs that were left out, and in which the object is not as a new one would be. */
  beyond?(object: Wire, inputs: Wire): string[]
  /** How an object that the API knows and does not manage is taken over, for good. */
  takeover?: {
    /** The input that names it. */
    input: Name<F>
    /** What happens, in words for the plan. */
    about: string
    /** The object while it is unmanaged; nothing when it is not (any more). */
    look(api: Api, id: string): Promise<Wire | undefined>
    convert(api: Api, id: string, inputs: Wire): Promise<void>
  }
  /** What stands in the way of a create that was refused, in words. */
  explain?(api: Api, inputs: Wire): Promise<string | undefined>
  /**
   * Objects that no key tells from the one that these inputs would create; `'none'` where creating it
   * twice is creating it once. What has no key needs one of them.
   */
  twins?: 'none' | ((api: Api, inputs: Inputs<F>) => Promise<Wire[]>)
  /** What else would go with it; deleting it then needs the program's consent. */
  dependents?(api: Api, id: string, outputs: Wire): Promise<Dependent[]>
  /** How far it is from working; left out where being accepted is all there is. */
  progress?(observed: Wire): Progress
  /** Whether what people open doors with goes on working when another object takes its place. */
  lasts?(change: Replacing): boolean
  /** What a replacement does to people, in words for the plan. */
  replacing?(change: Replacing): string
  /**
   * Takes it away.
   *
   * @param isHeld whether a resource of the program has a part of it, by the id of that part
   */
  remove(
    api: Api,
    id: string,
    outputs: Wire,
    isHeld?: (partId: string) => boolean,
  ): Promise<Notices>
  /** What it manages together with other resources; two may not both manage the whole. */
  claim?(inputs: Wire): Claim
  /**
   * Reads what a plan cannot do without. Plans of all other resources read nothing.
   *
   * @param ignored the names of what the program leaves to others: it is not planned
   * @param again for an engine that plans again where it applies, and holds one plan to the other
   */
  survey?(
    reads: Reads,
    inputs: Inputs<F>,
    ignored: ReadonlySet<string>,
    again?: Again,
  ): Promise<Survey>
}
