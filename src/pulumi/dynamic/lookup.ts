import * as pulumi from '@pulumi/pulumi'
import { lookUp, type Lookup } from '../../lookups'
import {
  className,
  checkInputs,
  swapName,
  swapNames,
  type Field,
  type Fields,
  type Wire,
} from '../../schema'
import { redact, SeamIacError } from '../../seam'
import { programClient } from '../settings'
import { callSite, traced, withoutTraces, type CallSite } from './traces'
import { propertyPath, spelled, toWire } from './wire'

/** Secrets in an answer stay secret, at every depth, and the rest of it readable. */
const guarded = (fields: Fields, found: Wire): object =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name, { marks }]) => marks.secret || name in found)
      .map(([name, field]) => [swapName(name), property(field, found[name])]),
  )

function property({ kind, marks }: Field, value: unknown): unknown {
  if (marks.secret) return pulumi.secret(value)
  const { fields } = kind
  if (!fields) return swapNames(value)
  if (Array.isArray(value)) return value.map((entry) => guarded(fields, entry as Wire))
  return guarded(fields, value as Wire)
}

function asked(lookup: Lookup, args: object): Wire {
  const { inputs, problems } = checkInputs(
    { fields: lookup.by, rules: lookup.rules },
    toWire({ ...args }),
  )
  const [problem] = problems
  if (problem) throw new SeamIacError(`${propertyPath(problem.path)} ${problem.reason}`)
  return inputs
}

/** The error as the program shows it: which lookup failed, no secret, and names as it spells them. */
const told = ({ name }: Lookup, error: unknown): unknown =>
  error instanceof SeamIacError
    ? new SeamIacError(`get${className(name)}: ${spelled(redact(error.message))}`)
    : error

async function answered<Result>(lookup: Lookup, args: object, site: CallSite): Promise<Result> {
  try {
    const by = asked(lookup, args)
    return guarded(lookup.fields, await lookUp(lookup, programClient(), by)) as Result
  } catch (error) {
    throw traced(told(lookup, error), site)
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
    return pulumi
      .output(args)
      .apply((known) =>
        answered<Result>(lookup, known as object, site),
      ) as unknown as pulumi.Output<Result>
  } finally {
    restore()
  }
}
