import * as pulumi from '@pulumi/pulumi'
import { lookUp, type Lookup } from '../../lookups'
import { className, checkInputs, outputsOf, swapName, type Wire } from '../../schema'
import { SeamIacError } from '../../seam'
import { programClient } from '../settings'
import { propertyPath, spelled, toPulumi, toWire } from './wire'

/** Secrets in an answer stay secret, and the rest of it readable. */
function answer<Result>({ fields }: Lookup, found: Wire): Result {
  const properties = toPulumi(outputsOf(fields, found, {}))
  for (const [name, field] of Object.entries(fields)) {
    const key = swapName(name)
    if (field.marks.secret) properties[key] = pulumi.secret(properties[key])
  }
  return properties as Result
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

/** Finds one object from the program's own process; the engine takes no part. */
export async function find<Result>(lookup: Lookup, args: object): Promise<Result> {
  const by = asked(lookup, args)
  try {
    return answer(lookup, await lookUp(lookup, programClient(), by))
  } catch (error) {
    if (error instanceof SeamIacError) {
      throw new SeamIacError(`get${className(lookup.name)}: ${spelled(error.message)}`)
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
