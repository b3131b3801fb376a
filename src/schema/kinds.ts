import type { Fields } from './fields'

/** Text that is not empty. */
export interface TextKind {
  readonly is: 'text'
  readonly rule?: TextRule
}

/** What text has to be like. */
export interface TextRule {
  readonly pattern: RegExp
  /** Completes the sentence "must be …". */
  readonly mustBe: string
  /** Upper and lower case mean the same. */
  readonly foldsCase?: boolean
}

/** A UUID. */
export interface IdKind {
  readonly is: 'id'
}

/** An ISO 8601 date and time with an offset. */
export interface InstantKind {
  readonly is: 'instant'
}

/** One of some words. */
export interface ChoiceKind {
  readonly is: 'choice'
  readonly words: readonly string[]
  /** What each word means, in words that go into brackets; left out where the word says it. */
  readonly meanings?: Readonly<Record<string, string>>
}

/** A whole number. */
export interface IntegerKind {
  readonly is: 'integer'
  readonly minimum: number
}

/** A number that may have a fraction. */
export interface NumberKind {
  readonly is: 'number'
}

/** True or false. */
export interface FlagKind {
  readonly is: 'flag'
}

/** Values whose order means nothing, each of them once. */
export interface SetKind {
  readonly is: 'set'
  readonly of: TextKind | IdKind | ChoiceKind
}

/** A nested record. */
export interface RecordKind {
  readonly is: 'record'
  readonly fields: Fields
}

/** Records in an order that means nothing to Seam, or notes. */
export interface ListKind {
  readonly is: 'list'
  readonly of: RecordKind | NoteKind
  /** The field that tells the records apart; several may have the same. */
  readonly by?: string
}

/** A warning, an error or a pending mutation, which only Seam writes: its members differ with its code. */
export interface NoteKind {
  readonly is: 'note'
}

/** What a value is, as data: checks, comparisons, types and reference pages are derived from it. */
export type Kind =
  | TextKind
  | IdKind
  | InstantKind
  | ChoiceKind
  | IntegerKind
  | NumberKind
  | FlagKind
  | SetKind
  | RecordKind
  | ListKind
  | NoteKind

/** A kind by its name. */
export type KindOf<Is extends Kind['is']> = Extract<Kind, { readonly is: Is }>

/** The fields of a record, or of the records of a list. */
export function fieldsOf(kind: Kind): Fields | undefined {
  if (kind.is === 'record') return kind.fields
  return kind.is === 'list' ? fieldsOf(kind.of) : undefined
}

/** The words of a choice, or of the members of a set. */
export function wordsOf(kind: Kind): readonly string[] | undefined {
  if (kind.is === 'choice') return kind.words
  return kind.is === 'set' ? wordsOf(kind.of) : undefined
}

/** Whether the values of a kind are lists. */
export const isMany = ({ is }: Kind): boolean => is === 'set' || is === 'list'

/** The form that values have to have, in words; nothing where the kind says it all. */
export function formatOf(kind: Kind): string | undefined {
  if (kind.is === 'text') return kind.rule?.mustBe
  if (kind.is === 'id') return idFormat
  if (kind.is === 'instant') return 'an ISO 8601 date and time with an offset'
  return kind.is === 'integer' ? `a whole number from ${kind.minimum}` : undefined
}

export const idFormat = 'an id of Seam (a UUID)'
