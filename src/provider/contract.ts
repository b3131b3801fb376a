import type { SeamResource } from '../resources'
import {
  checkInputs,
  isAbsent,
  unknown,
  valueOf,
  type Change,
  type Problem,
  type Wire,
} from '../schema'
import type { Fact } from './facts'
import { automaticKey } from './keys'
import { create, update } from './lifecycle'
import { planChange, type Identity } from './plan/change'
import { planInputs, rivalProblems } from './plan/inputs'
import { knownOutputs, plannedOutputs } from './plan/outputs'
import { survey } from './plan/survey'
import { remove } from './removal'
import type { Session } from './session'
import type { Stored } from './stored'
import type { OnProgress } from './waiting'

/** What an engine asks of a plan. */
export interface PlanRequest {
  readonly definition: SeamResource
  /** The inputs as the program gives them, `unknown` where only a deployment will tell. */
  readonly given: Wire
  /** The object that the engine has, if it has one. */
  readonly stored?: Stored | undefined
  readonly identity: Identity
  /** The names of what the program leaves to others. */
  readonly ignored?: ReadonlySet<string>
}

export interface Planned {
  /** The inputs in their one spelling, the provider's own choices included. */
  readonly inputs: Wire
  /** The outputs, each of them known or `unknown`; inputs are spelled as they were given. */
  readonly outputs: Wire
  readonly change: Change | { readonly kind: 'create' }
  /** What makes the inputs unusable; nothing else of the plan means anything then. */
  readonly problems: readonly Problem[]
  /** What people should know before they agree. */
  readonly notices: readonly string[]
  /** What a process that applies this plan too records. */
  readonly facts: readonly Fact[]
}

/** Inputs in their one spelling, however they were given and stored. */
const canonical = (definition: SeamResource, inputs: Wire): Wire => ({
  ...foundOut(definition, inputs),
  ...checkInputs(definition, inputs).inputs,
})

/** What an earlier plan has found out: no program gives it, so a check does not know it. */
const foundOut = ({ fields }: SeamResource, inputs: Wire): Wire =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => fields[name]?.marks.planned))

/** Inputs with those that the program gives in its own spelling. */
const asGiven = (given: Wire, inputs: Wire): Wire => ({
  ...inputs,
  ...Object.fromEntries(
    Object.entries(given).filter(([name, value]) => name in inputs && !isAbsent(value)),
  ),
})

/**
 * What a program's inputs mean. It changes nothing, here or in Seam, and may be asked any number of
 * times, in any process; it makes calls only for a resource with a survey.
 */
export async function plan(request: PlanRequest, session: Session): Promise<Planned> {
  const { definition, given, stored, identity, ignored } = request
  const before = stored && canonical(definition, stored.inputs)
  const { seed, isLate } = identity
  const again = isLate ? { last: stored?.outputs } : undefined
  const standing = { seed, before, isLate, again, ...(ignored && { ignored }) }
  const checked = planInputs(definition, given, standing, session.facts)
  const base = { problems: checked.problems, facts: checked.facts }
  if (checked.problems.length > 0) {
    return { ...base, inputs: checked.inputs, outputs: {}, change: { kind: 'create' }, notices: [] }
  }
  const found = await survey(definition, session, checked.inputs, standing)
  const { inputs } = found
  const spelled = asGiven(given, inputs)
  if (!stored || !before) {
    const change = { kind: 'create' } as const
    const outputs = plannedOutputs(definition.fields, spelled, change)
    return { ...base, inputs, outputs, change, notices: found.notices }
  }
  const held = { ...stored, inputs: before }
  const { change, notices, facts } = planChange(definition, held, inputs, identity, session.facts)
  return {
    ...base,
    inputs,
    outputs: plannedOutputs(definition.fields, spelled, change, stored.outputs),
    change,
    notices: [...found.notices, ...notices],
    facts: [...base.facts, ...facts],
  }
}

/**
 * Records what a plan has found out, for those that come after it. Another one may have recorded a
 * claim to the same thing since this one was made: then nothing is recorded, and the problem is answered.
 */
export function record(
  definition: SeamResource,
  { facts: known }: Session,
  { facts }: Pick<Planned, 'facts'>,
): readonly Problem[] {
  const claims = facts.filter((fact) => fact.fact === 'claim')
  const problems = claims.flatMap((claim) => rivalProblems(definition, claim, known))
  if (problems.length === 0) known.planning.record(facts)
  return problems
}

/** What an engine asks to be carried out. */
export interface ApplyRequest {
  readonly definition: SeamResource
  /** The inputs as the program gives them, all of them known; left out where the object goes. */
  readonly given: Wire | undefined
  readonly stored?: Stored | undefined
  readonly identity: Identity
  /** What the plan said, which may have been made in another process. */
  readonly planned?: Pick<Planned, 'inputs' | 'outputs'>
}

export interface Applied {
  /** The object as it now is; nothing where it is gone. */
  readonly stored?: Stored
  /** What people should know of what was done. */
  readonly notices: readonly string[]
}

/**
 * Carries out a plan: creates, updates or deletes. Every output that the plan knew is answered as the
 * plan said; what others have changed meanwhile is found by the next read. A replacement is a deletion
 * and a creation, in the order that the plan said.
 *
 * @throws PartialFailure where the object exists and is not as declared; its stage says how far it is
 */
export async function apply(
  { definition, given, stored, identity, planned }: ApplyRequest,
  session: Session,
  onProgress?: OnProgress,
): Promise<Applied> {
  const { seed } = identity
  if (!given) {
    if (!stored) return { notices: [] }
    return { notices: await remove(definition, session, stored.id, stored.outputs, seed) }
  }
  const inputs = { ...chosen(definition, planned?.inputs), ...canonical(definition, given) }
  const before = stored && { ...stored, inputs: canonical(definition, stored.inputs) }
  const done = before
    ? await update(definition, session, before, inputs, seed, onProgress)
    : await create(definition, session, withKey(definition, inputs, seed), seed, onProgress)
  const outputs = planned ? asPlanned(done.outputs, planned.outputs) : done.outputs
  const now = { id: done.id, inputs: asGiven(given, done.inputs), outputs }
  return { stored: now, notices: done.notices ?? [] }
}

/** What adopts an object by its id keeps the key that it has. */
function withKey(definition: SeamResource, inputs: Wire, seed: string | undefined): Wire {
  const { key } = definition
  const isOwn = key && seed !== undefined && isAbsent(inputs[key])
  return isOwn && isAbsent(valueOf(definition, 'adoptId', inputs))
    ? { ...inputs, [key]: automaticKey(seed) }
    : inputs
}

/** Outputs of which none is another one than the plan said, or one that it did not say. */
const asPlanned = (outputs: Wire, planned: Wire): Wire => ({
  ...Object.fromEntries(Object.entries(outputs).filter(([name]) => name in planned)),
  ...knownOutputs(planned),
})

/** What a plan has chosen or found out beside what the program gives. */
const chosen = ({ fields, key }: SeamResource, inputs: Wire = {}): Wire =>
  Object.fromEntries(
    Object.entries(inputs).filter(
      ([name, value]) => value !== unknown && (name === key || fields[name]?.marks.planned),
    ),
  )
