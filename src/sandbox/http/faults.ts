import { invalidInput } from '../api/errors'
import { Issues } from '../api/issues'
import { choice, count, text, type Kind } from '../api/kinds'
import { optional, readShape } from '../api/shape'

const faultKinds = ['latency', 'status', 'reset-before', 'reset-after', 'slow-body'] as const

/** A fault to inject into the calls of one path. */
export interface FaultSpec {
  /** The path of the endpoint; every path where it is left out or `*`. */
  readonly path?: string
  /**
   * `latency` answers later; `status` answers with an error and does nothing; `reset-before` cuts
   * the connection and does nothing; `reset-after` acts and then cuts the connection; `slow-body`
   * sends the second half of the answer later.
   */
  readonly kind: (typeof faultKinds)[number]
  /** The status of `status`; 503 by default. */
  readonly status?: number
  /** How often the fault fires; without end by default. */
  readonly times?: number
  /** How likely a call meets the fault, from 0 to 1; 1 by default. */
  readonly probability?: number
  /** The delay of `latency` and `slow-body` in milliseconds; 1000 by default. */
  readonly ms?: number
  /** Seconds in a `Retry-After` header of `status`. */
  readonly retryAfter?: number
  /** What a `status` fault answers with: Seam's JSON (default), a proxy's HTML, or nothing. */
  readonly body?: 'json' | 'html' | 'empty'
}

/** A fault in force. */
export interface Fault extends FaultSpec {
  /** How often it has fired. */
  fired: number
}

/** What is to happen to one call. */
export interface FaultPlan {
  delayMs: number
  slowBodyMs: number
  ending?: Fault
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

const shape = {
  path: optional(text()),
  kind: choice(...faultKinds),
  status: optional(count({ min: 100 })),
  times: optional(count()),
  probability: optional(share),
  ms: optional(count({ min: 0 })),
  retryAfter: optional(count({ min: 0 })),
  body: optional(choice('json', 'html', 'empty')),
}

/** Reads a fault from the control API, where members that do not apply may be null. */
export function readFault(given: unknown): FaultSpec {
  const members = Object.entries(given ?? {}).filter(([, value]) => value !== null)
  const issues = new Issues()
  const spec = readShape(shape, Object.fromEntries(members), issues)
  if (issues.found) throw invalidInput(issues)
  return spec
}

/** The faults in force. They apply in the order in which they were added, and stack. */
export class Faults {
  private faults: Fault[] = []

  get entries(): readonly Fault[] {
    return this.faults
  }

  add(spec: FaultSpec): Fault {
    const fault = { ...spec, fired: 0 }
    this.faults.push(fault)
    return fault
  }

  clear(): void {
    this.faults = []
  }

  /** Decides what happens to a call: all its delays, and the first fault that ends it. */
  plan(path: string): FaultPlan {
    const plan: FaultPlan = { delayMs: 0, slowBodyMs: 0 }
    for (const fault of this.faults) {
      const delays = fault.kind === 'latency' || fault.kind === 'slow-body'
      if ((plan.ending && !delays) || !meets(fault, path)) continue
      fault.fired++
      if (fault.kind === 'latency') plan.delayMs += fault.ms ?? 1000
      else if (fault.kind === 'slow-body') plan.slowBodyMs += fault.ms ?? 1000
      else plan.ending = fault
    }
    return plan
  }
}

function meets(fault: Fault, path: string): boolean {
  const { path: wanted = '*', times = Infinity, probability = 1 } = fault
  if (fault.fired >= times || (wanted !== '*' && wanted !== path)) return false
  return probability >= 1 || Math.random() < probability
}
