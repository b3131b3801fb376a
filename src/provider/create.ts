import { setTimeout as sleep } from 'node:timers/promises'
import { isGoing, type SeamResource } from '../resources'
import { className, isAbsent, type Wire } from '../schema'
import { echoed, isAmbiguous, isConflict } from '../seam'
import { adoptById, adopted } from './adoption'
import { NotOursError } from './errors'
import { idOf, isFromThisCall, mayContinue } from './held'
import { automaticKey, generation, isAutomatic, isChosen, numberOf } from './keys'
import { makeKeyless } from './keyless'
import { continueLeftover } from './leftover'
import { sendable } from './local'
import { firstFree } from './plan'
import type { Session } from './session'
import { takenOver, takeOver } from './takeover'

/** An object that a create has bound. */
export interface Made {
  id: string
  observed?: Wire
  /** The inputs it was made with: its key may be of another generation than the plan's. */
  inputs: Wire
  /** Made before this call, so that it may differ in whatever can be changed in place. */
  isContinued?: boolean
  /** Made by somebody else, and taken over because the program says so. */
  isAdopted?: boolean
  notices?: string[]
}

/** The object that a create could not stand beside, and why. */
export interface Held {
  held: Wire
  /** The input in which they meet: the key, or another one that is unique. */
  by: string
  refusal: Error
  /** An answer was lost, so the object may come from this very call. */
  mayBeOurs: boolean
}

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
  const inputs = keyed(key, planned, seed)
  if (isAbsent(inputs[key])) return makeKeyless(definition, session, inputs)
  return isOurKey(inputs, key, seed)
    ? makeWithOurKey(definition, session, inputs, key)
    : makeWithGivenKey(definition, session, inputs, key)
}

/** What was adopted by its id kept its key; what replaces it needs one. */
const keyed = (key: string, planned: Wire, seed: string | undefined): Wire =>
  isAbsent(planned[key]) && seed !== undefined && !isAbsent(planned['adopt_id'])
    ? { ...planned, [key]: automaticKey(seed) }
    : planned

const isOurKey = (inputs: Wire, key: string, seed: string | undefined) =>
  isAutomatic(inputs[key], seed) || (isChosen(inputs[key]) && !inputs['adopt'])

/** Posts until there is an answer: an object, or what holds its key already. */
export async function attempt(
  definition: SeamResource,
  { seam }: Session,
  inputs: Wire,
): Promise<Made | Held> {
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
      if (!held && refusals > (mayBeOurs ? mostRefusals : 0)) throw error
      await sleep(Math.min(250 * 2 ** turn, longestPause))
    }
  }
}

/** The object under the key, or else the one with another value that is unique. */
async function inTheWay(
  { key, find, holder }: SeamResource,
  seam: Session['seam'],
  inputs: Wire,
): Promise<Pick<Held, 'held' | 'by'> | undefined> {
  const held = await find!(seam, String(inputs[key!]))
  if (held) return { held, by: key! }
  const met = await holder?.(seam, inputs)
  // An answer may come from a replica that is behind, so the other one may be the first to show it.
  return met?.held[key!] === inputs[key!] && met ? { ...met, by: key! } : met
}

/** Whether the object comes from this very call, whose answer was lost. */
const isOfThisCall = (session: Session, { held, mayBeOurs }: Held, sent: number): boolean =>
  // Seam's clock is known only after an answer, so the beginning is reckoned back from now.
  mayBeOurs && isFromThisCall(held, session.seam.now() - (Date.now() - sent))

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
  const isOurs = by === key && isOfThisCall(session, outcome, sent)
  if (isOurs && mayContinue(definition, session, held, inputs)) {
    return { id: idOf(definition, held), observed: held, inputs }
  }
  // The program's consent is for what nobody holds, not for what is about to be replaced.
  const { ledger } = session
  const isReplaced = by === key && ledger.isLive(String(inputs[key]))
  if (isReplaced && !(inputs['adopt'] && ledger.isFree(idOf(definition, held)))) {
    throw mustGoFirst(definition, key, held)
  }
  return adoptOrRefuse(definition, session, outcome, inputs)
}

/** What holds a value that is unique is somebody's; the program says whether it is adopted. */
function adoptOrRefuse(
  definition: SeamResource,
  session: Session,
  { held, by, refusal }: Held,
  inputs: Wire,
): Promise<Made> {
  if (!inputs['adopt']) throw taken(definition, by, held, refusal)
  return adopted(definition, session, held, inputs)
}

async function makeWithOurKey(
  definition: SeamResource,
  session: Session,
  planned: Wire,
  key: string,
): Promise<Made> {
  const { ledger } = session
  const wanted = String(planned[key])
  // A live object under the key is about to be replaced: its successor takes another generation.
  const isReplacement = ledger.isLive(wanted)
  for (let turn = 1; turn <= mostTurns; turn += 1) {
    const name = firstFree(wanted, ledger)
    const inputs = { ...planned, [key]: name }
    const sent = Date.now()
    const outcome = await attempt(definition, session, inputs)
    if ('id' in outcome) return outcome
    const { held, by } = outcome
    if (by !== key) {
      const { [key]: _chosen, ...rest } = planned
      return adoptOrRefuse(definition, session, outcome, rest)
    }
    if (isOfThisCall(session, outcome, sent) && mayContinue(definition, session, held, inputs)) {
      return { id: idOf(definition, held), observed: held, inputs }
    }
    await ledger.quiet()
    if (ledger.isLive(name)) continue
    const [newest = held, older] = await generations(definition, session, wanted)
    if (isReplacement && name !== wanted && newest[key] === name && !older) {
      // What is replaced has this generation after all, so the key of the plan is free.
      ledger.noteKey(name)
      const second = await attempt(definition, session, planned)
      if ('id' in second) return second
      continue
    }
    // Of two, the older one is what the newer one was to replace: the engine knows it.
    if (ledger.isFree(idOf(definition, newest))) {
      return continueLeftover(definition, session, newest, { ...planned, [key]: newest[key] })
    }
    ledger.noteKey(newest[key])
  }
  throw new NotOursError(
    `${className(definition.name)} cannot be made: other objects hold "${wanted}" and the keys after it. Delete those that nobody needs, or give a key of your own.`,
  )
}

const mostGenerations = 3

/** What stands under a key and the generations after it, the newest first. */
async function generations(
  definition: SeamResource,
  { seam }: Session,
  key: string,
): Promise<Wire[]> {
  const first = numberOf(key)
  const names = Array.from({ length: mostGenerations }, (_, at) => generation(key, first + at))
  const objects = await Promise.all(names.map((name) => definition.find!(seam, name)))
  return objects
    .filter((object) => object !== undefined)
    .filter((object) => !isGoing(object))
    .sort((one, other) => createdAt(other) - createdAt(one))
}

const createdAt = (object: Wire) => Date.parse(String(object['created_at']))

const taken = (definition: SeamResource, by: string, held: Wire, refusal: Error) =>
  new NotOursError(
    [
      by === definition.key
        ? `${className(definition.name)} ${idOf(definition, held)} has the key "${echoed(held[by])}" already, and was not made by this program.`
        : `${className(definition.name)} ${idOf(definition, held)} (${echoed(held['display_name'])}) has this ‹${by}› already, which is unique in the workspace.`,
      by === definition.key
        ? 'Give another key, set ‹adopt› to true to take it over, or delete it first if nobody needs it.'
        : 'If its resource was renamed, give the new one the option aliases with the old name. Else set ‹adopt› to true to take it over, or ‹adopt_id› to its id.',
      refusal.message.split('\n').at(-1),
    ].join('\n'),
  )

const mustGoFirst = (definition: SeamResource, key: string, held: Wire) =>
  new NotOursError(
    [
      `${className(definition.name)} ${idOf(definition, held)} has to go before its replacement can have the key "${echoed(held[key])}".`,
      'Set the resource option deleteBeforeReplace to true, or leave the key out: then the provider chooses keys that can stand side by side.',
      'If an interrupted run has left it, set ‹adopt› to true to take it over.',
    ].join('\n'),
  )
