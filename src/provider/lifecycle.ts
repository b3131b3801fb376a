import { setTimeout as sleep } from 'node:timers/promises'
import { newTroubles, Unfinished, type SeamResource } from '../resources'
import {
  className,
  compare,
  inputsOf,
  isAbsent,
  isOver,
  isWire,
  nameOf,
  outputsOf,
  patchOf,
  quoted,
  valueOf,
  type Edit,
  type Known,
  type Wire,
} from '../schema'
import { isConflict, isNotFound, redact, SeamApiError, SeamIacError } from '../seam'
import { makeOnce } from './create'
import type { Made } from './made'
import { naming, PartialFailure } from './errors'
import { isChosenTwice } from './keys'
import { effective, withoutPlans, remembered, sendable } from './input-subsets'
import { hideSecrets } from './secrets'
import type { Session } from './session'
import type { Stored } from './stored'
import { untilProvisioned, type OnProgress } from './waiting'

/** @param own outputs that Seam does not know. */
function kept(
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

const adoptedAs = (definition: SeamResource, isAdopted: boolean): Wire => {
  const name = nameOf(definition, 'adopted')
  return name === undefined ? {} : { [name]: isAdopted }
}

/** The workspace, for an object that does not tell it. */
async function workspaceOf(definition: SeamResource, session: Session): Promise<Wire> {
  const name = nameOf(definition, 'workspace')
  const isTold = name === undefined || !definition.fields[name].marks.remembered
  return isTold ? {} : { [name]: await session.workspaceId() }
}

const expired = (definition: SeamResource): Wire => ({ [nameOf(definition, 'expired')!]: true })

const knownFrom = (outputs: Wire, inputs: Wire): Known => ({
  outputs,
  inputs,
  given: new Set(Object.keys(inputs).filter((name) => !isAbsent(inputs[name]))),
})

const messageOf = (definition: SeamResource, id: string, error: unknown) => {
  const named = naming(definition, id, error)
  return redact(named instanceof Error ? named.message : String(named))
}

/** Makes the object. What exists when something fails is told by a `PartialFailure`. */
export async function create(
  definition: SeamResource,
  session: Session,
  planned: Wire,
  seed?: string,
  onProgress?: OnProgress,
): Promise<Stored> {
  hideSecrets(definition.fields, planned)
  // Nothing may fail between a creation and its state.
  const workspace = await workspaceOf(definition, session)
  const made = await makeOnce(definition, session, planned, seed).catch(async (error: unknown) => {
    if (error instanceof Unfinished)
      {throw madeInPart(definition, session, planned, error, workspace)}
    const named = naming(definition, planned[definition.key ?? ''], error)
    throw await explained(definition, session, planned, named)
  })
  const { id, notices = [] } = made
  const inputs = withoutPlans(definition, made.inputs)
  const own = { ...workspace, ...adoptedAs(definition, made.isAdopted ?? false) }
  if (session.facts.isDeclared(id)) throw heldTwice(definition, id)
  session.facts.applying.noteBound(id)
  const settled = await settle(definition, session, { ...made, inputs }, own, seed)
  const told = { ...settled, notices: [...new Set([...notices, ...(settled.notices ?? [])])] }
  return noticing(session, await provisioned(definition, session, told, onProgress), {})
}

/** What a failed create has done is in state, so that the next run finishes it. */
function madeInPart(
  definition: SeamResource,
  session: Session,
  planned: Wire,
  { id, inputs: done, observed, cause }: Unfinished,
  workspace: Wire,
) {
  const inputs = withoutPlans(definition, { ...planned, ...done })
  session.facts.applying.noteBound(id)
  const left = kept(definition, id, observed, inputs, {
    ...workspace,
    ...adoptedAs(definition, false),
  })
  return new PartialFailure(id, left.inputs, left.outputs, messageOf(definition, id, cause))
}

/** Waits until the doors know it as well, where the program wants that. */
async function provisioned(
  definition: SeamResource,
  session: Session,
  done: Stored,
  onProgress: OnProgress = () => {},
): Promise<Stored> {
  const { id, inputs, outputs } = done
  if (valueOf(definition, 'waitFor', inputs) !== 'provisioned') return done
  const known = knownFrom(outputs, inputs)
  const own = remembered(definition, outputs)
  try {
    const observed = await untilProvisioned(definition, session, id, known, onProgress)
    return { ...done, ...kept(definition, id, observed, inputs, own) }
  } catch (error) {
    const observed = await definition.observe(session.seam.fresh, id, known).catch(() => undefined)
    const now = observed ? kept(definition, id, observed, inputs, own) : done
    const reason = messageOf(definition, id, error)
    throw new PartialFailure(id, inputs, now.outputs, reason, done.notices, 'unprovisioned')
  }
}

/** Adds what Seam says of the object now and has not said before. */
async function noticing({ seam }: Session, done: Stored, before: Wire): Promise<Stored> {
  const troubles = await newTroubles(seam.remembered, done.outputs, before)
  return { ...done, notices: [...(done.notices ?? []), ...troubles] }
}

/** A refusal together with what stands in the way. */
async function explained(
  definition: SeamResource,
  { seam }: Session,
  inputs: Wire,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof SeamApiError) || !isConflict(error)) return error
  const why = await definition.explain?.(seam, inputs).catch(() => undefined)
  if (!why) return error
  const [what = '', ...more] = error.message.split('\n')
  return new SeamIacError([what, why, ...more.slice(-1)].join('\n'))
}

const heldTwice = (definition: SeamResource, id: string) =>
  new SeamIacError(
    `${className(definition.name)} ${id} is declared by another resource of this program already. Remove one of the two.`,
  )

/** Brings what a create has made, or found, to what is wanted: some of it takes calls of its own. */
async function settle(
  definition: SeamResource,
  session: Session,
  { id, observed, inputs, isContinued }: Made,
  own: Wire,
  seed: string | undefined,
): Promise<Stored> {
  const look = (known: Known) => definition.observe(session.seam.fresh, id, known)
  try {
    const known = knownFrom({}, inputs)
    // What was there already was found by a look-up, which does not show all of it.
    const isWhole = observed && !isContinued
    const now = (isWhole ? observed : await look(known)) ?? observed ?? {}
    const declared = inputsOf(definition.fields, now, inputs)
    const difference = compare(definition, declared, inputs)
    // What the answer of a create leaves out was sent a moment ago.
    const seen = (name: string) => isContinued || now[name] !== undefined
    if (difference.kind === 'same' || !difference.changed.some(seen)) {
      return kept(definition, id, now, inputs, own)
    }
    if (difference.kind === 'replace') {
      throw ignored(definition, id, difference.changed.filter(seen))
    }
    return await change(definition, session, kept(definition, id, now, declared, own), inputs, seed)
  } catch (error) {
    if (error instanceof PartialFailure) throw error
    const { outputs } = kept(definition, id, observed ?? {}, inputs, own)
    throw new PartialFailure(id, inputs, outputs, messageOf(definition, id, error))
  }
}

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

/** Sends what the plan changes, and reads back what came of it. */
export async function update(
  definition: SeamResource,
  session: Session,
  last: Stored,
  planned: Wire,
  seed?: string,
  onProgress?: OnProgress,
): Promise<Stored> {
  const changed = await change(definition, session, last, planned, seed)
  const done = await provisioned(definition, session, changed, onProgress)
  return noticing(session, done, last.outputs)
}

async function change(
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

const readings = 4

/** Reads until the write shows: an answer may come from a replica that has not seen it yet. */
async function readBack(
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

const gone = (definition: SeamResource, id: string) =>
  new SeamIacError(
    `${className(definition.name)} ${id} is gone: somebody deleted it. Refresh the state, and the next deployment makes it again.`,
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

const ignored = (definition: SeamResource, id: string, names: string[]) =>
  new SeamIacError(
    `Seam answered ok, but ${className(definition.name)} ${id} does not show the change of ${names.map(quoted).join(', ')}. Run the deployment again; if it stays so, ask Seam's support.`,
  )
