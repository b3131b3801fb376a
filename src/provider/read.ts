import { newTroubles, type SeamResource } from '../resources'
import { inputsOf, isOver, valueOf, type Wire } from '../schema'
import { naming } from './errors'
import { remembered } from './input-subsets'
import { expired, kept, knownFrom, workspaceOf } from './kept'
import { hideSecrets } from './secrets'
import type { Session } from './session'
import type { Stored } from './stored'

/** Reads the object, and the inputs that would declare it as it is; nothing when it is gone. */
export async function read(
  definition: SeamResource,
  session: Session,
  id: string,
  last?: { inputs: Wire; outputs: Wire },
): Promise<Stored | undefined> {
  const known = last && knownFrom(last.outputs, last.inputs)
  if (last) hideSecrets(definition.fields, last.inputs)
  session.facts.planning.noteStored(id)
  const observed = await definition
    .observe(session.seam.remembered, id, known)
    .catch((error: unknown) => {
      throw naming(definition, id, error)
    })
  if (observed) {
    const own = last ? remembered(definition, last.outputs) : await workspaceOf(definition, session)
    const inputs = inputsOf(definition.fields, observed, last?.inputs)
    return noticing(session, kept(definition, id, observed, inputs, own), last?.outputs ?? {})
  }
  await session.assertWorkspace(last && valueOf(definition, 'workspace', last.outputs))
  // What vanished after its end has ended: that is no drift, and nothing to make again.
  if (!last || !isOver(definition, last.inputs)) return undefined
  return { id, inputs: last.inputs, outputs: { ...last.outputs, ...expired(definition) } }
}

/** Adds what Seam says of the object now and has not said before. */
export async function noticing({ seam }: Session, done: Stored, before: Wire): Promise<Stored> {
  const troubles = await newTroubles(seam.remembered, done.outputs, before)
  return { ...done, notices: [...(done.notices ?? []), ...troubles] }
}
