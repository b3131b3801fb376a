import { Temporal } from 'temporal-polyfill'
import { fromDynamic, toDynamic, type DynamicValue } from '../wire/dynamic-value'

/** An argument that a function cannot take, counted from 0. */
class ArgumentError extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message)
  }
}

interface ProviderFunction {
  readonly summary: string
  readonly about: string
  /** Of texts alone. */
  readonly parameters: readonly (readonly [name: string, about: string])[]
  call(...given: string[]): string
}

const written = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?$/

function wallTime(text: string): Temporal.PlainDateTime {
  const isWritten = written.test(text)
  try {
    if (isWritten) return Temporal.PlainDateTime.from(text.replace(' ', 'T'))
  } catch {
    // The 31st of April is written as a time, and is none.
  }
  throw new ArgumentError(0, `"${text}" is no date and time, such as 2027-03-28 09:00.`)
}

/** A wall time that the clocks of a zone show once, as an instant. */
function accessWindow(text: string, zone: string): string {
  const local = wallTime(text)
  const at = (disambiguation: 'earlier' | 'later') => {
    try {
      return local.toZonedDateTime(zone, { disambiguation })
    } catch {
      throw new ArgumentError(1, `"${zone}" is no time zone, such as Europe/Berlin.`)
    }
  }
  const [first, second] = [at('earlier'), at('later')]
  if (!first.toPlainDateTime().equals(local)) {
    throw new ArgumentError(
      0,
      `${text} does not exist in ${zone}: the clocks are set forward over it. Write another time.`,
    )
  }
  if (!first.equals(second)) {
    throw new ArgumentError(
      0,
      `${text} comes twice in ${zone}, where the clocks are set back. Write the one that is meant with its offset: ${shown(first)} or ${shown(second)}.`,
    )
  }
  return shown(first)
}

const shown = (time: Temporal.ZonedDateTime) => time.toString({ timeZoneName: 'never' })

/** The functions of the provider, by name. */
export const functions: Readonly<Record<string, ProviderFunction>> = {
  access_window: {
    summary: 'A wall time of a place as an instant',
    about:
      'Answers the instant at which the clocks of a time zone show a date and time, with its offset, for `starts_at` and `ends_at`. A time that the change of the clocks leaves out or repeats is an error.',
    parameters: [
      ['time', 'The date and time on the clock there, such as `2027-03-28 09:00`.'],
      ['zone', 'The time zone, such as `Europe/Berlin`.'],
    ],
    call: accessWindow,
  },
}

const stringType = Buffer.from('"string"')

/** The functions of the provider, as the protocol has them. */
export const functionMessages = (): object =>
  Object.fromEntries(
    Object.entries(functions).map(([name, { summary, about, parameters }]) => [
      name,
      {
        summary,
        description: about,
        parameters: parameters.map(([parameter, told]) => ({
          name: parameter,
          type: stringType,
          description: told,
        })),
        return: { type: stringType },
      },
    ]),
  )

function textOf(given: DynamicValue | undefined, parameter: string, at: number): string {
  const value = fromDynamic(given)
  if (typeof value !== 'string') throw new ArgumentError(at, `The ${parameter} must be text.`)
  return value
}

/** Calls a function of the provider. */
export function callFunction(name: string, given: readonly DynamicValue[] = []): object {
  const found = functions[name]
  if (!found) return { error: { text: `There is no function ${name}.` } }
  try {
    const texts = found.parameters.map(([parameter], at) => textOf(given[at], parameter, at))
    return { result: toDynamic(found.call(...texts)) }
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error
    return { error: { text: error.message, function_argument: error.at } }
  }
}
