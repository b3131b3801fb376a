import { Issues } from './issues'

/** One kind of parameter: how its JSON value is read, and what it means in a query string. */
export interface Kind<T> {
  /** Reads a JSON value; a value that does not fit is reported, and the result then unused. */
  read(value: unknown, issues: Issues): T
  /** The JSON value that the texts of a query string stand for. */
  decode(texts: readonly string[]): unknown
}

/** What JSON calls the type of a value, in the words of `validation_errors`. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'undefined'
  return Array.isArray(value) ? 'array' : typeof value
}

function mismatch(issues: Issues, expected: string, value: unknown): void {
  issues.add(value === undefined ? 'Required' : `Expected ${expected}, received ${typeOf(value)}`)
}

// An empty text is how the query encoding spells null.
const lastText = (texts: readonly string[]): string | null => texts.at(-1) || null

interface TextRule {
  min?: number
  max?: number
  pattern?: RegExp
  message?: string
}

export function text(rule: TextRule = {}): Kind<string> {
  return {
    decode: lastText,
    read(value, issues) {
      if (typeof value !== 'string') mismatch(issues, 'string', value)
      else {
        const { min = 0, max = Infinity, pattern, message } = rule
        if (value.length < min) issues.add(`String must contain at least ${min} character(s)`)
        if (value.length > max) issues.add(`String must contain at most ${max} character(s)`)
        if (pattern && !pattern.test(value)) issues.add(message ?? 'Invalid')
      }
      return value as string
    },
  }
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const emailPattern = /^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]{2,}$/
const datePattern = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i
const offsetPattern = /(Z|[+-]\d\d:?\d\d)$/i

export const uuid = (): Kind<string> => text({ pattern: uuidPattern, message: 'Invalid uuid' })
export const email = (): Kind<string> => text({ pattern: emailPattern, message: 'Invalid email' })
export const key = (): Kind<string> => text({ min: 1 })
export const digits = (min = 1, max = Infinity): Kind<string> =>
  text({ min, max, pattern: /^\d+$/, message: 'Invalid' })

/** A phone number as a person writes it, or E.164: what it means is kept, not its punctuation. */
export const phone = (): Kind<string> =>
  text({ pattern: /^\+?[\d\s().-]{5,24}$/, message: 'Invalid phone number' })

/** A moment; read as ISO 8601 in UTC with milliseconds. `bare` accepts one without an offset. */
export function instant(rule: { bare?: boolean } = {}): Kind<string> {
  return {
    decode: lastText,
    read(value, issues) {
      if (typeof value !== 'string') {
        mismatch(issues, 'string', value)
        return ''
      }
      const offset = offsetPattern.test(value)
      const time = datePattern.test(value) ? Date.parse(offset ? value : utc(value)) : NaN
      if (Number.isNaN(time) || !(offset || rule.bare)) {
        issues.add('Invalid datetime')
        return ''
      }
      return new Date(time).toISOString()
    },
  }
}

// JavaScript reads a bare date as UTC but a bare date with time in the machine's zone.
const utc = (bare: string): string => (bare.length > 10 ? `${bare}Z` : bare)

export function flag(): Kind<boolean> {
  return {
    decode: (texts) => ({ true: true, false: false })[texts.at(-1) ?? ''] ?? lastText(texts),
    read(value, issues) {
      if (typeof value !== 'boolean') mismatch(issues, 'boolean', value)
      return value as boolean
    },
  }
}

/** Only the value `true`. */
export function yes(): Kind<true> {
  return {
    decode: flag().decode,
    read(value, issues) {
      if (value === undefined) issues.add('Required')
      else if (value !== true) issues.add('Invalid literal value, expected true')
      return true
    },
  }
}

export function count(rule: { min?: number; max?: number } = {}): Kind<number> {
  const { min = 1, max = Infinity } = rule
  return {
    decode(texts) {
      const last = lastText(texts)
      return last !== null && Number.isFinite(Number(last)) ? Number(last) : last
    },
    read(value, issues) {
      if (typeof value !== 'number') mismatch(issues, 'number', value)
      else if (!Number.isInteger(value)) issues.add('Expected integer, received float')
      else if (value < min) issues.add(`Number must be greater than or equal to ${min}`)
      else if (value > max) issues.add(`Number must be less than or equal to ${max}`)
      return value as number
    },
  }
}

export function choice<const C extends string>(...choices: readonly C[]): Kind<C> {
  return {
    decode: lastText,
    read(value, issues) {
      const expected = choices.map((one) => `'${one}'`).join(' | ')
      if (typeof value !== 'string') mismatch(issues, expected, value)
      else if (!choices.includes(value as C)) {
        issues.add(`Invalid enum value. Expected ${expected}, received '${value}'`)
      }
      return value as C
    },
  }
}

export function list<T>(item: Kind<T>, rule: { min?: number; max?: number } = {}): Kind<T[]> {
  const { min = 0, max = Infinity } = rule
  return {
    decode: (texts) =>
      texts.length === 1 && texts[0] === '' ? [] : texts.map((one) => item.decode([one])),
    read(value, issues) {
      if (!Array.isArray(value)) {
        mismatch(issues, 'array', value)
        return []
      }
      if (value.length < min) issues.add(`Array must contain at least ${min} element(s)`)
      if (value.length > max) issues.add(`Array must contain at most ${max} element(s)`)
      return readItems(item, value, issues)
    },
  }
}

// A list may be as long as a body: what is wrong with all of it would not fit an answer.
const mostWrongItems = 20

function readItems<T>(item: Kind<T>, values: readonly unknown[], issues: Issues): T[] {
  const items: T[] = []
  let wrong = 0
  for (const [index, value] of values.entries()) {
    const own = new Issues()
    items.push(item.read(value, own))
    if (!own.found) continue
    issues.put(index, own)
    if (++wrong === mostWrongItems) break
  }
  return items
}

/** An object with any members, whose values are texts or flags. */
export function entries(): Kind<Readonly<Record<string, string | boolean>>> & {
  readonly open: true
} {
  return {
    open: true,
    decode: (texts) => texts.at(-1),
    read(value, issues) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        mismatch(issues, 'object', value)
        return {}
      }
      for (const [name, member] of Object.entries(value)) {
        if (typeof member === 'string' || typeof member === 'boolean') continue
        issues.at(name).add(`Expected string or boolean, received ${typeOf(member)}`)
      }
      return value as Readonly<Record<string, string | boolean>>
    },
  }
}

/** A parameter that Seam knows and the sandbox does not apply: it is refused, never dropped. */
export function refused(): Kind<never> {
  return {
    decode: (texts) => texts.at(-1),
    read(_, issues) {
      issues.add('The sandbox does not apply this parameter')
      return undefined as never
    },
  }
}

export function nullable<T>(kind: Kind<T>): Kind<T | null> {
  return {
    decode: (texts) => (texts.at(-1) === '' ? null : kind.decode(texts)),
    read: (value, issues) => (value === null ? null : kind.read(value, issues)),
  }
}
