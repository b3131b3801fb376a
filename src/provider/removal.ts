import { setTimeout as sleep } from 'node:timers/promises'
import type { SeamResource } from '../resources'
import { className, hint, nameOf, quoted, valueOf, type Dependent, type Wire } from '../schema'
import { isNotFound, SeamIacError } from '../seam'
import { isLetGo } from './adoption'
import { naming } from './errors'
import { hideSecrets } from './secrets'
import type { Session } from './session'

/** Takes the object away; one that is gone already is a success. Answers what people should know. */
export async function remove(
  definition: SeamResource,
  session: Session,
  id: string,
  outputs: Wire,
  seed?: string,
): Promise<string[]> {
  const what = `${className(definition.name)} ${id}`
  if (session.facts.planning.hasOtherHolder(id, seed)) {
    return [`${what} stays: another resource of this program has it.`]
  }
  // A replacement that the engine did not announce has found the very object that it should replace.
  if (session.facts.applying.isBound(id)) {
    return [
      `${what} stays as it is: another resource of this run has it now. If it was to be replaced, ${hint('refresh-and-deploy')}, and a new one takes its place.`,
    ]
  }
  const claim = definition.claim?.(outputs)
  const whole = claim && session.facts.planning.wholeOf(String(claim.what), seed)
  if (whole) {
    return [`${what} is let go: ${whole} of this program decides about it from now on.`]
  }
  hideSecrets(definition.fields, outputs)
  if (isLetGo(definition, outputs)) {
    return [
      `${what} was adopted, so it stays in Seam. Set ${quoted(nameOf(definition, 'deleteAdopted')!)} to delete such objects.`,
    ]
  }
  try {
    if (!valueOf(definition, 'deleteCascade', outputs)) {
      await assertHoldsNothing(definition, session, id, outputs)
    }
    const notices = await definition.remove(session.seam, id, outputs, (part) =>
      session.facts.isDeclared(part),
    )
    session.facts.noteDeleted(id)
    return notices ?? []
  } catch (error) {
    if (!isNotFound(error)) throw naming(definition, id, error)
    await session.assertWorkspace(valueOf(definition, 'workspace', outputs))
    session.facts.noteDeleted(id)
    return []
  }
}

/** How often the dependents of a person are looked at, with growing pauses, until they are gone. */
const looks = 5

/** Seam deletes with a person what hangs on them; what this program did not make is not its to lose. */
async function assertHoldsNothing(
  definition: SeamResource,
  { seam, facts }: Session,
  id: string,
  outputs: Wire,
): Promise<void> {
  let dependents: Dependent[]
  for (let look = 1; ; look += 1) {
    const all = (await definition.dependents?.(seam, id, outputs)) ?? []
    // What another resource of this program decides about is no loss that it does not know of.
    dependents = all.filter(({ partOf }) => !partOf || !facts.planning.wholeOf(partOf, undefined))
    if (dependents.length === 0) return
    // What this run has deleted may still show for a while.
    if (!facts.applying.hasDeleted() || look === looks) break
    await sleep(250 * 2 ** look)
  }
  throw new SeamIacError(
    `Deleting ${className(definition.name)} ${id} would delete also: ${dependents.map(({ text }) => text).join('; ')}.\nRemove those first, or set ${quoted(nameOf(definition, 'deleteCascade')!)} to true and deploy that before.`,
  )
}
