import {
  check,
  create,
  diffHeld,
  PartialFailure,
  read,
  remove,
  survey,
  update,
  type Stored,
  type Session,
} from '../../src/provider'
import type { SeamResource } from '../../src/resources'
import type { Wire } from '../../src/schema'
import { Killed } from './kill'

/** A resource of a program, as an engine knows it. */
export interface Declared {
  name: string
  seed: string
  definition: SeamResource
  /** Its inputs; nothing while something that it refers to does not exist. */
  given(state: State): Wire | undefined
  /** Its object stays in Seam when it is no longer declared, or replaced. */
  isRetained?: boolean
}

/** An object of the state, and where it stands in the order of creation. */
export interface Entry extends Stored {
  definition: SeamResource
  seed: string
  /** Replaced already, and still to be deleted. */
  isDoomed?: boolean
  isRetained?: boolean
}

/** What a deployment leaves for the next one. */
export type State = Map<string, Entry>

export interface Outcome {
  errors: Error[]
  wasKilled: boolean
  /** What was under way when the process ended; an engine keeps its name, and warns of it. */
  interrupted?: string
  /** What was done, as `create grant-1` lines. */
  steps: string[]
  /** What the plan and the deployment told people. */
  notices: string[]
  /** Ids of the objects whose deletion was ordered. */
  removed: string[]
}

const doomed = (name: string, id: string) => `${name} (replaced ${id})`

/**
 * Deploys as an engine does: each resource is checked, compared and carried out in the order of the
 * program; what is no longer declared goes at the end, unless something failed; and the state holds
 * whatever was told to it before the process ended.
 */
export async function deploy(
  session: Session,
  program: readonly Declared[],
  state: State,
  targets?: ReadonlySet<string>,
): Promise<Outcome> {
  const outcome: Outcome = { errors: [], wasKilled: false, steps: [], notices: [], removed: [] }
  const step = async (what: string, work: () => Promise<void>) => {
    outcome.steps.push(what)
    await attempt(outcome, work)
    if (outcome.wasKilled) outcome.interrupted = what.replace(/^deploy /, '')
  }
  for (const declared of program) {
    if (outcome.wasKilled) return outcome
    if (targets && !targets.has(declared.name)) continue
    await step(`deploy ${declared.name}`, () => deployOne(session, declared, state, outcome))
  }
  if (outcome.errors.length > 0) return outcome
  const names = new Set(program.map(({ name }) => name))
  for (const [name, entry] of [...state].reverse()) {
    if (outcome.wasKilled) return outcome
    if (names.has(name) || (targets && !targets.has(name))) continue
    await step(`delete ${name}`, async () => {
      if (!entry.isRetained) await removeOne(session, entry, outcome)
      state.delete(name)
    })
  }
  return outcome
}

async function removeOne(session: Session, entry: Entry, outcome: Outcome): Promise<void> {
  const { definition, id, outputs, seed } = entry
  outcome.removed.push(id)
  outcome.notices.push(...(await remove(definition, session, id, outputs, seed)))
}

async function attempt(outcome: Outcome, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Killed || Killed.isCause(error)) outcome.wasKilled = true
    else outcome.errors.push(error as Error)
  }
}

async function deployOne(
  session: Session,
  { name, seed, definition, given, isRetained = false }: Declared,
  state: State,
  outcome: Outcome,
): Promise<void> {
  const wanted = given(state)
  if (!wanted) throw new Error(`${name} refers to something that does not exist`)
  const last = state.get(name)
  const standing = { seed, before: last?.inputs }
  const { inputs, problems } = check(definition, wanted, standing, session.facts)
  if (problems.length > 0) throw new Error(`${name}: ${JSON.stringify(problems)}`)
  outcome.notices.push(...(await survey(definition, session, inputs, standing)).notices)
  const own = { definition, seed, isRetained }
  const change =
    last && diffHeld(definition, session, last, inputs, { seed, formerSeed: last.seed }).change
  const make = async (checked: Wire) => {
    outcome.steps.push(`create ${name}`)
    const made = () => create(definition, session, checked, seed)
    await keep(state, name, own, made, outcome)
  }
  if (!last || !change) return make(inputs)
  if (change.kind === 'same') {
    state.set(name, { ...last, isRetained })
    return
  }
  if (change.kind === 'update') {
    outcome.steps.push(`update ${name}`)
    const updated = () => update(definition, session, last, inputs, seed)
    return keep(state, name, own, updated, outcome)
  }
  outcome.steps.push(`replace ${name}`)
  // The engine checks a replacement once more, as if nothing had been there.
  const again = check(definition, wanted, { seed }, session.facts).inputs
  if (change.order === 'delete-first') {
    if (!last.isRetained) await removeOne(session, last, outcome)
    state.delete(name)
    return make(again)
  }
  const old = { ...last, isDoomed: true }
  await make(again)
  state.set(doomed(name, last.id), old)
}

/** Keeps what a change answers, also where it did not get all the way. */
async function keep(
  state: State,
  name: string,
  own: Pick<Entry, 'definition' | 'seed' | 'isRetained'>,
  work: () => Promise<Stored>,
  outcome: Outcome,
): Promise<void> {
  const store = ({ id, inputs, outputs, notices = [] }: Stored) => {
    outcome.notices.push(...notices)
    const entry = { id, inputs, outputs, ...own }
    const last = state.get(name)
    // What takes the place of an object that still exists must not make the state forget that one.
    if (last && last.id !== id) state.set(doomed(name, last.id), { ...last, isDoomed: true })
    state.delete(name)
    state.set(name, entry)
  }
  try {
    store(await work())
  } catch (error) {
    if (!(error instanceof PartialFailure) || Killed.isCause(error)) throw error
    store(error)
    throw error
  }
}

/** Brings the state to what Seam holds, as a refresh does. */
export async function refresh(session: Session, state: State): Promise<void> {
  for (const [name, entry] of [...state]) {
    if (entry.isDoomed) continue
    const seen = await read(entry.definition, session, entry.id, entry)
    if (seen) state.set(name, { ...entry, inputs: seen.inputs, outputs: seen.outputs })
    else state.delete(name)
  }
}
