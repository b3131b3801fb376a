import { setTimeout as sleep } from 'node:timers/promises'
import { isGoing, type SeamResource } from '../resources'
import { className, hint, isAbsent, nameOf, quoted, valueOf, type Wire } from '../schema'
import { echoed, isAmbiguous, isConflict, SeamApiError } from '../seam'
import { adoptById } from './adoption'
import { NotOursError } from './errors'
import { idOf, isFromThisCall, mayContinue } from './found-object'
import { automaticKey, generation, isAutomatic, isChosen } from './keys'
import { makeKeyless } from './keyless'
import { continueLeftover } from './leftover'
import { sendable } from './input-subsets'
import type { Made } from './made'
import { firstFree } from './plan/inputs'
import { adoptOrRefuse, type Obstacle } from './refusal'
import type { Session } from './session'
import { takenOver, takeOver } from './takeover'

/** A bound on what can only end early: each turn lost its answer. */
const mostTurns = 12
const longestPause = 10_000
const mostRefusals = 3

/**
 * Makes an object so that a repeated create, after a lost answer or a killed run, continues with the
 * object that the first one made. Looks up by key only after a failure that leaves room for doubt.
 */
export async function makeOnce(
  definition: SeamResource,
  session: Session,
  planned: Wire,
  seed: string | undefined,
): Promise<Made> {
  const { key } = definition
  const id = takenOver(definition, planned)
  const taken =
    id === undefined
      ? await adoptById(definition, session, planned)
      : await takeOver(definition, session, planned, id, seed)
  if (taken) return taken
  if (!key) return makeKeyless(definition, session, planned)
  const inputs = keyed(definition, key, planned, seed)
  if (isAbsent(inputs[key])) return makeKeyless(definition, session, inputs)
  return isOurKey(session, inputs, key, seed)
    ? makeWithOurKey(definition, session, inputs, key)
    : makeWithGivenKey(definition, session, inputs, key)
}

/** What was adopted by its id kept its key; what replaces it needs one. */
const keyed = (
  definition: SeamResource,
  key: string,
  planned: Wire,
  seed: string | undefined,
): Wire =>
  isAbsent(planned[key]) && seed !== undefined && !isAbsent(valueOf(definition, 'adoptId', planned))
    ? { ...planned, [key]: automaticKey(seed) }
    : planned

/** A resource that was renamed keeps the key that it got under its former name, and that is alive. */
const isOurKey = ({ facts }: Session, inputs: Wire, key: string, seed: string | undefined) =>
  isAutomatic(inputs[key], seed) || (isChosen(inputs[key]) && facts.planning.hasKey(inputs[key]))

/** Posts until there is an answer: an object, or what holds its key already. */
export async function attempt(
  definition: SeamResource,
  { seam }: Session,
  inputs: Wire,
): Promise<Made | Obstacle> {
  let mayBeOurs = false
  let refusals = 0
  for (let turn = 1; ; turn += 1) {
    try {
      return { ...(await definition.create(seam, sendable(definition, inputs))), inputs }
    } catch (error) {
      if (turn === mostTurns || !definition.find) throw error
      if (!isAmbiguous(error) && !isConflict(error)) throw error
      // A later turn may be refused because of what this one made after all.
      mayBeOurs ||= isAmbiguous(error)
      const met = await inTheWay(definition, seam, inputs)
      const held = met?.held
      if (met && !isGoing(met.held)) return { ...met, refusal: error as Error, mayBeOurs }
      // An object on its way out keeps its key for a while, and what a lost answer has made shows late.
      if (!isAmbiguous(error)) refusals += 1
      if (!held && refusals > (mayBeOurs ? mostRefusals : refusalsToDoubt(error))) throw error
      await sleep(Math.min(250 * 2 ** turn, longestPause))
    }
  }
}

/** What a conflict names may have gone before it was looked for. */
const refusalsToDoubt = (error: unknown) =>
  error instanceof SeamApiError && error.status === 409 ? 1 : 0

/** The object under the key, or else the one with another value that is unique. */
async function inTheWay(
  { key, find, holder }: SeamResource,
  seam: Session['seam'],
  inputs: Wire,
): Promise<Pick<Obstacle, 'held' | 'by'> | undefined> {
  const held = await find!(seam, String(inputs[key!]))
  if (held) return { held, by: key! }
  const met = await holder?.(seam, inputs)
  // An answer may come from a replica that is behind, so the other one may be the first to show it.
  return met?.held[key!] === inputs[key!] && met ? { ...met, by: key! } : met
}

/** Whether the object comes from this very call, whose answer was lost. */
const isOfThisCall = (
  definition: SeamResource,
  session: Session,
  { held, mayBeOurs }: Obstacle,
  sent: number,
): boolean =>
  // Seam's clock is known only after an answer, so the beginning is reckoned back from now.
  mayBeOurs && isFromThisCall(definition, held, session.seam.now() - (Date.now() - sent))

async function makeWithGivenKey(
  definition: SeamResource,
  session: Session,
  inputs: Wire,
  key: string,
): Promise<Made> {
  const sent = Date.now()
  const outcome = await attempt(definition, session, inputs)
  if ('id' in outcome) return outcome
  const { held, by } = outcome
  const isOurs = by === key && isOfThisCall(definition, session, outcome, sent)
  if (isOurs && mayContinue(definition, session, held, inputs)) {
    return { id: idOf(definition, held), observed: held, inputs }
  }
  // The program's consent is for what nobody holds, not for what is about to be replaced.
  const { facts } = session
  const id = idOf(definition, held)
  const isReplaced =
    by === key && (facts.planning.hasKey(String(inputs[key])) || facts.isLeaving(id))
  if (isReplaced && !(valueOf(definition, 'adopt', inputs) && facts.isFree(id))) {
    throw mustGoFirst(definition, key, held)
  }
  return adoptOrRefuse(definition, session, outcome, inputs)
}

async function makeWithOurKey(
  definition: SeamResource,
  session: Session,
  planned: Wire,
  key: string,
): Promise<Made> {
  const { facts } = session
  const wanted = String(planned[key])
  // A live object under the key is about to be replaced: its successor takes another generation.
  const isReplacement = facts.planning.hasKey(wanted)
  for (let turn = 1; turn <= mostTurns; turn += 1) {
    // A plan of another process may know of a live object that nobody here knows of.
    const name = facts.planning.hasKey(wanted) ? firstFree(wanted, facts) : wanted
    const inputs = { ...planned, [key]: name }
    const sent = Date.now()
    const outcome = await attempt(definition, session, inputs)
    if ('id' in outcome) return outcome
    const { held, by } = outcome
    if (by !== key) {
      const { [key]: _chosen, ...rest } = planned
      return adoptOrRefuse(definition, session, outcome, rest)
    }
    if (
      isOfThisCall(definition, session, outcome, sent) &&
      mayContinue(definition, session, held, inputs)
    ) {
      return { id: idOf(definition, held), observed: held, inputs }
    }
    await facts.planning.untilOver()
    if (facts.planning.hasKey(name)) continue
    const all = await generations(definition, session, wanted)
    const [newest = held, older] = all
    if (isReplacement && name !== wanted && newest[key] === name && !older) {
      // What is replaced has this generation after all, so the key of the plan is free.
      facts.planning.noteKey(name)
      const second = await attempt(definition, session, planned)
      if ('id' in second) return second
      continue
    }
    // Of two, the older one is what the newer one was to replace: the engine knows it.
    if (facts.isFree(idOf(definition, newest))) {
      return continueLeftover(definition, session, newest, { ...planned, [key]: newest[key] })
    }
    // All the others are older: they were replaced before, and are still to be deleted.
    for (const object of [held, ...all]) facts.planning.noteKey(object[key])
  }
  throw new NotOursError(
    `${className(definition.name)} cannot be created: other objects hold "${wanted}" and the keys after it. Delete those that nobody needs, or give a key of your own.`,
  )
}

const mostGenerations = 4

/** What stands under the generations of a key, the newest first. */
async function generations(
  definition: SeamResource,
  { seam }: Session,
  key: string,
): Promise<Wire[]> {
  const names = Array.from({ length: mostGenerations }, (_, at) => generation(key, at + 1))
  const objects = await Promise.all(names.map((name) => definition.find!(seam, name)))
  return objects
    .filter((object) => object !== undefined)
    .filter((object) => !isGoing(object))
    .sort((one, other) => createdAt(definition, other) - createdAt(definition, one))
}

const createdAt = (definition: SeamResource, object: Wire) =>
  Date.parse(String(valueOf(definition, 'createdAt', object)))

const mustGoFirst = (definition: SeamResource, key: string, held: Wire) =>
  new NotOursError(
    [
      `${className(definition.name)} ${idOf(definition, held)} has to go before its replacement can have the key "${echoed(held[key])}".`,
      `Leave the key out, and the provider chooses keys that can stand side by side; or ${hint('delete-first')}.`,
      `If an interrupted run has left it, set ${quoted(nameOf(definition, 'adopt')!)} to true to take it over.`,
    ].join('\n'),
  )
