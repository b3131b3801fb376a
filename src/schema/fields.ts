import { fieldsOf, type ChoiceKind, type Kind, type TextRule } from './kinds'

/** Whether a value must be there, may be there, or is never there. */
export type Presence = 'always' | 'maybe' | 'never'

/** Why changing a field makes a new object, and for which changes (all, when left out). */
export interface Replacement {
  reason: string
  /** Only some changes do. */
  isPartial: boolean
  when(before: unknown, after: unknown): boolean
}

/** What the provider itself reads or writes a field for, so that it knows none by its name. */
export type Role =
  /** Consents to adopt the object that refuses a new one. */
  | 'adopt'
  /** Names the object to adopt. */
  | 'adoptId'
  /** Whether the object was adopted. */
  | 'adopted'
  /** Lets destroy delete an adopted object. */
  | 'deleteAdopted'
  /** Lets destroy delete what others made for the object. */
  | 'deleteCascade'
  /** When a deployment counts as done. */
  | 'waitFor'
  /** How long a deployment waits for that. */
  | 'timeout'
  /** When Seam created the object, by Seam's clock. */
  | 'createdAt'
  /** The workspace that holds the object. */
  | 'workspace'
  /** The instant after which Seam may keep the object no longer. */
  | 'expiry'
  /** Whether that instant had passed when the object was last read. */
  | 'expired'

/**
 * One property of an object: its kind, its words, and its marks. Fields are made by `text`,
 * `instant` and their siblings, and every mark answers a new field.
 *
 * The type carries what programs may give (`In`) and what they can count on getting (`Out`).
 */
export class Field<
  Value = unknown,
  In extends Presence = Presence,
  Out extends Presence = Presence,
> {
  declare readonly value: Value

  constructor(
    readonly kind: Kind,
    readonly about: string,
    readonly input: In,
    readonly output: Out,
    readonly marks: {
      readonly computed?: boolean
      readonly secret?: boolean
      readonly repeats?: string
      readonly clearable?: boolean
      readonly stable?: boolean
      readonly unechoed?: boolean
      readonly resolved?: boolean
      readonly local?: boolean
      readonly remembered?: boolean
      readonly planned?: boolean
      readonly follows?: readonly string[]
      readonly role?: Role
      readonly deprecated?: string
      readonly example?: Value
      readonly otherwise?: Value
      readonly replaces?: Replacement
    } = {},
  ) {}

  /** May be left out. */
  optional(): Field<Value, 'maybe', 'maybe'> {
    return new Field(this.kind, this.about, 'maybe', 'maybe', this.marks)
  }

  /** Set by Seam; together with `optional`, set by Seam where the program leaves it out. */
  computed(): Field<Value, In extends 'maybe' ? 'maybe' : 'never', 'always'> {
    type Input = In extends 'maybe' ? 'maybe' : 'never'
    const input = (this.input === 'maybe' ? 'maybe' : 'never') as Input
    return new Field(this.kind, this.about, input, 'always', { ...this.marks, computed: true })
  }

  /** Not on every object. */
  sometimes(): Field<Value, In, 'maybe'> {
    return new Field(this.kind, this.about, this.input, 'maybe', this.marks)
  }

  /** Never shown: not in logs, errors, previews or plain state. */
  secret(): this {
    return this.mark({ secret: true })
  }

  /**
   * Seam makes it from another field, or from another object where that is left out; either may be a
   * program's secret. State cannot tell, and so keeps it as one; a program gets the other field.
   */
  repeats(name: string): this {
    return this.mark({ repeats: name })
  }

  /** Leaving it out removes what was set. */
  clearable(): this {
    return this.mark({ clearable: true })
  }

  /** The same for the whole life of the object. */
  stable(): this {
    return this.mark({ stable: true })
  }

  /** Sent, but never answered by the API: the last deployment is what is known of it. */
  unechoed(): this {
    return this.mark({ unechoed: true })
  }

  /** Answered also where the program said the same in another way, such as by a key. */
  resolved(): this {
    return this.mark({ resolved: true })
  }

  /** What leaving it out means: to give this value and to give none are the same. */
  otherwise(value: Value): this {
    return this.mark({ otherwise: value })
  }

  /** An update of others than these inputs leaves it as it is; without them, any update does. */
  follows(...names: string[]): this {
    return this.mark({ follows: names })
  }

  /** What the provider reads or writes it for, whatever its name is. */
  as(role: Role): this {
    return this.mark({ role })
  }

  /** Not to be used any more; what to use instead. */
  deprecated(reason: string): this {
    return this.mark({ deprecated: reason })
  }

  /** A value that reference pages show. */
  example(value: Value): this {
    return this.mark({ example: value })
  }

  /** Said to this provider; Seam never sees it. */
  local(): this {
    return this.mark({ local: true, unechoed: true })
  }

  /** Known only to this provider, so it is carried from state to state. */
  remembered(): this {
    return this.mark({ remembered: true })
  }

  /** Found out by the plan for the deployment, and no part of the object. */
  planned(): Field<Value, 'never', 'maybe'> {
    return new Field(this.kind, this.about, 'never', 'maybe', { ...this.marks, planned: true })
  }

  /** A change makes a new object. */
  replaces(reason: string): this {
    return this.mark({ replaces: { reason, isPartial: false, when: () => true } })
  }

  /** Taking it away again makes a new object; other changes do not. */
  replacesWhenCleared(reason: string): this {
    const when: Replacement['when'] = (_before, after) => after === undefined
    return this.mark({ replaces: { reason, isPartial: true, when } })
  }

  private mark(marks: Partial<Field<Value>['marks']>): this {
    const marked = new Field(this.kind, this.about, this.input, this.output, {
      ...this.marks,
      ...marks,
    })
    return marked as this
  }
}

export type Fields = Readonly<Record<string, Field>>

/** The fields that a program may give. */
export const inputFields = (fields: Fields): [name: string, field: Field][] =>
  Object.entries(fields).filter(([, { input }]) => input !== 'never')

/** Whether an answer of the API may tell it; of a record that is sent, some members may be its own. */
export const isAnswered = ({ kind, marks }: Field): boolean =>
  !marks.unechoed || Object.values(fieldsOf(kind) ?? {}).some((inner) => inner.marks.computed)

/** Text in the program's own words, such as a name. */
export const isFreeText = ({ kind }: Field): boolean => kind.is === 'text'

type Given<Value> = Field<Value, 'always', 'always'>

const given = <Value>(kind: Kind, about: string): Given<Value> =>
  new Field<Value, 'always', 'always'>(kind, about, 'always', 'always')

/** Text that is not empty. */
export const text = (about: string, rule?: TextRule) =>
  given<string>({ is: 'text', ...(rule && { rule }) }, about)

/** The id of an object of Seam: a UUID. */
export const id = (about: string) => given<string>({ is: 'id' }, about)

/** A point in time: ISO 8601 with an offset. */
export const instant = (about: string) => given<string>({ is: 'instant' }, about)

/** Ids whose order means nothing. */
export const idSet = (about: string) => given<string[]>({ is: 'set', of: { is: 'id' } }, about)

/** Texts whose order means nothing. */
export const textSet = (about: string) => given<string[]>({ is: 'set', of: { is: 'text' } }, about)

/** Words to choose from, or what each of them means. */
type Words<Word extends string> = readonly Word[] | Readonly<Record<Word, string>>

function choiceOf(words: Words<string>): ChoiceKind {
  if (Array.isArray(words)) return { is: 'choice', words: words as string[] }
  const meanings = words as Readonly<Record<string, string>>
  return { is: 'choice', words: Object.keys(meanings), meanings }
}

/** One word of a list. */
export const choice = <const Word extends string>(about: string, words: Words<Word>) =>
  given<Word>(choiceOf(words), about)

/** Words of a list, in an order that means nothing. */
export const choiceSet = <const Word extends string>(about: string, words: Words<Word>) =>
  given<Word[]>({ is: 'set', of: choiceOf(words) }, about)

/** A whole number. */
export const integer = (about: string, minimum = 0) =>
  given<number>({ is: 'integer', minimum }, about)

/** A number that may have a fraction. */
export const number = (about: string) => given<number>({ is: 'number' }, about)

/** True or false. */
export const flag = (about: string) => given<boolean>({ is: 'flag' }, about)

/** One nested record. */
export const record = <Inner extends Fields>(about: string, fields: Inner) =>
  given<Inputs<Inner> & Outputs<Inner>>({ is: 'record', fields }, about)

/**
 * A list of records.
 *
 * @param by the field that tells them apart
 */
export const records = <Inner extends Fields>(
  about: string,
  fields: Inner,
  by?: string & keyof Inner,
) =>
  given<(Inputs<Inner> & Outputs<Inner>)[]>(
    { is: 'list', of: { is: 'record', fields }, ...(by && { by }) },
    about,
  )

/** Records that only Seam writes and whose members differ with their code. */
export const notes = (about: string) =>
  given<Record<string, unknown>[]>({ is: 'list', of: { is: 'note' } }, about)

type Named<F extends Fields, Side extends 'input' | 'output', P extends Presence> = {
  [Name in keyof F]: F[Name][Side] extends P ? Name : never
}[keyof F]

/** What a program gives for these fields. */
export type Inputs<F extends Fields> = {
  [Name in Named<F, 'input', 'always'>]: F[Name]['value']
} & { [Name in Named<F, 'input', 'maybe'>]?: F[Name]['value'] }

/** What a program gets for these fields. */
export type Outputs<F extends Fields> = {
  [Name in Named<F, 'output', 'always'>]: F[Name]['value']
} & { [Name in Named<F, 'output', 'maybe'>]?: F[Name]['value'] }
