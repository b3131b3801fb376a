import { setTimeout as sleep } from 'node:timers/promises'
import type { SeamResource } from '../resources'
import { className, compare, inputsOf, isOver, quoted, valueOf, type Wire } from '../schema'
import { SeamIacError } from '../seam'
import { expired, knownFrom } from './kept'
import type { Session } from './session'
import type { Stored } from './stored'

const readings = 4

/** Reads until the write shows: an answer may come from a replica that has not seen it yet. */
export async function readBack(
  definition: SeamResource,
  session: Session,
  { id, inputs: before, outputs }: Stored,
  after: Wire,
  changed: ReadonlySet<string>,
): Promise<Wire> {
  for (let reading = 1; ; reading += 1) {
    const observed = await definition.observe(session.seam.fresh, id, knownFrom(outputs, after))
    const missing = observed ? notTaken(definition, before, after, observed, changed) : []
    if (observed && missing.length === 0) return observed
    // What vanished after its end has ended.
    if (!observed && isOver(definition, after)) {
      await session.assertWorkspace(valueOf(definition, 'workspace', outputs))
      return { ...outputs, ...expired(definition) }
    }
    if (reading === readings) {
      if (observed) throw ignored(definition, id, missing)
      await session.assertWorkspace(valueOf(definition, 'workspace', outputs))
      throw gone(definition, id)
    }
    await sleep(250 * 2 ** reading)
  }
}

export const gone = (definition: SeamResource, id: string) =>
  new SeamIacError(
    `${className(definition.name)} ${id} is gone: somebody deleted it. Refresh the state, and the next deployment creates it again.`,
  )

/** The changed inputs that Seam answers in their old state. */
function notTaken(
  definition: SeamResource,
  before: Wire,
  after: Wire,
  observed: Wire,
  changed: ReadonlySet<string>,
): string[] {
  const now = inputsOf(definition.fields, observed, after)
  const difference = compare(definition, now, after)
  if (difference.kind === 'same') return []
  const isOld = (name: string) => {
    const field = definition.fields[name]!
    return compare({ fields: { [name]: field } }, before, now).kind === 'same'
  }
  return difference.changed.filter((name) => changed.has(name) && isOld(name))
}

export const ignored = (definition: SeamResource, id: string, names: string[]) =>
  new SeamIacError(
    `Seam answered ok, but ${className(definition.name)} ${id} does not show the change of ${names.map(quoted).join(', ')}. Run the deployment again; if it stays so, ask Seam's support.`,
  )
