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
  if (problem) {
    throw new SeamIacError(
      `get${className(lookup.name)}: ${propertyPath(problem.path)} ${spelled(problem.reason)}`,
    )
  }
  return inputs
}

/** Asks Seam from the program's own process; the engine takes no part. */
export async function find<Result>(lookup: Lookup, args: object): Promise<Result> {
  const by = asked(lookup, args)
  try {
    return guarded(lookup.fields, await lookUp(lookup, programClient(), by)) as Result
  } catch (error) {
    if (error instanceof SeamIacError) {
      throw new SeamIacError(`get${className(lookup.name)}: ${spelled(redact(error.message))}`)
    }
    throw error
  }
}

/** The same with outputs: waits for them, and is unknown in a preview where one of them is. */
export function findOutput<Result>(lookup: Lookup, args: object): pulumi.Output<Result> {
  return pulumi
    .output(args)
    .apply((known) => find<Result>(lookup, known as object)) as unknown as pulumi.Output<Result>
}
