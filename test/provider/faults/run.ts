import {
  check,
  create,
  diff,
  NotOursError,
  PartialFailure,
  read,
  remove,
  Session,
  survey,
  update,
  type Stored,
} from '../../../src/provider'
import { startSandbox, type Sandbox } from '../../../src/sandbox'
import { className, type Wire } from '../../../src/schema'
import { redact } from '../../../src/seam'
import { validate } from '../../fixtures/openapi'
import { seed } from '../office'
import { storeOf } from './picture'
import type { Scenario } from './scenarios'
import type { Trouble } from './troubles'

type Definition = Scenario['definition']

interface Outcome {
  state: Stored | undefined
  error?: Error
}

/** What an engine does with one resource in one run. */
async function deploy(
  definition: Definition,
  session: Session,
  state: Stored | undefined,
  wanted: Wire | undefined,
): Promise<Stored | undefined> {
  if (!wanted) {
    if (state) await remove(definition, session, state.id, state.outputs)
    return undefined
  }
  const standing = { seed, before: state?.inputs }
  const checked = check(definition, wanted, standing, session.facts)
  if (checked.problems.length > 0) throw new Error(JSON.stringify(checked.problems))
  const { inputs } = await survey(definition, session, checked.inputs, standing)
  if (!state) return create(definition, session, inputs, seed)
  const change = diff(definition, state.inputs, inputs, seed)
  if (change.kind === 'replace') throw new Error(`replaced: ${JSON.stringify(change.reasons)}`)
  return change.kind === 'same' ? state : update(definition, session, state, inputs, seed)
}

/** The same by a process of its own, with the state that it leaves. */
async function run(
  { endpoint, apiKey }: Sandbox,
  definition: Definition,
  state: Stored | undefined,
  wanted: Wire | undefined,
): Promise<Outcome> {
  const session = new Session(20)
  session.configure({ endpoint, apiKey })
  try {
    return { state: await deploy(definition, session, state, wanted) }
  } catch (error) {
    if (!(error instanceof PartialFailure)) return { state, error: error as Error }
    const { id, inputs, outputs } = error
    return { state: { id, inputs, outputs }, error }
  }
}

const nameOf = ({ definition, before, after }: Scenario, state: Stored | undefined): string[] => {
  const key = (after ?? before)?.[definition.key ?? ''] ?? `iac-${seed}`
  return [className(definition.name), ...(state ? [state.id] : definition.key ? [String(key)] : [])]
}

/** What an error does not say of the object that it is about. */
const unnamed = (error: Error, names: string[]) =>
  names
    .filter((name) => !redact(error.message).includes(name))
    .map((name) => `the error does not name ${name}: ${error.message}`)

/** What the next plan would change of an object that is as wanted. */
async function nextPlan(sandbox: Sandbox, { definition, after }: Scenario, state?: Stored) {
  const { endpoint, apiKey } = sandbox
  const session = new Session(20)
  session.configure({ endpoint, apiKey })
  const seen = state && (await read(definition, session, state.id, state))
  if (!after || !seen) return after ? ['the object is not there'] : []
  const standing = { seed, before: seen.inputs }
  const { inputs } = check(definition, after, standing, session.facts)
  const planned = await survey(definition, session, inputs, standing)
  const change = diff(definition, seen.inputs, planned.inputs, seed)
  const [said, is] = [state, seen].map(({ outputs }) => String(outputs['display_name']))
  return [
    ...(change.kind === 'same' ? [] : [`the next plan is ${JSON.stringify(change)}`]),
    ...(said === is ? [] : [`state says "${said}" of "${is}"`]),
  ]
}

/** Deploys the change in trouble, and again where it fails; tells what is wrong in the end. */
async function meet(sandbox: Sandbox, scenario: Scenario, trouble: Trouble): Promise<string[]> {
  const { definition, path, before, after } = scenario
  const initial = sandbox.store.snapshot()
  const { state, error } = before
    ? await run(sandbox, definition, undefined, before)
    : { state: undefined }
  if (error) return [`it could not be prepared: ${error.message}`]
  sandbox.settle()
  sandbox.clearRequests()
  for (const fault of trouble.faults?.(scenario) ?? []) sandbox.fault(fault)
  const first = await run(sandbox, definition, state, after)
  const wrong: string[] = []
  if (!sandbox.requests.some((request) => request.path === path)) wrong.push('it was not called')
  if (trouble.isLasting && !first.error) wrong.push('nothing was said of what failed')
  if (first.error) wrong.push(...unnamed(first.error, nameOf(scenario, state)))
  if (trouble.isLasting) sandbox.clearFaults()
  let last = first
  if (first.error || trouble.isKilled) {
    const left = trouble.isKilled ? state : first.state
    last = await run(sandbox, definition, left, after)
    if (trouble.isKilled && last.error instanceof NotOursError && after) {
      last = await run(sandbox, definition, left, { ...after, adopt: true })
    }
    if (last.error) wrong.push(`the next run fails: ${last.error.message}`)
  }
  sandbox.clearFaults()
  sandbox.settle()
  const store = storeOf(sandbox, initial)
  wrong.push(...(await nextPlan(sandbox, { ...scenario, ...adopted(after, last) }, last.state)))
  return [...wrong, ...(await differences(scenario, store))]
}

const adopted = (after: Wire | undefined, { state }: Outcome) =>
  after && state?.inputs['adopt'] ? { after: { ...after, adopt: true } } : {}

/** What requests say that the vendor's document does not: Seam drops it without a word. */
const undocumented = ({ requests }: Sandbox): string[] =>
  requests.flatMap(({ path, body }) => {
    const { errors, unknownKeys } = validate('request', path, body)
    return [...errors, ...unknownKeys.map((key) => `has "${key}"`)].map(
      (what) => `a request of ${path} ${what}`,
    )
  })

const peaceful = new Map<Scenario, Promise<string[]>>()

/** What the change leaves behind where nothing goes wrong. */
async function inPeace({ definition, before, after }: Scenario): Promise<string[]> {
  const sandbox = await startSandbox()
  try {
    const initial = sandbox.store.snapshot()
    const { state } = before ? await run(sandbox, definition, undefined, before) : {}
    const { error } = await run(sandbox, definition, state, after)
    if (error) throw error
    const unknown = undocumented(sandbox)
    if (unknown.length > 0) throw new Error(unknown.join('\n'))
    return storeOf(sandbox, initial)
  } finally {
    await sandbox.stop()
  }
}

async function differences(scenario: Scenario, store: string[]): Promise<string[]> {
  const wanted = peaceful.get(scenario) ?? inPeace(scenario)
  peaceful.set(scenario, wanted)
  const one = await wanted
  return [
    ...store.filter((line) => !one.includes(line)).map((line) => `there is too much: ${line}`),
    ...one.filter((line) => !store.includes(line)).map((line) => `there is too little: ${line}`),
    ...(store.length === one.length ? [] : [`${store.length} objects in place of ${one.length}`]),
  ]
}

/** What goes wrong with a change that meets trouble; nothing when all is well in the end. */
export async function cell(scenario: Scenario, trouble: Trouble): Promise<string[]> {
  const sandbox = await startSandbox(trouble.sandbox)
  try {
    return await meet(sandbox, scenario, trouble)
  } finally {
    await sandbox.stop()
  }
}
