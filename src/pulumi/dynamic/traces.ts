import { dirname, join, sep } from 'node:path'
import { inspect } from 'node:util'

/**
 * Pulumi's SDK takes several stack traces for every output and every property of a resource, through
 * source maps: more than half of the time of a large program. They serve the search for leaked
 * promises alone.
 */
export function withoutTraces(): () => void {
  const usual = Error.stackTraceLimit
  if (!process.env['PULUMI_DEBUG_PROMISE_LEAKS']) Error.stackTraceLimit = 0
  return () => {
    Error.stackTraceLimit = usual
  }
}

/** Where a program called this package; the text of it is made only if somebody asks. */
export interface CallSite {
  stack?: string
}

export function callSite(): CallSite {
  const site = {}
  Error.captureStackTrace(site, callSite)
  return site
}

/** The folder of this package's own compiled code. */
const own = join(dirname(dirname(__dirname)), sep)

const isOfProgram = (line: string) =>
  /^\s+at /.test(line) && !/node_modules[/\\]|node:/.test(line) && !line.includes(own)

/**
 * The error with a trace that holds the program's own lines alone. Whoever reads it wants no others,
 * and Node 20 needs minutes to print those of Pulumi's SDK (nodejs/node#64011). Printed it is that
 * text, without the promise that the SDK hangs on it.
 */
export function traced(error: unknown, { stack = '' }: CallSite): unknown {
  if (!(error instanceof Error)) return error
  const lines = stack.split('\n').filter(isOfProgram)
  const text = [`${error.name}: ${error.message}`, ...lines].join('\n')
  return Object.defineProperties(error, {
    stack: { value: text, writable: true, configurable: true },
    [inspect.custom]: { value: () => text, configurable: true },
  })
}
