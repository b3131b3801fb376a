// An engine that plans and applies in processes of their own, and plans twice: Terraform is such.
import { apply, plan, type Planned, type Session, type Stored } from '../../src/provider'
import { hasUnknown } from '../../src/schema'
import type { Declared, Entry, Outcome, State } from './engine'

type NewProcess = () => Session

/** Deploys a program; what is replaced or no longer declared goes as the plan says. */
export async function deployApart(
  process: NewProcess,
  program: readonly Declared[],
  state: State,
): Promise<Outcome> {
  const outcome: Outcome = { errors: [], wasKilled: false, steps: [], notices: [], removed: [] }
  const attempt = (work: Promise<void>) =>
    work.catch((error: unknown) => {
      outcome.errors.push(error as Error)
    })
  for (const declared of program) await attempt(deployOne(process, declared, state, outcome))
  if (outcome.errors.length > 0) return outcome
  const names = new Set(program.map(({ name }) => name))
  for (const [name, entry] of [...state].reverse()) {
    if (names.has(name)) continue
    const removed = removeOne(process, entry, outcome).then(() => {
      state.delete(name)
    })
    await attempt(removed)
  }
  return outcome
}

async function removeOne(process: NewProcess, entry: Entry, outcome: Outcome): Promise<void> {
  const { definition, seed } = entry
  outcome.removed.push(entry.id)
  await apply({ definition, given: undefined, stored: entry, identity: { seed } }, process())
}

async function deployOne(
  process: NewProcess,
  { name, seed, definition, given: wanted }: Declared,
  state: State,
  outcome: Outcome,
): Promise<void> {
  const given = wanted(state)
  if (!given) throw new Error(`${name} refers to something that does not exist`)
  const last = state.get(name)
  const identity = { seed, formerSeed: last?.seed }
  const ask = () => plan({ definition, given, stored: last, identity }, process())
  const planned = await ask()
  if (JSON.stringify(await ask()) !== JSON.stringify(planned)) throw new Error('another plan')
  if (planned.problems.length > 0) throw new Error(JSON.stringify(planned.problems))
  const { change } = planned
  if (change.kind === 'same') return
  outcome.steps.push(`${change.kind} ${name}`)
  const isNew = change.kind !== 'update'
  const isDeletedFirst = last && change.kind === 'replace' && change.order === 'delete-first'
  if (isDeletedFirst) await removeOne(process, last, outcome)
  const request = { definition, given, identity, planned, stored: isNew ? undefined : last }
  const { stored } = await apply(request, process())
  assertAsPlanned(name, planned, stored!)
  state.delete(name)
  state.set(name, { ...stored!, definition, seed })
  if (last && change.kind === 'replace' && !isDeletedFirst) await removeOne(process, last, outcome)
}

/** Such an engine refuses whatever is not as it was planned. */
function assertAsPlanned(name: string, { outputs }: Planned, stored: Stored): void {
  const wrong = Object.entries(outputs).filter(
    ([output, value]) =>
      !hasUnknown(value) && JSON.stringify(stored.outputs[output]) !== JSON.stringify(value),
  )
  const unplanned = Object.keys(stored.outputs).filter((output) => !(output in outputs))
  if (wrong.length + unplanned.length === 0) return
  throw new Error(`${name} is not as planned: ${JSON.stringify([wrong, unplanned])}`)
}
