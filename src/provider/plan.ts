import type { SeamResource } from '../resources'
import {
  checkInputs,
  className,
  compare,
  isAbsent,
  isOver,
  nameOf,
  quoted,
  unknown,
  valueOf,
  type Change,
  type Problem,
  type Wire,
} from '../schema'
import { automaticKey, generation, isChosen, isChosenTwice } from './keys'
import { redact, SeamIacError } from '../seam'
import type { Ledger } from './ledger'
import { effective } from './local'
import type { Session } from './session'
import { adoptedId, isLetGo } from './adoption'
import { takenOver } from './takeover'

/** Where a set of inputs stands: which resource it is for, and what that had before. */
export interface Standing {
  /** Says which resource of which program this is; keys are derived from it. */
  seed?: string | undefined
  /** The inputs of the object that exists, if one does. */
  before?: Wire | undefined
  /** The names of inputs and plans that the program leaves to others once there is an object. */
  ignored?: ReadonlySet<string>
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
  ledger.stir()
  if (key) ledger.noteKey(standing.before?.[key])
  const expiry = nameOf(definition, 'expiry')
  const isNew = !standing.before && problems.every(({ path }) => path[0] !== expiry)
  if (isNew && isOver(definition, inputs)) {
    problems.push({ path: [expiry!], reason: 'is in the past: it would have ended already' })
  }
  problems.push(...(problems.length > 0 ? [] : claimed(definition, inputs, standing.seed, ledger)))
  if (!key || !standing.seed || !isAbsent(inputs[key]) || problems.length > 0) {
    return { inputs, problems }
  }
  const chosen = chosenKey(definition, key, inputs, standing, ledger)
  return { inputs: { ...inputs, ...(chosen !== undefined && { [key]: chosen }) }, problems }
}

/**
 * Adds what the plan of some resources has to read, and answers what people should know. Where the
 * inputs are not known yet, the deployment finds out.
 */
export async function survey(
  definition: SeamResource,
  session: Session,
  inputs: Wire,
  { before, ignored = new Set() }: Standing,
): Promise<{ inputs: Wire; notices: string[] }> {
  const notices = before ? [] : takeoverNotices(definition, inputs)
  if (!definition.survey || Object.values(inputs).includes(unknown)) return { inputs, notices }
  const { remembered } = session.seam
  const survey = await definition.survey(
    remembered,
    withoutUnknown(inputs),
    before ? ignored : new Set(),
  )
  // Names that the program holds secret stand in what was found as well.
  const found = Object.fromEntries(
    Object.entries(survey.found).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((text) => redact(String(text))) : value,
    ]),
  )
  return { inputs: { ...inputs, ...found }, notices: [...notices, ...survey.notices] }
}

function takeoverNotices(definition: SeamResource, inputs: Wire): string[] {
  const [unmanaged, adopted] = [takenOver(definition, inputs), adoptedId(definition, inputs)]
  const told = (id: string, what: string) => [`${className(definition.name)} ${id} ${what}`]
  if (unmanaged !== undefined) return told(unmanaged, definition.takeover!.about)
  return adopted === undefined ? [] : told(adopted, adoptionNotice(definition))
}

const adoptionNotice = (definition: SeamResource) =>
  `will be adopted: it is brought to what is declared, and destroy lets it go again unless ${quoted(nameOf(definition, 'deleteAdopted')!)} is true.`

/** What does not exist yet is in no list that could be read. */
const withoutUnknown = (inputs: Wire): Wire =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.filter((member) => member !== unknown) : value,
    ]),
  )

/** Two resources may share a part of something, but not a part and the whole. */
function claimed(
  definition: SeamResource,
  inputs: Wire,
  seed: string | undefined,
  ledger: Ledger,
): Problem[] {
  const claim = definition.claim?.(inputs)
  if (!claim || !seed || typeof claim.what !== 'string') return []
  const { what, isWhole } = claim
  const other = ledger.claim(what, {
    isWhole,
    by: seed,
    className: className(definition.name),
  })
  if (!other) return []
  const [path] = Object.keys(definition.fields) as [string]
  const reason = `is managed by another ${other} of this program: one of them would undo what the other one does. Keep one`
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
  ledger: Ledger,
): string | undefined {
  const had = before?.[key]
  const stays = (before: Wire) =>
    compare(definition, before, { ...inputs, [key]: had }).kind !== 'replace'
  if (!before && !isAbsent(valueOf(definition, 'adoptId', inputs))) return undefined
  if (before && (isAbsent(had) || isChosen(had)) && stays(before)) return had ?? undefined
  return firstFree(automaticKey(seed!), ledger)
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
  const isOurs = key && isChosenTwice(before[key], after[key], seed)
  const told = (inputs: Wire) => (isOurs ? without(inputs, key) : inputs)
  const wanted = effective(definition, before, after)
  const change = compare(definition, told(before), told(wanted))
  if (change.kind === 'same' && wanted !== after) {
    const whole = compare(definition, told(before), told(after))
    return whole.kind === 'same' ? change : { kind: 'same', left: whole.changed }
  }
  const expiry = nameOf(definition, 'expiry')!
  const isRevived = change.kind === 'update' && change.changed.includes(expiry)
  if (!isRevived || !isOver(definition, before)) return change
  const reason = 'it has ended, and Seam may keep it no longer'
  return { ...change, kind: 'replace', reasons: [{ name: expiry, reason }] }
}

/**
 * Notes an object of the state as alive. A create of this very run may have continued with it, when
 * a program gives a new resource the old name of one that lives on; then two would hold one object.
 */
export function assertHeldOnce(
  definition: SeamResource,
  { ledger }: Session,
  id: string,
  before: Wire,
  seed?: string,
  formerSeed?: string,
): void {
  ledger.stir()
  ledger.keep(id, seed, formerSeed)
  if (definition.key) ledger.noteKey(before[definition.key])
  if (!ledger.isBound(id)) return
  throw new SeamIacError(
    `${className(definition.name)} ${id} was just taken by a new resource of this program that has its old name. Give the new resource another name, and run pulumi state delete for one of the two.`,
  )
}

/** Destroy lets go what was adopted, so its replacement would leave the old access open beside it. */
function assertReplaceable(definition: SeamResource, id: string, outputs: Wire): void {
  if (!isLetGo(definition, outputs)) return
  throw new SeamIacError(
    `${className(definition.name)} ${id} was adopted, so a replacement would leave it in Seam, and its access open.\nSet ${quoted(nameOf(definition, 'deleteAdopted')!)} to true and deploy that before, or keep what cannot be changed as it is.`,
  )
}

/** The same as `diff`, for an object of the state: it is noted as alive, and as leaving if so. */
export function diffHeld(
  definition: SeamResource,
  session: Session,
  id: string,
  { inputs: before, outputs }: { inputs: Wire; outputs: Wire },
  after: Wire,
  seed: string | undefined,
  formerSeed?: string,
): Change {
  assertHeldOnce(definition, session, id, before, seed, formerSeed)
  const change = otherObject(definition, id, before, after) ?? diff(definition, before, after, seed)
  if (change.kind !== 'replace') return change
  assertReplaceable(definition, id, outputs)
  session.ledger.leave(id)
  return change
}

/** A program that comes to name another object than the one that it has wants that one instead. */
function otherObject(
  definition: SeamResource,
  id: string,
  before: Wire,
  after: Wire,
): Change | undefined {
  // Named before as well, it is the one that this one has replaced.
  const settled = (input: string) => [undefined, null, unknown, id, before[input]]
  const name = [definition.takeover?.input, nameOf(definition, 'adoptId')].find(
    (input) => input && !settled(input).includes(after[input]),
  )
  if (name === undefined) return undefined
  const reasons = [{ name, reason: `it names another object than ${id}` }]
  return { kind: 'replace', changed: [name], reasons, order: 'create-first' }
}

const without = (record: Wire, name: string): Wire => {
  const { [name]: _, ...rest } = record
  return rest
}
