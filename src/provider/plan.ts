import type { SeamResource } from '../resources'
import {
  checkInputs,
  compare,
  isAbsent,
  unknown,
  type Change,
  type Problem,
  type Wire,
} from '../schema'
import { automaticKey, generation, isAutomatic } from './keys'
import type { Ledger } from './ledger'

/** Where a set of inputs stands: which resource it is for, and what that had before. */
export interface Standing {
  /** Says which resource of which program this is; keys are derived from it. */
  seed?: string | undefined
  /** The inputs of the object that exists, if one does. */
  before?: Wire | undefined
}

/** Inputs as the plan shows them, the provider's own choices included. No network. */
export function check(
  definition: SeamResource,
  given: Wire,
  standing: Standing,
  ledger: Ledger,
): { inputs: Wire; problems: Problem[] } {
  const { inputs, problems } = checkInputs(definition, given)
  const { key } = definition
  if (key) ledger.noteKey(standing.before?.[key])
  if (!key || !standing.seed || !isAbsent(inputs[key]) || problems.length > 0) {
    return { inputs, problems }
  }
  return {
    inputs: { ...inputs, [key]: chosenKey(definition, key, inputs, standing, ledger) },
    problems,
  }
}

/** The key it has had, as long as it stays the same object; else a key that no live object has. */
function chosenKey(
  definition: SeamResource,
  key: string,
  inputs: Wire,
  { seed, before }: Standing,
  ledger: Ledger,
): string | typeof unknown {
  const had = before?.[key]
  if (
    before &&
    isAutomatic(had, seed) &&
    compare(definition, before, { ...inputs, [key]: had }).kind !== 'replace'
  ) {
    return had
  }
  const wanted = automaticKey(definition, seed!, inputs)
  return wanted === unknown ? unknown : firstFree(wanted, ledger)
}

/** An object that a replacement is about to delete must not lend its key to its successor. */
export function firstFree(key: string, ledger: Ledger): string {
  for (let number = 1; ; number += 1) {
    const candidate = generation(key, number)
    if (!ledger.isLive(candidate)) return candidate
  }
}

/** What the new inputs mean for the object: the same, an update, or a replacement. No network. */
export function diff(
  definition: SeamResource,
  before: Wire,
  after: Wire,
  seed: string | undefined,
): Change {
  const { key } = definition
  // Where both keys are ours, what made them differ is told by the inputs that they were made from.
  if (key && isAutomatic(before[key], seed) && isAutomatic(after[key], seed)) {
    return compare(definition, without(before, key), without(after, key))
  }
  return compare(definition, before, after)
}

const without = (record: Wire, name: string): Wire => {
  const { [name]: _, ...rest } = record
  return rest
}
