import type { SeamResource } from '../../resources'
import {
  checkInputs,
  className,
  compare,
  isAbsent,
  isOver,
  nameOf,
  valueOf,
  type Again,
  type Problem,
  type Wire,
} from '../../schema'
import type { Fact, Facts } from '../facts'
import { automaticKey, generation, isChosen } from '../keys'

/** Where a set of inputs stands: which resource it is for, and what that had before. */
export interface Standing {
  /** Says which resource of which program this is; keys are derived from it. */
  seed?: string | undefined
  /** The inputs of the object that exists, if one does. */
  before?: Wire | undefined
  /** The names of inputs and plans that the program leaves to others once there is an object. */
  ignored?: ReadonlySet<string>
  /** Whether the key is chosen when the object is created. */
  isLate?: boolean | undefined
  /** For an engine that plans again where it applies. */
  again?: Again | undefined
}

export interface PlannedInputs {
  readonly inputs: Wire
  readonly problems: Problem[]
  readonly facts: readonly Fact[]
}

/** Inputs as the plan shows them, the provider's own choices included. It changes nothing, and makes no call. */
export function planInputs(
  definition: SeamResource,
  given: Wire,
  standing: Standing,
  known: Facts,
): PlannedInputs {
  const { inputs, problems } = checkInputs(definition, given)
  const expiry = nameOf(definition, 'expiry')
  const isNew = !standing.before && problems.every(({ path }) => path[0] !== expiry)
  if (isNew && isOver(definition, inputs)) {
    problems.push({ path: [expiry!], reason: 'is in the past: it would have ended already' })
  }
  const { key } = definition
  const had = key && standing.before?.[key]
  const facts: Fact[] = [
    { fact: 'activity' },
    ...(typeof had === 'string' ? [{ fact: 'key', key: had } as const] : []),
  ]
  if (problems.length > 0) return { inputs, problems, facts }
  const claim = claimOf(definition, inputs, standing.seed)
  problems.push(...(claim ? rivalProblems(definition, claim, known) : []))
  if (claim) facts.push(claim)
  const isChosenNow = key && standing.seed && !standing.isLate
  if (!isChosenNow || !isAbsent(inputs[key]) || problems.length > 0) {
    return { inputs, problems, facts }
  }
  const chosen = chosenKey(definition, key, inputs, standing, known)
  return {
    inputs: { ...inputs, ...(chosen !== undefined && { [key]: chosen }) },
    problems,
    facts,
  }
}

/** The same where one process plans and applies: what was found out is known from now on. */
export function check(
  definition: SeamResource,
  given: Wire,
  standing: Standing,
  known: Facts,
): PlannedInputs {
  const planned = planInputs(definition, given, standing, known)
  known.planning.record(planned.facts)
  return planned
}

type Claim = Extract<Fact, { fact: 'claim' }>

function claimOf(
  definition: SeamResource,
  inputs: Wire,
  seed: string | undefined,
): Claim | undefined {
  const claim = definition.claim?.(inputs)
  if (!claim || !seed || typeof claim.what !== 'string') return undefined
  const claimant = { isWhole: claim.isWhole, by: seed, className: className(definition.name) }
  return { fact: 'claim', what: claim.what, claimant }
}

/** Two resources may share a part of something, but not a part and the whole. */
export function rivalProblems(
  definition: SeamResource,
  { what, claimant }: Claim,
  known: Facts,
): Problem[] {
  const rival = known.planning.rivalOf(what, claimant)
  if (!rival) return []
  const [path] = Object.keys(definition.fields) as [string]
  const reason = `is managed by another ${rival} of this program: one of them would undo what the other one does. Keep one`
  return [{ path: [path], reason }]
}

/**
 * The key it has had, as long as it stays the same object; else a key that no live object has. What
 * is adopted by its id keeps the key that it has in Seam, or has none.
 */
function chosenKey(
  definition: SeamResource,
  key: string,
  inputs: Wire,
  { seed, before }: Standing,
  known: Facts,
): string | undefined {
  const had = before?.[key]
  const stays = (before: Wire) =>
    compare(definition, before, { ...inputs, [key]: had }).kind !== 'replace'
  if (!before && !isAbsent(valueOf(definition, 'adoptId', inputs))) return undefined
  if (before && (isAbsent(had) || isChosen(had)) && stays(before)) return had ?? undefined
  return firstFree(automaticKey(seed!), known, had)
}

/**
 * An object that a replacement is about to delete must not lend its key to its successor.
 *
 * @param had the key of that object, where a plan has just found it out
 */
export function firstFree(key: string, known: Facts, had?: unknown): string {
  for (let number = 1; ; number += 1) {
    const candidate = generation(key, number)
    if (candidate !== had && !known.planning.hasKey(candidate)) return candidate
  }
}
