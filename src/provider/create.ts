import { setTimeout as sleep } from 'node:timers/promises'
import { isGoing, type SeamResource } from '../resources'
import { className, isAbsent, type Wire } from '../schema'
import { echoed, isAmbiguous, isConflict } from '../seam'
import { NotOursError } from './errors'
import { differencesForGood, idOf, isFromThisCall, mayContinue } from './held'
import { generation, isAutomatic } from './keys'
import { makeKeyless } from './keyless'
import { continued, continueOrDiscard } from './leftover'
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
  /** Made earlier, perhaps with other values of what can be changed in place. */
  isContinued?: boolean
  /** Made by somebody else, and taken over because the program says so. */
  isAdopted?: boolean
  notices?: string[]
}

/** The object under a key that a create could not have, and why. */
export interface Held {
  held: Wire
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
    id === undefined ? undefined : await takeOver(definition, session, planned, id, seed)
  if (taken) return taken
  if (!key || isAbsent(planned[key])) return makeKeyless(definition, session, planned)
  return isAutomatic(planned[key], seed)
    ? makeWithOurKey(definition, session, planned, key)
    : makeWithGivenKey(definition, session, planned, key)
}

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
      const held = await definition.find(seam, String(inputs[definition.key!]))
      if (held && !isGoing(held)) return { held, refusal: error as Error, mayBeOurs }
      // An object on its way out keeps its key for a while, and what a lost answer has made shows late.
      if (!isAmbiguous(error)) refusals += 1
      if (!held && refusals > (mayBeOurs ? mostRefusals : 0)) throw error
      await sleep(Math.min(250 * 2 ** turn, longestPause))
    }
  }
}

async function makeWithGivenKey(
  definition: SeamResource,
  session: Session,
  inputs: Wire,
  key: string,
): Promise<Made> {
  const sent = Date.now()
  const outcome = await attempt(definition, session, inputs)
  if ('id' in outcome) return outcome
  const { held, refusal, mayBeOurs } = outcome
  // Seam's clock is known only after an answer, so the beginning is reckoned back from now.
  const began = session.seam.now() - (Date.now() - sent)
  const isOurs = mayBeOurs && isFromThisCall(held, began)
  if (isOurs && mayContinue(definition, session, held, inputs)) {
    return continued(definition, held, inputs)
  }
  // The program's consent is for what nobody holds, not for what is about to be replaced.
  const { ledger } = session
  const isReplaced = ledger.isLive(String(inputs[key]))
  if (isReplaced && !(inputs['adopt'] && ledger.isFree(idOf(definition, held)))) {
    throw mustGoFirst(definition, key, held)
  }
  if (!inputs['adopt']) throw taken(definition, key, held, refusal)
  const fixed = await differencesForGood(definition, session, held, inputs)
  if (fixed.length > 0) throw cannotAdopt(definition, held, fixed)
  return { ...continued(definition, held, inputs), isAdopted: true }
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
    const outcome = await attempt(definition, session, inputs)
    if ('id' in outcome) return outcome
    await ledger.quiet()
    if (ledger.isLive(name)) continue
    const [leftover, older] = await generations(definition, session, wanted)
    if (isReplacement && name !== wanted && leftover?.[key] === name && !older) {
      // What is replaced has this generation after all, so the key of the plan is free.
      ledger.noteKey(name)
      const second = await attempt(definition, session, planned)
      if ('id' in second) return second
      continue
    }
    // Of two, the older one is what the newer one was to replace: the engine knows it.
    const left = leftover ?? outcome.held
    const leftInputs = { ...planned, [key]: left[key] }
    const found = await continueOrDiscard(definition, session, left, leftInputs)
    if (found) return found
    const again = ledger.isLive(String(left[key]))
      ? undefined
      : await attempt(definition, session, leftInputs)
    if (again && 'id' in again) return again
  }
  throw new NotOursError(
    `${className(definition.name)} cannot be made: other objects hold "${wanted}" and the keys after it. Delete those that nobody needs, or give a key of your own.`,
  )
}

const mostGenerations = 3

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
    .sort((one, other) => createdAt(other) - createdAt(one))
}

const createdAt = (object: Wire) => Date.parse(String(object['created_at']))

const taken = (definition: SeamResource, key: string, held: Wire, refusal: Error) =>
  new NotOursError(
    [
      `${className(definition.name)} ${idOf(definition, held)} has the key "${echoed(held[key])}" already, and was not made by this program.`,
      'Give another key, set ‹adopt› to true to take it over, or delete it first if nobody needs it.',
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

const cannotAdopt = (definition: SeamResource, held: Wire, names: string[]) =>
  new NotOursError(
    `${className(definition.name)} ${idOf(definition, held)} cannot be adopted: it differs in ${names.map((name) => `‹${name}›`).join(', ')}, which cannot be changed.\nDeclare it as it is, or give another key.`,
  )
