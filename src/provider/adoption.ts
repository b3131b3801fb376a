import type { SeamResource } from '../resources'
import { className, isAbsent, nameOf, quoted, unknown, valueOf, type Wire } from '../schema'
import type { Made } from './made'
import { NotOursError } from './errors'
import { differencesForGood, idOf } from './found-object'
import { continued } from './leftover'
import type { Session } from './session'

/** Whether destroy leaves the object in Seam, because it was there before. */
export const isLetGo = (definition: SeamResource, outputs: Wire): boolean =>
  Boolean(valueOf(definition, 'adopted', outputs)) && !valueOf(definition, 'deleteAdopted', outputs)

const adoptIdOf = (definition: SeamResource) => quoted(nameOf(definition, 'adoptId')!)

/** The id of the object that a program adopts, where it names one that is known. */
export function adoptedId(definition: SeamResource, inputs: Wire): string | undefined {
  const id = valueOf(definition, 'adoptId', inputs)
  return isAbsent(id) || id === unknown ? undefined : String(id)
}

/**
 * Adopts the object that the program names by its id: it is compared before it is touched, keeps its
 * key, and is let go by destroy. One that is being replaced gets a new object in its stead.
 */
export async function adoptById(
  definition: SeamResource,
  session: Session,
  inputs: Wire,
): Promise<Made | undefined> {
  const id = adoptedId(definition, inputs)
  if (id === undefined || session.facts.isLeaving(id)) return undefined
  if (session.facts.isDeclared(id)) throw isTaken(definition, id)
  const known = { inputs, outputs: {}, given: new Set(Object.keys(inputs)) }
  const held = await definition.observe(session.seam.fresh, id, known)
  if (!held) throw isGone(definition, id)
  return adopted(definition, session, held, inputs)
}

/** An object that was there before, as what a create has made; nothing of it is changed yet. */
export async function adopted(
  definition: SeamResource,
  session: Session,
  held: Wire,
  inputs: Wire,
): Promise<Made> {
  const fixed = await differencesForGood(definition, session, held, inputs)
  if (fixed.length > 0) throw cannotAdopt(definition, held, fixed)
  return { ...continued(definition, held, inputs), isAdopted: true }
}

const cannotAdopt = (definition: SeamResource, held: Wire, names: string[]) =>
  new NotOursError(
    `${className(definition.name)} ${idOf(definition, held)} cannot be adopted: it differs in ${names.map((name) => `‹${name}›`).join(', ')}, which cannot be changed. Nothing was changed.\nDeclare it as it is, or leave the adoption out to have a new one beside it.`,
  )

const isTaken = (definition: SeamResource, id: string) =>
  new NotOursError(
    `${className(definition.name)} ${id} belongs to another resource of this program, or did under another name.\nRemove one of the two, or leave ${adoptIdOf(definition)} out to have a new one.`,
  )

const isGone = (definition: SeamResource, id: string) =>
  new NotOursError(
    `There is no ${className(definition.name)} ${id} to adopt in this workspace.\nCheck the id, or leave ${adoptIdOf(definition)} out to have a new one.${definition.takeover ? ` One that Seam does not manage is taken over by ‹${definition.takeover.input}›.` : ''}`,
  )
