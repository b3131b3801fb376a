import type { SeamResource } from '../resources'
import { className, hint, nameOf, quoted, valueOf, type Wire } from '../schema'
import { echoed } from '../seam'
import { adopted } from './adoption'
import type { Made } from './made'
import { NotOursError } from './errors'
import { idOf } from './found-object'
import type { Session } from './session'

/** The object that a create could not stand beside, and why. */
export interface Obstacle {
  held: Wire
  /** The input in which they meet: the key, or another one that is unique. */
  by: string
  refusal: Error
  /** An answer was lost, so the object may come from this very call. */
  mayBeOurs: boolean
}

/** What holds a value that is unique is somebody's; the program says whether it is adopted. */
export function adoptOrRefuse(
  definition: SeamResource,
  session: Session,
  { held, by, refusal }: Omit<Obstacle, 'mayBeOurs'>,
  inputs: Wire,
): Promise<Made> {
  if (!valueOf(definition, 'adopt', inputs)) throw taken(definition, by, held, refusal)
  return adopted(definition, session, held, inputs)
}

function taken(definition: SeamResource, by: string, held: Wire, refusal: Error): Error {
  const [adopt, adoptId] = (['adopt', 'adoptId'] as const).map((role) =>
    quoted(nameOf(definition, role)!),
  )
  return new NotOursError(
    [
      by === definition.key
        ? `${className(definition.name)} ${idOf(definition, held)} has the key "${echoed(held[by])}" already, and was not created by this program.`
        : `${className(definition.name)} ${idOf(definition, held)} (${echoed(held['display_name'])}) has this ‹${by}› already, and only one can have it.`,
      by === definition.key
        ? `Give another key, set ${adopt} to true to take it over, or delete it first if nobody needs it. If this is to replace it, ${hint('delete-first')}.`
        : `If its resource was renamed, ${hint('tell-rename')}. Else set ${adopt} to true to take it over, or ${adoptId} to its id.`,
      refusal.message.split('\n').at(-1),
    ].join('\n'),
  )
}
