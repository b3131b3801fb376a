import type { SeamResource } from '../resources'
import { compare, isAbsent, isWire, patchOf, type Edit, type Wire } from '../schema'
import { isNotFound } from '../seam'
import { PartialFailure } from './errors'
import { effective, remembered, sendable, withoutPlans } from './input-subsets'
import { isChosenTwice } from './keys'
import { kept, messageOf } from './kept'
import { read } from './read'
import { gone, readBack } from './read-back'
import { hideSecrets } from './secrets'
import type { Session } from './session'
import type { Stored } from './stored'

/** Sends what differs, and reads back what came of it. */
export async function change(
  definition: SeamResource,
  session: Session,
  last: Stored,
  planned: Wire,
  seed?: string,
): Promise<Stored> {
  const { id, inputs: before, outputs } = last
  const wanted = effective(definition, before, planned)
  const after = withKeptKey(definition, before, wanted, seed)
  hideSecrets(definition.fields, before)
  hideSecrets(definition.fields, after)
  session.facts.planning.noteHolder(id, seed)
  const difference = compare(definition, before, after)
  const changed = new Set(difference.kind === 'same' ? [] : difference.changed)
  const sent = sendable(definition, Object.fromEntries([...changed].map((name) => [name, true])))
  try {
    const edit: Edit = { before, after, changed, patch: patchOf(definition, after, changed) }
    const isSent = Object.keys(sent).length > 0
    const notices = (isSent && (await definition.update?.(session.seam, id, edit, outputs))) || []
    // What could not be done is told already, and would be waited for in vain.
    const expected = notices.length > 0 ? new Set<string>() : changed
    const observed = await readBack(
      definition,
      session,
      last,
      withoutPlans(definition, after),
      expected,
    )
    return { ...kept(definition, id, observed, after, remembered(definition, outputs)), notices }
  } catch (error) {
    throw await partial(definition, session, last, after, error)
  }
}

/** An object keeps the key that it has where the program leaves the choice to the provider. */
function withKeptKey(definition: SeamResource, before: Wire, after: Wire, seed?: string): Wire {
  const { key } = definition
  if (!key || !isChosenTwice(before[key], after[key], seed)) return after
  const { [key]: _chosen, ...rest } = after
  return isAbsent(before[key]) ? rest : { ...rest, [key]: before[key] }
}

/** A failed update leaves something behind; state must say what, so that the next run finishes it. */
async function partial(
  definition: SeamResource,
  session: Session,
  last: Stored,
  after: Wire,
  error: unknown,
) {
  const inputs = withEntriesOf(last.inputs, after)
  const { reason, now } = await read(definition, session, last.id, { ...last, inputs }).then(
    (now) => ({ now, reason: isNotFound(error) && !now ? gone(definition, last.id) : error }),
    // A key of another workspace finds nothing, which says more than that it found nothing.
    (failed: unknown) => ({ now: undefined, reason: isNotFound(error) ? failed : error }),
  )
  const left = now ?? last
  return new PartialFailure(
    last.id,
    left.inputs,
    left.outputs,
    messageOf(definition, last.id, reason),
  )
}

/** Entries that were on their way may have arrived: only the program knows their secrets. */
const withEntriesOf = (before: Wire, after: Wire): Wire =>
  Object.fromEntries(
    Object.entries(before).map(([name, value]) => {
      const more = after[name]
      const isRecords = Array.isArray(value) && Array.isArray(more) && value.some(isWire)
      return [name, isRecords ? [...(value as unknown[]), ...more] : value]
    }),
  )
