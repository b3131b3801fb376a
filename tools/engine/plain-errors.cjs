// @ts-check
/**
 * Preloaded into Node processes that Pulumi starts. The SDK prints a program's error with colours,
 * and for a minute's work that Node 20.20 fails at (nodejs/node#64011) whenever the trace goes
 * through a file directly below a scope, as the SDK's own `@pulumi/output.ts` seems to be.
 */
const util = require('node:util')

const inspect = util.inspect

/** @type {(value: unknown, ...settings: any[]) => string} */
function inspectErrorsPlainly(value, ...settings) {
  if (!util.types.isNativeError(value) || typeof settings[0] !== 'object') {
    return inspect(value, ...settings)
  }
  return inspect(value, { ...settings[0], colors: false })
}

util.inspect = Object.assign(inspectErrorsPlainly, inspect)
