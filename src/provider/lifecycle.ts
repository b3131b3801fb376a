import { Unfinished, type SeamResource } from '../resources'
import { className, compare, inputsOf, valueOf, type Known, type Wire } from '../schema'
import { isConflict, SeamApiError, SeamIacError } from '../seam'
import { change } from './change'
import { makeOnce } from './create'
import { naming, PartialFailure } from './errors'
import { remembered, withoutPlans } from './input-subsets'
import { adoptedAs, kept, knownFrom, messageOf, workspaceOf } from './kept'
import type { Made } from './made'
import { noticing } from './read'
import { ignored } from './read-back'
import { hideSecrets } from './secrets'
import type { Session } from './session'
import type { Stored } from './stored'
import { afterEqualOnes } from './turns'
import { untilProvisioned, type OnProgress } from './waiting'

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
  const made = await afterEqualOnes(definition, session, planned, async () => {
    const found = await makeOnce(definition, session, planned, seed)
    if (session.facts.isDeclared(found.id)) throw heldTwice(definition, found.id)
    session.facts.applying.noteBound(found.id)
    return found
  }).catch(async (error: unknown) => {
    if (error instanceof Unfinished) {
      throw madeInPart(definition, session, planned, error, workspace)
    }
    const named = naming(definition, planned[definition.key ?? ''], error)
    throw await explained(definition, session, planned, named)
  })
  const { notices = [] } = made
  const inputs = withoutPlans(definition, made.inputs)
  const own = { ...workspace, ...adoptedAs(definition, made.isAdopted ?? false) }
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
