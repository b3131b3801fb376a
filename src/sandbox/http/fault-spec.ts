import { invalidInput } from '../api/errors'
import { Issues } from '../api/issues'
import { choice, count, text, type Kind } from '../api/kinds'
import { optional, readShape } from '../api/shape'
import { provided } from '../behaviour/provided'
import { longestMs } from '../options'

const faultKinds = [
  'latency',
  'status',
  'reset-before',
  'reset-after',
  'slow-body',
  'truncated-body',
  'wrong-type',
  'unknown-fields',
  'stale',
  'provider-failure',
] as const

/** A fault to inject into the calls of one path. */
export interface FaultSpec {
  /** The path of the endpoint; every path where it is left out or `*`. */
  readonly path?: string
  /**
   * What goes wrong. Of those that end a call only the first one happens:
   * `status` answers with an error in place of acting, or after it (`when`); `reset-before` cuts
   * the connection and does nothing; `reset-after` acts and then cuts the connection;
   * `truncated-body` acts and cuts the connection in the middle of the answer.
   *
   * The others add up: `latency` answers later; `slow-body` sends the second half of the answer
   * later; `wrong-type` calls the answer's JSON another type of content; `unknown-fields` gives
   * every object of the answer members that no document knows; `stale` lets reads see what was
   * there `ms` ago, so that what was made since is not found, while writes see everything;
   * `provider-failure`, which knows no path, lets an object that is made from now on carry an
   * error or a warning once it settles.
   */
  readonly kind: (typeof faultKinds)[number]
  /** The status of `status`; 503 by default. */
  readonly status?: number
  /** Whether `status` comes in place of the act (`before`, the default), or `after` it. */
  readonly when?: 'before' | 'after'
  /** How often the fault fires; without end by default. */
  readonly times?: number
  /** How likely a call meets the fault, from 0 to 1; 1 by default. */
  readonly probability?: number
  /** The delay of `latency`, `slow-body` and `stale` in milliseconds; 1000 by default. */
  readonly ms?: number
  /** With it, `latency` and `slow-body` take any time from `ms`, now 0 by default, up to this. */
  readonly maxMs?: number
  /** Seconds in a `Retry-After` header of `status`. */
  readonly retryAfter?: number
  /** How `Retry-After` tells them: as a number (default), or as the date when they are over. */
  readonly retryAfterAs?: 'seconds' | 'date'
  /** What a `status` fault answers with: Seam's JSON (default), a proxy's HTML, or nothing. */
  readonly body?: 'json' | 'html' | 'empty'
  /** What `wrong-type` says that the answer is; `text/html` by default. */
  readonly contentType?: string
  /** Whose objects a `provider-failure` befalls; `access_grants` by default. */
  readonly collection?: (typeof provided)[number]
  /**
   * The code of a `provider-failure`; by default `cannot_create_requested_access_methods` for
   * grants, `failed_to_issue` for methods, and `failed_to_create_on_acs_system` for the rest.
   */
  readonly code?: string
  /** Whether a `provider-failure` is an error or a warning; follows from the code. */
  readonly as?: 'error' | 'warning'
  /** More members of the error or warning, such as `message` or `missing_device_ids`. */
  readonly details?: Readonly<Record<string, unknown>>
}

const share: Kind<number> = {
  decode: (texts) => Number(texts.at(-1)),
  read(value, issues) {
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
      issues.add('Expected number from 0 to 1')
    }
    return value as number
  },
}

const members: Kind<Readonly<Record<string, unknown>>> = {
  decode: (texts) => texts.at(-1),
  read(value, issues) {
    if (typeof value !== 'object' || Array.isArray(value)) issues.add('Expected object')
    return value as Readonly<Record<string, unknown>>
  },
}

const shape = {
  path: optional(text()),
  kind: choice(...faultKinds),
  status: optional(count({ min: 200, max: 599 })),
  when: optional(choice('before', 'after')),
  times: optional(count()),
  probability: optional(share),
  ms: optional(count({ min: 0, max: longestMs })),
  maxMs: optional(count({ min: 0, max: longestMs })),
  retryAfter: optional(count({ min: 0, max: longestMs })),
  retryAfterAs: optional(choice('seconds', 'date')),
  body: optional(choice('json', 'html', 'empty')),
  contentType: optional(text({ pattern: /^[\x20-\x7e]+$/ })),
  collection: optional(choice(...provided)),
  code: optional(text()),
  as: optional(choice('error', 'warning')),
  details: optional(members),
}

/** Reads a fault from the control API, where members that do not apply may be null. */
export function readFault(given: Readonly<Record<string, unknown>>): FaultSpec {
  const named = Object.entries(given).filter(([, value]) => value !== null)
  const issues = new Issues()
  const spec = readShape(shape, Object.fromEntries(named), issues)
  if (issues.found) throw invalidInput(issues)
  return spec
}
