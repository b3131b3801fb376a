import type { SeamResource } from '../resources'
import { className, type Wire } from '../schema'
import type { Made } from './create'
import { NotOursError } from './errors'
import { differencesForGood, idOf } from './held'
import type { Session } from './session'

/** The object that is there, as what a create has made. */
export const continued = (definition: SeamResource, held: Wire, inputs: Wire): Made => ({
  id: idOf(definition, held),
  observed: held,
  inputs,
  isContinued: true,
})

/** For how long an object without a state may still be what an interrupted run left behind. */
const recent = 24 * 60 * 60 * 1000

/**
 * What a run that was interrupted left behind under an automatic key: the wanted object itself, or
 * one that was wanted before the program was edited, which nobody's state knows and which goes.
 *
 * @returns nothing when the key is free now, or somebody in this process has the object after all
 */
export async function continueOrDiscard(
  definition: SeamResource,
  session: Session,
  held: Wire,
  inputs: Wire,
): Promise<Made | undefined> {
  const id = idOf(definition, held)
  if (!session.ledger.isFree(id)) {
    session.ledger.noteKey(held[definition.key!])
    return undefined
  }
  const differences = await differencesForGood(definition, session, held, inputs)
  if (differences.length === 0) return continued(definition, held, inputs)
  if (session.seam.now() - Date.parse(String(held['created_at'])) > recent) {
    throw new NotOursError(
      [
        `${className(definition.name)} ${id} has the key of this resource ("${String(held[definition.key!])}"), differs in what cannot be changed, and is in no state of this program.`,
        'Another stack of the same name may have made it: give a key of your own. Or delete it if nobody needs it.',
      ].join('\n'),
    )
  }
  await definition.remove(session.seam, id, held)
  return undefined
}
