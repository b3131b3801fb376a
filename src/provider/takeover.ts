import { sighted, type SeamResource } from '../resources'
import { nameOf, quoted, className, isAbsent, type Wire } from '../schema'
import { unlessGone } from '../seam'
import type { Made } from './made'
import { NotOursError } from './errors'
import { differencesForGood } from './found-object'
import { isAutomatic, takenOverKey } from './keys'
import { continued } from './leftover'
import type { Session } from './session'

/** The id of what a program takes over for good, where it says so. */
export function takenOver(definition: SeamResource, inputs: Wire): string | undefined {
  const id = definition.takeover && inputs[definition.takeover.input]
  return isAbsent(id) ? undefined : String(id)
}

/**
 * Takes over an object that Seam knows and does not manage, as the program says. What was taken over
 * by an interrupted run is continued; what is being replaced gets a new object in its stead.
 */
export async function takeOver(
  definition: SeamResource,
  session: Session,
  planned: Wire,
  id: string,
  seed: string | undefined,
): Promise<Made | undefined> {
  const { seam, facts } = session
  if (facts.isLeaving(id)) return undefined
  if (!facts.isFree(id) || !facts.applying.beginTakeover(id)) throw isTaken(definition, id)
  const key = definition.key!
  const isOurs = isAutomatic(planned[key], seed)
  const inputs = isOurs ? { ...planned, [key]: takenOverKey(planned[key] as string) } : planned
  const { convert, ...takeover } = definition.takeover!
  const unmanaged = await takeover.look(seam, id)
  if (unmanaged) {
    const { [key]: _set, ...rest } = inputs
    const fixed = await differencesForGood(definition, session, unmanaged, rest)
    if (fixed.length > 0) throw differs(definition, id, fixed)
    // After a lost answer it is managed already, which the next look tells.
    await unlessGone(convert(seam, id, inputs))
  }
  const look = () => definition.observe(seam.fresh, id)
  const observed = await (unmanaged ? sighted(look) : look())
  if (!observed) throw isGone(definition, id)
  // Somebody else may have been quicker.
  if (observed[key] !== inputs[key]) throw isManaged(definition, id)
  return { ...continued(definition, observed, inputs), isAdopted: true }
}

const what = ({ name }: SeamResource, id: string) => `${className(name)} ${id}`

const differs = (definition: SeamResource, id: string, names: string[]) =>
  new NotOursError(
    `${what(definition, id)} cannot be taken over: it differs in ${names.map((name) => `‹${name}›`).join(', ')}, which cannot be changed. Nothing was changed.\nDeclare it as it is.`,
  )

const isTaken = (definition: SeamResource, id: string) =>
  new NotOursError(
    `${what(definition, id)} belongs to another resource of this program, or did under another name.\nRemove one of the two, or leave ‹${definition.takeover!.input}› out to create a new one.`,
  )

const isGone = (definition: SeamResource, id: string) =>
  new NotOursError(
    `There is no ${what(definition, id)} to take over in this workspace.\nCheck the id, or leave ‹${definition.takeover!.input}› out to create a new one.`,
  )

const isManaged = (definition: SeamResource, id: string) =>
  new NotOursError(
    `${what(definition, id)} is managed already, and not by this program.\nSet ${quoted(nameOf(definition, 'adoptId')!)} to its id, or give its key and set ${quoted(nameOf(definition, 'adopt')!)} to true.`,
  )
