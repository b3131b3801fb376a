import type { SeamResource as Definition } from '../../resources'
import {
  fieldsOf,
  isAbsent,
  isWire,
  wordsOf,
  swapName,
  type Field,
  type Fields,
  type Wire,
} from '../../schema'

/**
 * The engine takes a whole list for a secret when a record in it holds one: nobody could see in a
 * plan whether a door opens by card or by PIN. What says so is no secret, and stands beside the list.
 */
interface Shown {
  /** The list. */
  readonly name: string
  readonly choices: readonly string[]
  /** Members of its records that are secret. */
  readonly secrets: readonly string[]
}

function shownIn({ fields, opens }: Definition): Shown | undefined {
  const name = opens?.by
  const records = name === undefined ? undefined : fieldsOf((fields as Fields)[name]!.kind)
  const choices = records?.['mode'] && wordsOf(records['mode'].kind)
  if (name === undefined || !records || !choices) return undefined
  const secrets = Object.entries<Field>(records).filter(([, { marks }]) => marks.secret)
  return { name, choices, secrets: secrets.map(([member]) => member) }
}

const isPlainRecord = (value: unknown): value is Wire =>
  isWire(value) && Object.getPrototypeOf(value) === Object.prototype

/** The modes of a list that a program gives, where these are no secret; nothing where no record holds one. */
export function givenModes(
  definition: Definition,
  given: readonly (readonly [name: string, value: unknown])[],
): string | undefined {
  const shown = shownIn(definition)
  const list = given.find(([name]) => swapName(name) === shown?.name)?.[1]
  if (!shown || !Array.isArray(list) || !list.every(isPlainRecord)) return undefined
  const inSeamsNames = (record: Wire) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [swapName(name), value]))
  return textOf(shown, list.map(inSeamsNames))
}

/**
 * The same of inputs that the engine has.
 *
 * @param before the inputs so far: `!` in place of `*` tells that a secret of the record is another one
 */
export function modesOf(definition: Definition, inputs: Wire, before?: Wire): string | undefined {
  const shown = shownIn(definition)
  return shown && textOf(shown, recordsIn(inputs, shown), before && recordsIn(before, shown))
}

const recordsIn = (inputs: Wire, { name }: Shown): Wire[] => {
  const list = inputs[name]
  return Array.isArray(list) ? list.filter(isWire) : []
}

function textOf(shown: Shown, list: readonly Wire[], before?: readonly Wire[]): string | undefined {
  const { choices, secrets } = shown
  const isShown = ({ mode }: Wire) => typeof mode === 'string' && choices.includes(mode)
  const holds = (record: Wire) => secrets.some((member) => !isAbsent(record[member]))
  if (!list.every(isShown) || !list.some(holds)) return undefined
  const isAsBefore = (record: Wire) =>
    !before ||
    before.some((one) => ['mode', ...secrets].every((member) => one[member] === record[member]))
  const sign = (record: Wire) => (isAsBefore(record) ? '*' : '!')
  return list
    .map((record) => `${String(record['mode'])}${holds(record) ? sign(record) : ''}`)
    .join(' ')
}

/** What the text of modes says of a record of the list. */
export interface ShownMode {
  readonly mode: string
  /** It holds a secret: the one of before, or another one. */
  readonly secret?: 'same' | 'another'
}

/** What such a text says, record by record. */
export const modesIn = (text: string): ShownMode[] =>
  text.split(' ').map((one) => {
    const [, mode = '', sign] = /^(\w*)([*!]?)$/.exec(one) ?? []
    return { mode, ...(sign && { secret: sign === '!' ? 'another' : 'same' }) }
  })
