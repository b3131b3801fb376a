import { inspect } from 'node:util'
import test from 'ava'
import fc from 'fast-check'
import { Session } from '../../src/provider'
import { startSandbox, type Sandbox } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { writes } from '../fixtures/building'
import { deployApart } from './apart'
import { deploy, refresh, type State } from './engine'
import { killAt } from './kill'
import { action, changed, declared, type Action, type Part } from './program'
import { runsOf } from './runs'
import { isRest } from '../fixtures/share'

/** What goes wrong while a step is deployed. */
type Trouble =
  | { is: 'none' | 'refresh' }
  | { is: 'kill'; change: number; isCarriedOut: boolean }
  | { is: 'faults'; seed: number }
  | { is: 'drift'; at: number; how: 'delete' | 'edit' }

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ is: fc.constantFrom('none' as const, 'refresh' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('kill' as const),
      change: fc.integer({ min: 1, max: 6 }),
      isCarriedOut: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('faults' as const), seed: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant('drift' as const),
      at: fc.nat({ max: 5 }),
      how: fc.constantFrom('delete' as const, 'edit'),
    }),
  },
)

interface Step {
  actions: Action[]
  trouble: Trouble
}

const life: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ actions: fc.array(action, { minLength: 1, maxLength: 4 }), trouble }),
  { minLength: 1, maxLength: 5 },
)

const ids = {
  userIdentities: 'user_identity_id',
  acsUsers: 'acs_user_id',
  spaces: 'space_id',
  accessGrants: 'access_grant_id',
  memberships: 'membership_id',
  acsCredentials: 'acs_credential_id',
} as const

/** Every object that a program could make, by its id. */
const objects = ({ store }: Sandbox): Map<string, Wire> =>
  new Map(
    Object.entries(ids).flatMap(([name, id]) =>
      (store[name as keyof typeof ids].all() as unknown as Wire[]).map((one): [string, Wire] => [
        String(one[id]),
        one,
      ]),
    ),
  )

const text = (objects: Map<string, Wire>, ids: Iterable<string>) =>
  JSON.stringify([...ids].sort().map((id) => objects.get(id)))

function newSession(sandbox: Sandbox): Session {
  const session = new Session(5)
  session.configure({ endpoint: sandbox.endpoint, apiKey: sandbox.apiKey })
  return session
}

/** Somebody changes, or deletes, an object behind the program's back. */
function drift({ store }: Sandbox, state: State, at: number, how: 'delete' | 'edit'): void {
  const leaves = [...state.values()].filter(({ definition }) =>
    ['access_grant', 'access_group_membership', 'acs_credential'].includes(definition.name),
  )
  const entry = leaves[at % Math.max(leaves.length, 1)]
  if (!entry) return
  const { accessGrants, acsCredentials, memberships } = store
  if (how === 'edit') accessGrants.update(entry.id, { name: 'Changed by hand' })
  else for (const held of [accessGrants, acsCredentials, memberships]) held.delete(entry.id)
}

async function meet(sandbox: Sandbox, session: Session, trouble: Trouble, state: State) {
  sandbox.clearFaults()
  if (trouble.is === 'kill') killAt(session, trouble.change, trouble.isCarriedOut)
  if (trouble.is === 'drift') drift(sandbox, state, trouble.at, trouble.how)
  if (trouble.is === 'refresh' || trouble.is === 'drift') await refresh(session, state)
  if (trouble.is !== 'faults') return
  sandbox.fault({ kind: 'status', status: 429, probability: 0.1 })
  sandbox.fault({ kind: 'reset-after', probability: 0.1 })
  sandbox.fault({ kind: 'status', status: 500, probability: 0.05 })
}

/** Objects that an interrupted create left, which the program has to say yes to. */
const asksForConsent = (errors: Error[]) => errors.some(({ message }) => /‹adopt›/.test(message))

/**
 * Whether a change of the program would lose what an interrupted create may have left. The engine
 * warns of the operation, and only an automatic key leads back to it after an edit.
 */
function losesTrack(
  parts: readonly Part[],
  next: ReturnType<typeof changed>,
  interrupted: ReadonlySet<string>,
): boolean {
  return parts.some((part) => {
    if (!interrupted.has(part.name)) return false
    const after = next.parts.find(({ name }) => name === part.name)
    if (!after) return true
    const hasAutomaticKey = ['person', 'place', 'grant'].includes(part.kind) && !part.isKeyed
    return after !== part && !hasAutomaticKey
  })
}

/** What was interrupted is what people edit next, so some changes are aimed at it. */
const aimed = (parts: readonly Part[], { at, value }: Action, interrupted: ReadonlySet<string>) => {
  const first = parts.findIndex(({ name }) => interrupted.has(name))
  return value < 3 && first >= 0 ? first : at
}

/** How a kind of engine deploys. */
type Deploy = typeof deploy

async function live(sandbox: Sandbox, steps: Step[], deploy: Deploy): Promise<void> {
  const unowned = new Set(objects(sandbox).keys())
  const before = text(objects(sandbox), unowned)
  const state: State = new Map()
  let parts: Part[] = []
  let number = 0
  const interrupted = new Set<string>()
  const successors: Successor[] = []
  for (const { actions, trouble } of steps) {
    for (const action of actions) {
      const at = aimed(parts, action, interrupted)
      const next = changed(parts, { ...action, at }, () => (number += 1))
      if (losesTrack(parts, next, interrupted)) continue
      parts = next.parts
      if (next.renamed) renamed(state, ...next.renamed)
    }
    const session = newSession(sandbox)
    await meet(sandbox, session, trouble, state)
    const there = new Set(objects(sandbox).keys())
    const outcome = await deploy(session, declared(parts), state)
    if (process.env['PROPERTY_PATH']) process.stderr.write(inspect({ trouble, outcome }))
    const replaced = state.get(outcome.interrupted ?? '')
    if (replaced) {
      const made = [...objects(sandbox).keys()].filter((id) => !there.has(id))
      successors.push({ name: outcome.interrupted!, replaced: replaced.id, made })
    }
    if (outcome.interrupted) interrupted.add(outcome.interrupted)
    else if (outcome.errors.length === 0) interrupted.clear()
  }
  parts = await converge(sandbox, parts, state, deploy)
  deleteSuccessors(sandbox, successors, state)
  assertHolds(sandbox, state, unowned, before)
  await assertSecondRunIsEmpty(sandbox, parts, state, deploy)
  await deploy(newSession(sandbox), [], state)
  assertEqual(text(objects(sandbox), unowned), before, 'destroy touches nothing that is not owned')
}

const renamed = (state: State, from: string, to: string) => {
  const entries = [...state].map(([name, entry]) => [name === from ? to : name, entry] as const)
  state.clear()
  for (const [name, entry] of entries) state.set(name, entry)
}

/** The object of an error that says: delete it if nobody needs it. */
const leftover = (errors: Error[]) =>
  errors
    .map(({ message }) => /^\w+ (\S+) \(of \S+\) has the key of this resource/.exec(message)?.[1])
    .find((id) => id !== undefined)

/** Deletes what a refusal names, as it advises: an interrupted run of another program has left it. */
function deleteLeftover({ store }: Sandbox, id: string, state: State): void {
  // One that was replaced, and is still to be deleted, is no resource that a check could tell of.
  if ([...state.values()].some((entry) => entry.id === id && !entry.isDoomed)) {
    throw new Error(`${id} is in the state, and was refused`)
  }
  for (const grant of store.accessGrants.where('user_identity_id', id)) {
    store.accessGrants.delete(grant.access_grant_id)
  }
  for (const held of [store.accessGrants, store.spaces, store.userIdentities]) held.delete(id)
}

/** What an interrupted replacement may have created, in the place of what the state has. */
interface Successor {
  name: string
  replaced: string
  /** The objects that the run has created. */
  made: string[]
}

/**
 * Where the program went back to what it was before a replacement that was interrupted, nothing leads
 * to the successor but the engine's warning of the operation, on which people delete it.
 */
function deleteSuccessors(sandbox: Sandbox, successors: Successor[], state: State): void {
  const held = new Set([...state.values()].map(({ id }) => id))
  const wentBack = successors.filter(({ name, replaced }) => state.get(name)?.id === replaced)
  for (const id of wentBack.flatMap(({ made }) => made)) {
    if (!held.has(id)) deleteLeftover(sandbox, id, state)
  }
}

/**
 * A calm refresh and deployment; what it may not take without a word is said yes to, and what it may
 * not take at all is deleted.
 */
async function converge(
  sandbox: Sandbox,
  parts: Part[],
  state: State,
  deploy: Deploy,
): Promise<Part[]> {
  sandbox.clearFaults()
  const calm = async (wanted: Part[]) => {
    const session = newSession(sandbox)
    await refresh(session, state)
    return deploy(session, declared(wanted), state)
  }
  let wanted = parts
  let { errors } = await calm(wanted)
  for (let id = leftover(errors); id; id = leftover(errors)) {
    deleteLeftover(sandbox, id, state)
    ;({ errors } = await calm(wanted))
  }
  if (asksForConsent(errors)) {
    wanted = parts.map((part) => ({ ...part, isAdopting: true }))
    ;({ errors } = await calm(wanted))
  }
  if (errors.length > 0) throw new Error(`does not converge: ${errors.map(String).join('\n')}`)
  return wanted
}

function assertHolds(
  sandbox: Sandbox,
  state: State,
  unowned: ReadonlySet<string>,
  before: string,
): void {
  const now = objects(sandbox)
  const owned = [...now.keys()].filter((id) => !unowned.has(id)).sort()
  const held = [...state.values()].map(({ id }) => id).sort()
  assertEqual(JSON.stringify(owned), JSON.stringify(held), 'Seam holds what the state holds')
  assertEqual(text(now, unowned), before, 'nothing that is not owned is touched')
}

async function assertSecondRunIsEmpty(
  sandbox: Sandbox,
  parts: Part[],
  state: State,
  deploy: Deploy,
) {
  sandbox.clearRequests()
  const { errors, steps } = await deploy(newSession(sandbox), declared(parts), state)
  assertEqual(String(errors), '', 'the second run succeeds')
  assertEqual(writes(sandbox).join(), '', `the second run changes nothing: ${steps.join()}`)
}

function assertEqual(actual: string, expected: string, what: string): void {
  if (actual !== expected) throw new Error(`${what}\n  is:     ${actual}\n  wanted: ${expected}`)
}

const { sequences, hold } = runsOf(
  isRest ? { sequences: 768, seed: 20_261_222 } : { sequences: 144, seed: 20_261_122 },
)

test(`Property: whatever a program lives through, Seam ends up as declared (${sequences} lives)`, async (t) => {
  t.timeout(600_000)
  const property = fc.asyncProperty(life, async (steps) => {
    const sandbox = await startSandbox({ randomSeed: 7 })
    try {
      await live(sandbox, steps, deploy)
    } finally {
      await sandbox.stop()
    }
  })
  await hold(property)
  t.pass()
})

/**
 * What may happen to an engine whose processes are not killed half-way. Nobody tells such a process
 * that a new resource has the former name of another one, so it is refused, which is another test.
 */
const calm: fc.Arbitrary<Step[]> = life.map((steps) =>
  steps.map(({ actions, trouble }) => ({
    actions: actions.filter((action) => action.do !== 'reuse'),
    trouble: trouble.is === 'drift' || trouble.is === 'refresh' ? trouble : { is: 'none' as const },
  })),
)

const apart = runsOf(
  isRest ? { sequences: 180, seed: 20_261_227 } : { sequences: 36, seed: 20_261_127 },
)

test(`Property: an engine that plans in other processes ends up as declared too (${apart.sequences} lives)`, async (t) => {
  t.timeout(600_000)
  const property = fc.asyncProperty(calm, async (steps) => {
    const sandbox = await startSandbox({ randomSeed: 7 })
    const deployed: Deploy = (_session, program, state) =>
      deployApart(() => newSession(sandbox), program, state)
    try {
      await live(sandbox, steps, deployed)
    } finally {
      await sandbox.stop()
    }
  })
  await apart.hold(property)
  t.pass()
})
