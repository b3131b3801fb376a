import type { SeamResource } from '../resources'
import { isAbsent, nameOf, outputsOf, type Known, type Wire } from '../schema'
import { redact } from '../seam'
import { naming } from './errors'
import { withoutPlans } from './input-subsets'
import { hideSecrets } from './secrets'
import type { Session } from './session'
import type { Stored } from './stored'

/**
 * An object as an engine keeps it.
 *
 * @param own outputs that Seam does not know
 */
export function kept(
  definition: SeamResource,
  id: string,
  observed: Wire,
  declared: Wire,
  own: Wire = {},
): Stored {
  const inputs = withoutPlans(definition, declared)
  hideSecrets(definition.fields, observed)
  const seen = { ...observed, ...own, [definition.id]: id }
  return { id, inputs, outputs: outputsOf(definition.fields, seen, inputs) }
}

export const adoptedAs = (definition: SeamResource, isAdopted: boolean): Wire => {
  const name = nameOf(definition, 'adopted')
  return name === undefined ? {} : { [name]: isAdopted }
}

/** The workspace, for an object that does not tell it. */
export async function workspaceOf(definition: SeamResource, session: Session): Promise<Wire> {
  const name = nameOf(definition, 'workspace')
  const isTold = name === undefined || !definition.fields[name].marks.remembered
  return isTold ? {} : { [name]: await session.workspaceId() }
}

export const expired = (definition: SeamResource): Wire => ({
  [nameOf(definition, 'expired')!]: true,
})

export const knownFrom = (outputs: Wire, inputs: Wire): Known => ({
  outputs,
  inputs,
  given: new Set(Object.keys(inputs).filter((name) => !isAbsent(inputs[name]))),
})

export const messageOf = (definition: SeamResource, id: string, error: unknown) => {
  const named = naming(definition, id, error)
  return redact(named instanceof Error ? named.message : String(named))
}
