import { quoted } from './kinds'
import { isAbsent, isWire, unknown, type Problem, type Wire } from './value'

/** A condition over several fields. Values that only a deployment will tell satisfy it for now. */
export interface Rule<Names extends string = string> {
  (inputs: Wire): Problem[]
  /** The fields that it speaks of. */
  readonly names?: readonly Names[]
}

const listed = (names: readonly string[]) => names.map(quoted).join(', ')

/** One of the alternatives, or none. */
export const atMostOne =
  <Names extends string>(...names: Names[]): Rule<Names> =>
  (inputs) => {
    const [first, second] = names.filter((name) => !isAbsent(inputs[name]))
    if (first === undefined || second === undefined) return []
    return [{ path: [second], reason: `cannot stand beside ${quoted(first)}: give only one` }]
  }

/** One of the alternatives, and no more. */
export const exactlyOne =
  <Names extends string>(...names: Names[]): Rule<Names> =>
  (inputs) =>
    names.every((name) => isAbsent(inputs[name]))
      ? [{ path: [names[0]!], reason: `is required: give one of ${listed(names)}` }]
      : atMostOne(...names)(inputs)

const isEmpty = (value: unknown) => isAbsent(value) || (Array.isArray(value) && value.length === 0)

/** At least one of the lists has a member. */
export const someOf =
  <Names extends string>(purpose: string, ...names: Names[]): Rule<Names> =>
  (inputs) =>
    names.every((name) => isEmpty(inputs[name]))
      ? [{ path: [names[0]!], reason: `${purpose}: give at least one of ${listed(names)}` }]
      : []

/** The first instant is before the second. */
export const inOrder =
  <Names extends string>(first: Names, second: Names): Rule<Names> =>
  (inputs) => {
    const [from, until] = [inputs[first], inputs[second]]
    if (isAbsent(from) || isAbsent(until) || from === unknown || until === unknown) return []
    return Date.parse(String(from)) < Date.parse(String(until))
      ? []
      : [{ path: [second], reason: `must be after ${quoted(first)}` }]
  }

/** In each record of a list, a field that belongs to one word of a choice stands only beside it. */
export const onlyWith =
  <Names extends string>(list: Names, field: string, choice: string, word: string): Rule<Names> =>
  (inputs) => {
    const entries = inputs[list]
    if (!Array.isArray(entries)) return []
    return entries.flatMap((entry: unknown, at) => {
      if (!isWire(entry) || isAbsent(entry[field]) || isAbsent(entry[choice])) return []
      if (entry[choice] === unknown || entry[choice] === word) return []
      return [{ path: [list, at, field], reason: `goes only with ${quoted(choice)} "${word}"` }]
    })
  }
