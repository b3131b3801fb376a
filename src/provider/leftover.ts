import type { SeamResource } from '../resources'
import { className, compare, hint, inputsOf, nameOf, quoted, valueOf, type Wire } from '../schema'
import type { Made } from './made'
import { NotOursError } from './errors'
import { differencesForGood, idOf } from './found-object'
import type { Session } from './session'

/** The object that is there, as what a create has made. */
export const continued = (definition: SeamResource, held: Wire, inputs: Wire): Made => ({
  id: idOf(definition, held),
  observed: held,
  inputs,
  isContinued: true,
})

/** For how long an object without a state may still be what an interrupted run left behind. */
const recent = 60 * 60 * 1000

/**
 * An object that stands under the automatic key of a resource, and that nobody in this process has.
 * Nothing tells for certain whether an interrupted run left it or another state holds it, so it is
 * continued only where it is the wanted one and new, and never touched otherwise.
 */
export async function continueLeftover(
  definition: SeamResource,
  session: Session,
  held: Wire,
  inputs: Wire,
): Promise<Made> {
  const known = { inputs, outputs: {}, given: new Set(Object.keys(inputs)) }
  const id = idOf(definition, held)
  const object = (await definition.observe(session.seam.fresh, id, known)) ?? held
  const differing = await differences(definition, session, { ...held, ...object }, inputs)
  const age = session.seam.now() - Date.parse(String(valueOf(definition, 'createdAt', held)))
  const why = notOurs(session, id, differing, age)
  if (why) throw isHeld(definition, held, why)
  return { ...continued(definition, object, inputs), notices: [mayBeShared(definition, held)] }
}

/** Why an object is not for certain what an interrupted run of this state has left. */
function notOurs(
  { facts }: Session,
  id: string,
  differing: readonly string[],
  age: number,
): string | undefined {
  if (differing.length > 0) return `differs in ${differing.map((name) => `‹${name}›`).join(', ')}`
  if (!(age <= recent)) return 'is older than an hour'
  if (facts.applying.wasSaved(id)) return 'was in the state of an earlier run'
  // Whether a resource has it is known only by who has seen the state.
  return facts.planning.knowsNoState
    ? 'no plan in this folder tells what the state holds'
    : undefined
}

/** The inputs in which an object differs, whether they could be changed or not. */
async function differences(
  definition: SeamResource,
  session: Session,
  held: Wire,
  inputs: Wire,
): Promise<string[]> {
  const change = compare(definition, inputsOf(definition.fields, held, inputs), inputs)
  const changed = change.kind === 'same' ? [] : change.changed
  const forGood = await differencesForGood(definition, session, held, inputs)
  const beyond = definition.beyond?.(held, inputs) ?? []
  return [...new Set([...changed, ...forGood, ...beyond])]
}

const named = (definition: SeamResource, held: Wire) =>
  `${className(definition.name)} ${idOf(definition, held)} (of ${String(valueOf(definition, 'createdAt', held))})`

const mayBeShared = (definition: SeamResource, held: Wire) =>
  `${named(definition, held)} stood under the key of this resource, equal to what is declared and in no state that this run knows: it is taken for what an interrupted run left, and continued. If another stack, state or resource has it, both hold it now: give this one a key of its own.`

const isHeld = (definition: SeamResource, held: Wire, why: string) => {
  const key = definition.key!
  return new NotOursError(
    [
      `${named(definition, held)} has the key of this resource ("${String(held[key])}"), is in no state that this run knows, and ${why}: nothing was changed.`,
      `Another stack, state or resource of this name, now or formerly, may hold it; or a run or a replacement that did not end has left it; ${hint('asked-replacement')}.`,
      `Delete it if nobody needs it, set ${quoted(nameOf(definition, 'adoptId')!)} to its id to manage it here, or have another one beside it: give a key of your own as ‹${key}›, or a namespace (${hint('namespace')}).`,
    ].join('\n'),
  )
}
