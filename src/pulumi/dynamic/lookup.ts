import * as pulumi from '@pulumi/pulumi'
import { lookUp, type Lookup } from '../../lookups'
import {
  className,
  checkInputs,
  fieldsOf,
  swapName,
  swapNames,
  wrapSecrets,
  type Field,
  type Fields,
  type Wire,
} from '../../schema'
import { hide, redact, SeamIacError } from '../../seam'
import { programClient } from '../settings'
import { givenBy, refusal } from './given'
import { noteSystems } from './systems'
import { callSite, traced, withoutTraces, type CallSite } from './traces'
import { toWire } from '../values/properties'
import { spelled } from '../values/spelling'

/** Secrets in an answer stay secret, at every depth, and the rest of it readable. */
const guarded = (fields: Fields, found: Wire): object =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name, { marks }]) => marks.secret || name in found)
      .map(([name, field]) => [swapName(name), property(name, field, found[name])]),
  )

function property(name: string, field: Field, value: unknown): unknown {
  if (field.marks.secret) return pulumi.secret(value)
  const fields = fieldsOf(field.kind)
  if (!fields) {
    return wrapSecrets({ [name]: field }, { [name]: swapNames(value) }, pulumi.secret)[name]
  }
  if (Array.isArray(value)) return value.map((entry) => guarded(fields, entry as Wire))
  return guarded(fields, value as Wire)
}

const functionName = ({ name }: Lookup) => `get${className(name)}`

const swapped = (step: string | number) => (typeof step === 'number' ? step : swapName(step))

function asked(lookup: Lookup, args: object): Wire {
  const refuse = refusal(functionName(lookup))
  const given = toWire(givenBy(args, refuse))
  const { inputs, problems } = checkInputs({ fields: lookup.by, rules: lookup.rules }, given)
  const [problem] = problems
  return problem ? refuse(problem.path.map(swapped), spelled(problem.reason)) : inputs
}

/** Asks Seam; an error says which lookup failed, holds no secret, and spells names as programs do. */
async function found(lookup: Lookup, by: Wire): Promise<Wire> {
  try {
    const answer = await lookUp(lookup, programClient(), by)
    noteSystems(answer)
    return answer
  } catch (error) {
    if (!(error instanceof SeamIacError)) throw error
    throw new SeamIacError(`${functionName(lookup)}: ${spelled(redact(error.message))}`)
  }
}

async function answered<Result>(lookup: Lookup, args: object, site: CallSite): Promise<Result> {
  try {
    return guarded(lookup.fields, await found(lookup, asked(lookup, args))) as Result
  } catch (error) {
    throw traced(error, site)
  }
}

/** Asks Seam from the program's own process; the engine takes no part. */
export const find = <Result>(lookup: Lookup, args: object): Promise<Result> =>
  answered<Result>(lookup, args, callSite())

/** The same with outputs: waits for them, and is unknown in a preview where one of them is. */
export function findOutput<Result>(lookup: Lookup, args: object): pulumi.Output<Result> {
  const site = callSite()
  const restore = withoutTraces()
  try {
    const known = pulumi.output(args)
    return known.apply(async (values) => {
      if (await pulumi.isSecret(known)) hideTexts(values)
      return answered<Result>(lookup, values, site)
    })
  } finally {
    restore()
  }
}

/** What it is asked by stands in the messages of a lookup. */
function hideTexts(values: unknown): void {
  for (const value of Object.values(values as object)) if (typeof value === 'string') hide(value)
}
