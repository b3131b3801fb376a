// What the reference says of one field. The only file of the reference that reads kinds and marks.
import {
  fieldsOf,
  formatOf,
  sentenceOf,
  swapName,
  type Field,
  type Fields,
  type Kind,
  type Rule,
} from '../../src/schema'
import { code, words } from './types'

/** The name of a property, as a program spells it. */
export const property = (name: string) => code(swapName(name))

/** The fields of a record, or of each record in a list. */
export const innerFields = ({ kind }: Field): Fields | undefined => fieldsOf(kind)

const plain: Readonly<Record<Kind['is'], string>> = {
  text: 'text',
  id: 'id',
  instant: 'instant',
  choice: 'text',
  integer: 'number',
  number: 'number',
  flag: 'true or false',
  set: 'list in any order',
  list: 'list of records',
  record: 'record',
  note: 'record that Seam writes',
}

/** A word of a choice with what it means. */
const meant = (word: string, meaning: string | undefined) =>
  meaning ? `${code(word)} (${words(meaning)})` : code(word)

/** The type of a value in words, with its format and its choices. */
function typeWords(kind: Kind): string {
  if (kind.is === 'set') return `list of ${many(kind.of)}, in any order`
  if (kind.is === 'list') {
    return kind.of.is === 'note' ? 'list of records that Seam writes' : plain.list
  }
  if (kind.is === 'choice') {
    return `one of ${kind.words.map((word) => meant(word, kind.meanings?.[word])).join(', ')}`
  }
  const format = formatOf(kind)
  if (!format) return plain[kind.is]
  return /^an? /.test(format) ? format : `${plain[kind.is]} of ${format}`
}

/** What is in a set, in words. */
const many = (kind: Kind): string =>
  kind.is === 'id' ? 'ids of Seam (UUIDs)' : kind.is === 'text' ? 'texts' : typeWords(kind)

const typeOf = ({ kind }: Field) => typeWords(kind)

/** What a change of an input does. */
export function changes({ input, kind, marks }: Field, isKey: boolean): string[] {
  const { replaces, clearable, computed } = marks
  return [
    ...(replaces && !replaces.isPartial
      ? [`A change replaces the object: ${replaces.reason}.`]
      : []),
    ...(replaces?.isPartial
      ? [`Leaving it out later replaces the object: ${replaces.reason}.`]
      : []),
    ...(clearable ? ['Leaving it out later removes the value in Seam.'] : []),
    ...(computed && input === 'maybe' && !isKey && kind.is !== 'record'
      ? ['Leaving it out later keeps the value that Seam has.']
      : []),
  ]
}

/** How the value of an input is treated. */
function treatment({ marks }: Field): string[] {
  const { otherwise, example, deprecated, secret, unechoed, local } = marks
  return [
    ...(deprecated ? [`Deprecated by Seam: ${words(deprecated)}.`] : []),
    ...(otherwise === undefined ? [] : [`Default: ${code(otherwise)}.`]),
    ...(example === undefined ? [] : [`Example: ${code(example)}.`]),
    ...(secret ? ['Secret.'] : []),
    ...(unechoed && !local
      ? ['Seam does not return it, so a refresh does not show that others changed it.']
      : []),
  ]
}

/** A field as an item of a list of inputs. */
export function inputItem(name: string, field: Field, isKey = false): string {
  const presence = field.input === 'always' ? 'required' : 'optional'
  const said = [words(field.about), ...changes(field, isKey), ...treatment(field)].join(' ')
  return `- ${property(name)}: ${typeOf(field)}; ${presence}. ${said}`
}

/** A field as an item of a list of outputs; of an input, those members that a program does not give. */
export function outputItem(name: string, field: Field): string {
  return isInput(field) ? `- ${property(name)} has also:` : answerItem(name, field)
}

/** A field as an item of what is answered. */
export function answerItem(name: string, field: Field): string {
  const { secret, stable, repeats, deprecated } = field.marks
  const said = [
    words(field.about),
    ...(deprecated ? [`Deprecated by Seam: ${words(deprecated)}.`] : []),
    ...(secret ? ['Secret.'] : []),
    ...(repeats ? [`Secret where ${property(repeats)} is secret.`] : []),
    ...(stable ? ['The same for the life of the object.'] : []),
    ...(field.output === 'maybe' ? ['Not on every object.'] : []),
  ].join(' ')
  return `- ${property(name)}: ${typeOf(field)}. ${said}`
}

export const isInput = (field: Field) => field.input !== 'never'

/** Seam receives it. */
export const isSent = (field: Field) => isInput(field) && !field.marks.local

/** Only the provider uses it. */
export const isLocal = (field: Field) => isInput(field) && field.marks.local === true

const isOnlyAnswered = (field: Field) => !isInput(field) && field.output !== 'never'

/** A program gets it, or members of it, and does not give them. */
export const isAnswer = (field: Field): boolean =>
  isOnlyAnswered(field) || Object.values(innerFields(field) ?? {}).some(isOnlyAnswered)

const namesOf = (fields: Fields, isWanted: (field: Field) => unknown): string[] =>
  Object.keys(fields).filter((name) => isWanted(fields[name]!))

const isFixed = (field: Field) =>
  isSent(field) && field.marks.replaces && !field.marks.replaces.isPartial

/** Inputs whose change keeps the object. */
export const staying = (fields: Fields) =>
  namesOf(fields, (field) => isSent(field) && !isFixed(field))

/** Inputs whose change makes a new object. */
export const replacing = (fields: Fields) => namesOf(fields, isFixed)

/** Inputs, and members of records, that make a new object when they are left out later. */
export const replacingLeftOut = (fields: Fields): string[] =>
  Object.entries(fields).flatMap(([name, { kind, marks }]) => [
    ...(marks.replaces?.isPartial ? [name] : []),
    ...(kind.is === 'record' ? replacingLeftOut(kind.fields).map((one) => `${name}.${one}`) : []),
  ])

/** The rules of a definition in sentences. */
export const ruleSentences = ({ rules = [] }: { rules?: readonly Rule[] | undefined }): string[] =>
  rules.map((rule) => words(sentenceOf(rule)))
