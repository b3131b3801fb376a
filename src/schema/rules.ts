import { quoted } from './names'
import { isAbsent, isSure, isWire, unknown, type Problem, type Wire } from './value'

interface Alternatives<Names extends string> {
  readonly rule: 'atMostOne' | 'exactlyOne'
  readonly names: readonly Names[]
}

/**
 * A condition over several fields, as data. Values that only a deployment will tell satisfy it for now.
 * `Names` are those of the fields.
 */
export type Rule<Names extends string = string> =
  | Alternatives<Names>
  | { readonly rule: 'someOf'; readonly purpose: string; readonly names: readonly Names[] }
  | { readonly rule: 'inOrder'; readonly first: Names; readonly second: Names }
  | {
      readonly rule: 'onlyWith'
      /** The list of records that both stand in; left out where they are fields of the object. */
      readonly list?: Names
      readonly field: string
      readonly choice: string
      readonly word: string
    }
  | {
      readonly rule: 'requiredBeside'
      readonly field: Names
      readonly beside: Names
      readonly unless: Names
    }
  | {
      readonly rule: 'notEmptyUnless'
      readonly list: Names
      readonly flag: Names
      readonly consequence: string
    }

/** One of the alternatives, or none. */
export const atMostOne = <Names extends string>(...names: Names[]): Rule<Names> => ({
  rule: 'atMostOne',
  names,
})

/** One of the alternatives, and no more. */
export const exactlyOne = <Names extends string>(...names: Names[]): Rule<Names> => ({
  rule: 'exactlyOne',
  names,
})

/** At least one of the lists has a member. */
export const someOf = <Names extends string>(purpose: string, ...names: Names[]): Rule<Names> => ({
  rule: 'someOf',
  purpose,
  names,
})

/** The first instant is before the second. */
export const inOrder = <Names extends string>(first: Names, second: Names): Rule<Names> => ({
  rule: 'inOrder',
  first,
  second,
})

/** A field that belongs to one word of a choice stands only beside it. */
export const onlyWith = <Names extends string>(
  field: Names,
  choice: Names,
  word: string,
): Rule<Names> => ({ rule: 'onlyWith', field, choice, word })

/** The same in each record of a list. */
export const onlyWithIn = <Names extends string>(
  list: Names,
  field: string,
  choice: string,
  word: string,
): Rule<Names> => ({ rule: 'onlyWith', list, field, choice, word })

/** The field is given beside another one, unless a third one says as much. */
export const requiredBeside = <Names extends string>(
  field: Names,
  beside: Names,
  unless: Names,
): Rule<Names> => ({ rule: 'requiredBeside', field, beside, unless })

/** The list has a member, unless the program says with a flag that it means none. */
export const notEmptyUnless = <Names extends string>(
  list: Names,
  flag: Names,
  consequence: string,
): Rule<Names> => ({ rule: 'notEmptyUnless', list, flag, consequence })

const listed = (names: readonly string[]) => names.map(quoted).join(', ')

const isEmpty = (value: unknown) => isAbsent(value) || (Array.isArray(value) && value.length === 0)

type RuleOf<Is extends Rule['rule']> = Extract<Rule, { readonly rule: Is }>

function tooMany({ names }: Alternatives<string>, inputs: Wire): Problem[] {
  const [first, second] = names.filter((name) => isSure(inputs[name]))
  if (first === undefined || second === undefined) return []
  return [{ path: [second], reason: `cannot stand beside ${quoted(first)}: give only one` }]
}

function outOfOrder({ first, second }: RuleOf<'inOrder'>, inputs: Wire): Problem[] {
  const [from, until] = [inputs[first], inputs[second]]
  if (!isSure(from) || !isSure(until)) return []
  if (Date.parse(String(from)) < Date.parse(String(until))) return []
  return [{ path: [second], reason: `must be after ${quoted(first)}` }]
}

function withoutItsWord({ list, field, choice, word }: RuleOf<'onlyWith'>, inputs: Wire) {
  const entries = list === undefined ? [inputs] : inputs[list]
  if (!Array.isArray(entries)) return []
  return entries.flatMap((entry: unknown, at): Problem[] => {
    if (!isWire(entry) || !isSure(entry[field]) || !isSure(entry[choice])) return []
    if (entry[choice] === word) return []
    const path = list === undefined ? [field] : [list, at, field]
    return [{ path, reason: `goes only with ${quoted(choice)} "${word}"` }]
  })
}

/** What breaks a rule. */
export function broken(rule: Rule, inputs: Wire): Problem[] {
  switch (rule.rule) {
    case 'atMostOne':
      return tooMany(rule, inputs)
    case 'exactlyOne':
      if (!rule.names.every((name) => isAbsent(inputs[name]))) return tooMany(rule, inputs)
      return [{ path: [rule.names[0]!], reason: `is required: give one of ${listed(rule.names)}` }]
    case 'someOf':
      if (!rule.names.every((name) => isEmpty(inputs[name]))) return []
      return [
        {
          path: [rule.names[0]!],
          reason: `${rule.purpose}: give at least one of ${listed(rule.names)}`,
        },
      ]
    case 'inOrder':
      return outOfOrder(rule, inputs)
    case 'onlyWith':
      return withoutItsWord(rule, inputs)
    case 'requiredBeside': {
      const { field, beside, unless } = rule
      const isMissing = isAbsent(inputs[field]) && isAbsent(inputs[unless])
      if (!isMissing || !isSure(inputs[beside])) return []
      return [{ path: [field], reason: `is required beside ${quoted(beside)}` }]
    }
    case 'notEmptyUnless': {
      const { list, flag, consequence } = rule
      const members = inputs[list]
      const isMeant = inputs[flag] === true || inputs[flag] === unknown
      if (!Array.isArray(members) || members.length > 0 || isMeant) return []
      const reason = `is empty, which ${consequence}: set ${quoted(flag)} to true if that is meant`
      return [{ path: [list], reason }]
    }
  }
}

/** A rule as a sentence for a reference page. */
export function sentenceOf(rule: Rule): string {
  switch (rule.rule) {
    case 'atMostOne':
      return `Give at most one of ${listed(rule.names)}.`
    case 'exactlyOne':
      return `Give exactly one of ${listed(rule.names)}.`
    case 'someOf':
      return `Give at least one of ${listed(rule.names)}: ${rule.purpose}.`
    case 'inOrder':
      return `${quoted(rule.second)} is after ${quoted(rule.first)}.`
    case 'onlyWith': {
      const where = rule.list === undefined ? '' : ` in ${quoted(rule.list)}`
      return `${quoted(rule.field)}${where} goes only with ${quoted(rule.choice)} \`${rule.word}\`.`
    }
    case 'requiredBeside':
      return `${quoted(rule.field)} is required beside ${quoted(rule.beside)}, unless ${quoted(rule.unless)} is given.`
    case 'notEmptyUnless':
      return `${quoted(rule.list)} may be empty only with ${quoted(rule.flag)}: that ${rule.consequence}.`
  }
}
