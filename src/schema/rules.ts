import { quoted } from './kinds'
import { isAbsent, isWire, unknown, type Problem, type Wire } from './value'

/** A condition over several fields. Values that only a deployment will tell satisfy it for now. */
export type Rule = (inputs: Wire) => Problem[]

const listed = (names: readonly string[]) => names.map(quoted).join(', ')

/** One of the alternatives, or none. */
export const atMostOne =
  (...names: string[]): Rule =>
  (inputs) => {
    const [first, second] = names.filter((name) => !isAbsent(inputs[name]))
    if (first === undefined || second === undefined) return []
    return [{ path: [second], reason: `cannot stand beside ${quoted(first)}: give only one` }]
  }

/** One of the alternatives, and no more. */
export const exactlyOne =
  (...names: string[]): Rule =>
  (inputs) =>
    names.every((name) => isAbsent(inputs[name]))
      ? [{ path: [names[0]!], reason: `is required: give one of ${listed(names)}` }]
      : atMostOne(...names)(inputs)

const isEmpty = (value: unknown) => isAbsent(value) || (Array.isArray(value) && value.length === 0)

/** At least one of the lists has a member. */
export const someOf =
  (purpose: string, ...names: string[]): Rule =>
  (inputs) =>
    names.every((name) => isEmpty(inputs[name]))
      ? [{ path: [names[0]!], reason: `${purpose}: give at least one of ${listed(names)}` }]
      : []

/** The first instant is before the second. */
export const inOrder =
  (first: string, second: string): Rule =>
  (inputs) => {
    const [from, until] = [inputs[first], inputs[second]]
    if (isAbsent(from) || isAbsent(until) || from === unknown || until === unknown) return []
    return Date.parse(String(from)) < Date.parse(String(until))
      ? []
      : [{ path: [second], reason: `must be after ${quoted(first)}` }]
  }

/** In each record of a list, a field that belongs to one word of a choice stands only beside it. */
export const onlyWith =
  (list: string, field: string, choice: string, word: string): Rule =>
  (inputs) => {
    const entries = inputs[list]
    if (!Array.isArray(entries)) return []
    return entries.flatMap((entry: unknown, at) => {
      if (!isWire(entry) || isAbsent(entry[field]) || isAbsent(entry[choice])) return []
      if (entry[choice] === unknown || entry[choice] === word) return []
      return [{ path: [list, at, field], reason: `goes only with ${quoted(choice)} "${word}"` }]
    })
  }
