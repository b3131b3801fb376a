import { setTimeout as sleep } from 'node:timers/promises'
import type { SeamResource } from '../resources'
import {
  className,
  compare,
  inputsOf,
  isAbsent,
  outputsOf,
  quoted,
  type Edit,
  type Known,
  type Wire,
} from '../schema'
import { isNotFound, redact, SeamIacError } from '../seam'
import { makeOnce } from './create'
import { PartialFailure } from './errors'
import { hideSecrets } from './secrets'
import type { Session } from './session'

/** An object as a surface keeps it. */
export interface Kept {
  id: string
  inputs: Wire
  outputs: Wire
}

function kept(definition: SeamResource, id: string, observed: Wire, inputs: Wire): Kept {
  hideSecrets(definition.fields, observed)
  const outputs = outputsOf(definition.fields, { ...observed, [definition.id]: id }, inputs)
  return { id, inputs, outputs }
}

const knownFrom = (outputs: Wire, inputs: Wire): Known => ({
  outputs,
  given: new Set(Object.keys(inputs).filter((name) => !isAbsent(inputs[name]))),
})

const messageOf = (error: unknown) => redact(error instanceof Error ? error.message : String(error))

/** Makes the object. What exists when something fails is told by a `PartialFailure`. */
export async function create(
  definition: SeamResource,
  session: Session,
  planned: Wire,
  seed?: string,
): Promise<Kept> {
  hideSecrets(definition.fields, planned)
  const made = await makeOnce(definition, session, planned, seed)
  const { id, observed, inputs } = made
  session.ledger.bind(id)
  if (made.isContinued && observed) {
    const last = kept(definition, id, observed, inputsOf(definition.fields, observed, inputs))
    return update(definition, session, last, inputs)
  }
  try {
    const now = observed ?? (await definition.observe(session.seam, id, knownFrom({}, inputs)))
    assertTaken(definition, id, {}, inputs, now ?? {})
    return kept(definition, id, now ?? {}, inputs)
  } catch (error) {
    const { outputs } = kept(definition, id, observed ?? {}, inputs)
    throw new PartialFailure(id, inputs, outputs, messageOf(error))
  }
}

/** Reads the object, and the inputs that would declare it as it is; nothing when it is gone. */
export async function read(
  definition: SeamResource,
  session: Session,
  id: string,
  last?: { inputs: Wire; outputs: Wire },
): Promise<Kept | undefined> {
  const known = last && knownFrom(last.outputs, last.inputs)
  if (last) hideSecrets(definition.fields, last.inputs)
  const observed = await definition.observe(session.seam, id, known)
  if (!observed) {
    await session.assertWorkspace(last?.outputs['workspace_id'])
    return undefined
  }
  return kept(definition, id, observed, inputsOf(definition.fields, observed, last?.inputs))
}

/** Sends what the plan changes, and reads back what came of it. */
export async function update(
  definition: SeamResource,
  session: Session,
  last: Kept,
  after: Wire,
): Promise<Kept> {
  const { id, inputs: before, outputs } = last
  hideSecrets(definition.fields, before)
  hideSecrets(definition.fields, after)
  session.ledger.bind(id)
  const change = compare(definition, before, after)
  const changed = new Set(change.kind === 'same' ? [] : change.changed)
  try {
    if (changed.size > 0) {
      const edit: Edit = { before, after, changed }
      await definition.update?.(session.seam, id, edit, outputs)
    }
    const observed = await readBack(definition, session, last, after, changed)
    return kept(definition, id, observed, after)
  } catch (error) {
    throw await partial(definition, session, last, error)
  }
}

/** A failed update leaves something behind; state must say what, so that the next run finishes it. */
async function partial(definition: SeamResource, session: Session, last: Kept, error: unknown) {
  const now = await read(definition, session, last.id, last).catch(() => undefined)
  const { inputs, outputs } = now ?? last
  return new PartialFailure(last.id, inputs, outputs, messageOf(error))
}

const readings = 4

/** Reads until the write shows: an answer may come from a replica that has not seen it yet. */
async function readBack(
  definition: SeamResource,
  session: Session,
  { id, inputs: before, outputs }: Kept,
  after: Wire,
  changed: ReadonlySet<string>,
): Promise<Wire> {
  for (let reading = 1; ; reading += 1) {
    const observed = await definition.observe(session.seam, id, knownFrom(outputs, after))
    if (!observed) {
      await session.assertWorkspace(outputs['workspace_id'])
      throw new SeamIacError(
        `${className(definition.name)} ${id} is gone: somebody deleted it. Refresh the state, and the next deployment makes it again.`,
      )
    }
    const missing = notTaken(definition, before, after, observed, changed)
    if (missing.length === 0) return observed
    if (reading === readings) throw ignored(definition, id, missing)
    await sleep(250 * 2 ** reading)
  }
}

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

function assertTaken(
  definition: SeamResource,
  id: string,
  before: Wire,
  after: Wire,
  observed: Wire,
): void {
  const given = Object.keys(after).filter((name) => observed[name] !== undefined)
  const missing = notTaken(definition, before, after, observed, new Set(given))
  if (missing.length > 0) throw ignored(definition, id, missing)
}

const ignored = (definition: SeamResource, id: string, names: string[]) =>
  new SeamIacError(
    `Seam answered ok, but ${className(definition.name)} ${id} does not show the change of ${names.map(quoted).join(', ')}. Run the deployment again; if it stays so, ask Seam's support.`,
  )

/** Takes the object away; one that is gone already is a success. */
export async function remove(
  definition: SeamResource,
  session: Session,
  id: string,
  outputs: Wire,
): Promise<void> {
  // A replacement that was continued may hold the very object that its predecessor held.
  if (session.ledger.isBound(id)) return
  hideSecrets(definition.fields, outputs)
  try {
    await definition.remove(session.seam, id, outputs)
  } catch (error) {
    if (!isNotFound(error)) throw error
    await session.assertWorkspace(outputs['workspace_id'])
  }
}
