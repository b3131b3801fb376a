import { setTimeout as sleep } from 'node:timers/promises'
import type { SeamResource } from '../resources'
import { className, compare, inputsOf, isAbsent, type Wire } from '../schema'
import { isAmbiguous, isConflict } from '../seam'
import { NotOursError } from './errors'
import { isAutomatic } from './keys'
import { firstFree } from './plan'
import type { Session } from './session'

interface Made {
  id: string
  observed?: Wire
  /** The inputs it was made with: its key may be of a later generation than the plan's. */
  inputs: Wire
  /** An earlier try made it, perhaps with other values of what can be changed in place. */
  isContinued?: boolean
}

/** A bound on what can only end early: each turn met another live object, or lost its answer. */
const mostTurns = 12
const longestPause = 10_000

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
  const isOurs = key !== undefined && isAutomatic(planned[key], seed)
  let inputs = isOurs
    ? { ...planned, [key]: firstFree(String(planned[key]), session.ledger) }
    : planned
  const began = Date.now()
  let mayBeOurs = isOurs
  for (let turn = 1; ; turn += 1) {
    try {
      return { ...(await definition.create(session.seam, inputs)), inputs }
    } catch (error) {
      if (!key || isAbsent(inputs[key]) || !definition.find || turn === mostTurns) throw error
      if (!isAmbiguous(error) && !isConflict(error)) throw error
      // A later turn may be refused because of what this one made after all.
      mayBeOurs ||= isAmbiguous(error)
      const held = await definition.find(session.seam, String(inputs[key]))
      if (held) {
        const isFresh = isOurs || madeSince(held, began)
        if (mayBeOurs && isFresh && continues(definition, session, held, inputs)) {
          return { id: idOf(definition, held), observed: held, inputs, isContinued: true }
        }
        if (!isOurs) throw taken(definition, key, held, error as Error)
        session.ledger.noteKey(inputs[key])
        inputs = { ...inputs, [key]: firstFree(String(planned[key]), session.ledger) }
      } else if (!isAmbiguous(error)) throw error
      else await sleep(Math.min(250 * 2 ** turn, longestPause))
    }
  }
}

const idOf = (definition: SeamResource, object: Wire) => String(object[definition.id])

/** Clocks differ; a minute is far longer than one request and far shorter than a habit. */
const madeSince = (held: Wire, began: number) =>
  Date.parse(String(held['created_at'])) > began - 60_000

/** Whether an interrupted create of these inputs would have left this object behind. */
const continues = (definition: SeamResource, { ledger }: Session, held: Wire, inputs: Wire) =>
  !ledger.isBound(idOf(definition, held)) &&
  compare(definition, inputsOf(definition.fields, held, inputs), inputs).kind !== 'replace'

const taken = (definition: SeamResource, key: string, held: Wire, refusal: Error) =>
  new NotOursError(
    [
      `${className(definition.name)} ${idOf(definition, held)} has the key "${String(held[key])}" already, and was not made by this program.`,
      'Give another key, or delete that object first if nobody needs it.',
      refusal.message.split('\n').at(-1),
    ].join('\n'),
  )
