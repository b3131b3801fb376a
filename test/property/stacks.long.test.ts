import test from 'ava'
import fc from 'fast-check'
import { Session } from '../../src/provider'
import { startSandbox, type Sandbox } from '../../src/sandbox'
import { deploy, refresh, type Outcome, type State } from './engine'
import { killAt, watch } from './kill'
import { action, change, declared, type Stack } from './stacks'
import { runsOf } from './runs'
import { isRest } from '../fixtures/share'

const step = fc.record({
  stack: fc.nat({ max: 1 }),
  actions: fc.array(action, { minLength: 1, maxLength: 4 }),
  isRefreshed: fc.boolean(),
  /** Hours that pass before: what is older than one is no leftover any more. */
  hours: fc.constantFrom(0, 0, 0, 2),
  kill: fc.option(
    fc.record({ change: fc.integer({ min: 1, max: 5 }), isCarriedOut: fc.boolean() }),
    {
      freq: 3,
    },
  ),
  /** Only some resources are deployed; the provider then hears nothing of the others. */
  isTargeted: fc.boolean(),
})
const life = fc.record({
  isNamespaced: fc.boolean(),
  steps: fc.array(step, { minLength: 2, maxLength: 8 }),
})
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never

const idsIn = ({ store }: Sandbox) =>
  new Set([
    ...store.userIdentities.all().map(({ user_identity_id: id }) => id),
    ...store.spaces.all().map(({ space_id: id }) => id),
    ...store.accessGrants.all().map(({ access_grant_id: id }) => id),
  ])

/** Who gets through which door, as `<person> > <door>`. */
function access({ store }: Sandbox): Set<string> {
  return new Set(
    store.accessGrants.all().flatMap((grant) => {
      if (grant.access_method_ids.length === 0) return []
      const inside = store.spaces.pick(grant.space_ids).flatMap((space) => space.acs_entrance_ids)
      return [...grant.acs_entrance_ids, ...inside].map(
        (door) => `${grant.user_identity_id} > ${door}`,
      )
    }),
  )
}

function age({ store }: Sandbox, hours: number): void {
  if (hours === 0) return
  const older = (at: string) => new Date(Date.parse(at) - hours * 3_600_000).toISOString()
  for (const { access_grant_id: id, created_at: at } of store.accessGrants.all()) {
    store.accessGrants.update(id, { created_at: older(at) })
  }
  for (const { space_id: id, created_at: at } of store.spaces.all()) {
    store.spaces.update(id, { created_at: older(at) })
  }
  for (const { user_identity_id: id, created_at: at } of store.userIdentities.all()) {
    store.userIdentities.update(id, { created_at: older(at) })
  }
}

const heldBy = (state: State) => new Set([...state.values()].map(({ id }) => id))
const inBoth = ([one, other]: [Stack, Stack]) => {
  const second = heldBy(other.state)
  return new Set([...heldBy(one.state)].filter((id) => second.has(id)))
}
const without = (one: Iterable<string>, other: { has(id: string): boolean }) =>
  [...one].filter((id) => !other.has(id))

function assertNone(ids: string[], what: string, { errors, notices, steps }: Outcome): void {
  if (ids.length === 0) return
  throw new Error([what, ...ids, ...steps, ...notices, ...errors.map(String)].join('\n  '))
}

async function live(sandbox: Sandbox, { isNamespaced, steps }: Life): Promise<void> {
  const stacks: [Stack, Stack] = [
    { state: new Map(), parts: [], namespace: '' },
    { state: new Map(), parts: [], namespace: isNamespaced ? 'second ' : '' },
  ]
  for (const { stack: at, actions, hours, isRefreshed, kill, isTargeted } of steps) {
    const [stack, other] = at === 0 ? stacks : [stacks[1], stacks[0]]
    for (const one of actions) change(stack, other, one)
    age(sandbox, hours)
    const session = new Session(5)
    session.configure({ endpoint: sandbox.endpoint, apiKey: sandbox.apiKey })
    if (isRefreshed) await refresh(session, stack.state)
    const [there, shared, first] = [idsIn(sandbox), inBoth(stacks), access(sandbox)]
    const samples: Set<string>[] = []
    watch(session, () => samples.push(access(sandbox)))
    if (kill) killAt(session, kill.change, kill.isCarriedOut)
    const targets = isTargeted ? new Set(actions.map(({ name }) => name as string)) : undefined
    const outcome = await deploy(session, declared(stack), stack.state, targets)

    const gone = without(there, idsIn(sandbox))
    const named = new Set(outcome.removed)
    assertNone(without(gone, named), 'deleted, and in no plan', outcome)
    const told = (id: string) => outcome.notices.some((notice) => notice.includes(id))
    const both = without(inBoth(stacks), shared).filter((id) => !told(id))
    assertNone(both, 'in two states without a warning', outcome)
    const last = access(sandbox)
    const kept = [...first].filter((pair) => last.has(pair))
    const closed = kept.filter((pair) => samples.some((sample) => !sample.has(pair)))
    assertNone(closed, 'before a closed door', outcome)
  }
}

const { sequences, hold } = runsOf(
  isRest ? { sequences: 396, seed: 20_261_226 } : { sequences: 108, seed: 20_261_126 },
)

test(`Property: two states of one name delete, share and lock out nothing that no plan said (${sequences} lives)`, async (t) => {
  t.timeout(600_000)
  const property = fc.asyncProperty(life, async (one) => {
    const sandbox = await startSandbox({ randomSeed: 7 })
    try {
      await live(sandbox, one)
    } finally {
      await sandbox.stop()
    }
  })
  await hold(property)
  t.pass()
})
