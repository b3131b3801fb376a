import { sighted, type SeamResource } from '../resources'
import { className, hint, nameOf, quoted, valueOf, type Wire } from '../schema'
import { isAmbiguous, isConflict } from '../seam'
import type { Made } from './made'
import { adopted } from './adoption'
import { NotOursError } from './errors'
import { idOf, isFromThisCall } from './found-object'
import { sendable } from './input-subsets'
import { adoptOrRefuse } from './refusal'
import type { Session } from './session'

/** A bound on what can only end early: each turn lost its answer, and takes some seconds. */
const mostTurns = 8

/**
 * Makes an object that no key tells from others. Seam would make it twice without a word, so an
 * exact twin that is there already is an error; one that appears after a lost answer is ours.
 */
export async function makeKeyless(
  definition: SeamResource,
  session: Session,
  inputs: Wire,
): Promise<Made> {
  const { seam } = session
  const body = sendable(definition, inputs)
  const find = definition.twins === 'none' ? undefined : definition.twins
  const twins = async () =>
    ((await find?.(seam, body)) ?? []).filter((twin) =>
      session.facts.isFree(idOf(definition, twin)),
    )
  const [before, ...more] = await twins()
  if (before) {
    if (!valueOf(definition, 'adopt', inputs) || more.length > 0) {
      throw hasTwin(definition, [before, ...more])
    }
    return adopted(definition, session, before, inputs)
  }
  const began = seam.now()
  for (let turn = 1; ; turn += 1) {
    try {
      return { ...(await definition.create(seam, body)), inputs }
    } catch (error) {
      const met = isConflict(error) ? await definition.holder?.(seam, inputs) : undefined
      if (met) {
        return adoptOrRefuse(definition, session, { ...met, refusal: error as Error }, inputs)
      }
      if (!find || !isAmbiguous(error) || turn === mostTurns) throw error
      // Nothing else keeps it from being made twice, so it is made again only when it stays unseen.
      const ours = await sighted(async () =>
        (await twins()).find((twin) => isFromThisCall(definition, twin, began)),
      )
      if (ours) return { id: idOf(definition, ours), observed: ours, inputs }
    }
  }
}

const hasTwin = (definition: SeamResource, twins: Wire[]) =>
  new NotOursError(
    [
      `Seam has ${className(definition.name)} like this one already: ${twins.map((twin) => idOf(definition, twin)).join(', ')}.`,
      `A run that was interrupted may have left it; ${hint('asked-replacement')}.`,
      twins.length === 1
        ? `Set ${quoted(nameOf(definition, 'adopt')!)} to true to take it over, which destroy then leaves in Seam, or delete it.`
        : `Set ${quoted(nameOf(definition, 'adoptId')!)} to the id of the one that is meant, or delete those that are not needed.`,
    ].join('\n'),
  )
