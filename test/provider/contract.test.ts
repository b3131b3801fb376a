// The contract as an engine uses it that plans and applies in processes of their own, and plans twice.
import test, { type ExecutionContext } from 'ava'
import { apply, plan, read, type Planned, type Session, type Stored } from '../../src/provider'
import { accessGrant, type SeamResource } from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import { className, hasUnknown, unknown, type Wire } from '../../src/schema'
import { scenarios } from './faults/scenarios'
import { grantOf, office, seed } from './office'

type Office = Awaited<ReturnType<typeof office>>

const identity = { seed }

/** Whoever changes what is frozen fails. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen)
    Object.freeze(value)
  }
  return value
}

/** What a process knows, in a form that can be compared. */
const knowledge = ({ facts }: Session) =>
  JSON.stringify(facts, (_name, value: unknown) =>
    value instanceof Set || value instanceof Map ? [...value] : value,
  )

/** A plan made three times: in one process twice, and in another one. */
async function planned(
  t: ExecutionContext,
  { newSession, sandbox }: Office,
  definition: SeamResource,
  given: Wire,
  stored?: Stored,
): Promise<Planned> {
  const ask = (session: Session) => plan(frozen({ definition, given, stored, identity }), session)
  const session = newSession()
  const [before, requests] = [knowledge(session), sandbox.requests.length]
  const first = await ask(session)
  t.deepEqual(knowledge(session), before, 'a plan notes nothing by itself')
  if (!definition.survey) t.is(sandbox.requests.length, requests, 'a plan makes no call')
  t.deepEqual(await ask(session), first)
  t.deepEqual(await ask(newSession()), first)
  t.deepEqual(first.problems, [])
  return first
}

/** Deploys as such an engine does, and compares what comes with what was planned. */
async function deploy(
  t: ExecutionContext,
  at: Office,
  definition: SeamResource,
  given: Wire | undefined,
  stored?: Stored,
): Promise<Stored | undefined> {
  if (!given) {
    await apply({ definition, given, stored, identity }, at.newSession())
    return undefined
  }
  const said = await planned(t, at, definition, given, stored)
  if (said.change.kind === 'same') return stored
  const isNew = said.change.kind !== 'update'
  if (stored && isNew) {
    await apply({ definition, given: undefined, stored, identity }, at.newSession())
  }
  const request = { definition, given, stored: isNew ? undefined : stored, identity, planned: said }
  const { stored: now } = await apply(request, at.newSession())
  for (const [name, value] of Object.entries(said.outputs)) {
    if (!hasUnknown(value)) t.deepEqual(now!.outputs[name], value, `${name} is as it was planned`)
  }
  for (const name of Object.keys(now!.outputs)) t.true(name in said.outputs, `${name} was planned`)
  return now
}

for (const { path, how, definition, before, after } of scenarios) {
  const what = `${className(definition.name)} by ${path}${how ? ` ${how}` : ''}`
  test(`Contract: ${what} is what plans of other processes said`, async (t) => {
    const at = await office(t)
    let stored: Stored | undefined
    for (const given of [before, after]) {
      if (given) stored = await deploy(t, at, definition, given, stored)
      if (given) t.is((await planned(t, at, definition, given, stored)).change.kind, 'same')
    }
    if (stored) {
      const now = await read(definition, at.newSession(), stored.id, stored)
      const given = (after ?? before)!
      const { change } = await planned(t, at, definition, given, { ...stored, ...now })
      t.is(change.kind, 'same', 'nor is anything left to do after a refresh')
    }
    await deploy(t, at, definition, undefined, stored)
  })
}

test('Contract: a program’s own spelling is stored, and no difference', async (t) => {
  const at = await office(t)
  const given = grantOf({
    starts_at: '2030-01-01T09:00+01:00',
    ends_at: '2031-01-01T01:00:00+01:00',
    space_ids: [officeIds.spaces.lab.toUpperCase()],
  })
  const stored = await deploy(t, at, accessGrant, given)
  const { starts_at, ends_at, space_ids } = given
  t.like(stored!.inputs, { starts_at, ends_at, space_ids })
  t.like(stored!.outputs, { starts_at, ends_at, space_ids })
  const respelled = { ...given, ends_at: '2031-01-01T00:00:00.000Z' }
  t.is((await planned(t, at, accessGrant, respelled, stored)).change.kind, 'same')
})

test('Contract: an update leaves known what none of its inputs alters', async (t) => {
  const at = await office(t)
  const stored = await deploy(t, at, accessGrant, grantOf())
  const said = await planned(t, at, accessGrant, grantOf({ name: 'Lab' }), stored)
  const { access_grant_id, access_method_ids, created_at, starts_at } = stored!.outputs
  t.like(said.outputs, { access_grant_id, access_method_ids, created_at, starts_at, name: 'Lab' })
  t.is(said.outputs['display_name'], unknown)
  const other = grantOf({ requested_access_methods: [{ mode: 'card' }] })
  const { outputs } = await planned(t, at, accessGrant, other, stored)
  t.is(outputs['access_method_ids'], unknown)
  t.is(outputs['display_name'], stored!.outputs['display_name'])
})

test('Contract: what only a deployment will tell is unknown, and nothing else of the inputs', async (t) => {
  const at = await office(t)
  const said = await planned(t, at, accessGrant, grantOf({ user_identity_id: unknown }))
  t.is(said.outputs['user_identity_id'], unknown)
  t.deepEqual(said.outputs['space_ids'], [officeIds.spaces.lab])
  t.is(said.outputs['access_grant_id'], unknown)
})

test('Contract: plans without a deployment bind nothing, and the object is created once', async (t) => {
  const at = await office(t)
  const before = at.sandbox.store.accessGrants.all().length
  for (let turn = 0; turn < 3; turn += 1) await planned(t, at, accessGrant, grantOf())
  t.is(at.sandbox.store.accessGrants.all().length, before)
  await deploy(t, at, accessGrant, grantOf())
  t.is(at.sandbox.store.accessGrants.all().length, before + 1)
})
