import test from 'ava'
import { create, NotOursError, read, type Session } from '../../src/provider'
import { accessGrant, space, userIdentity } from '../../src/resources'
import { officeIds, type Sandbox } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { calls } from '../seam/wire'
import { failure, grantOf, office, planned, seed } from './office'

const { spaces, userIdentities } = officeIds
const key = `iac-${seed}`

const withPin = (code: string) => grantOf({ requested_access_methods: [{ mode: 'code', code }] })
const madeBy = (session: Session, given: Wire) =>
  create(accessGrant, session, planned(accessGrant, given, session), seed)
const grantsOf = ({ store }: Sandbox, person = userIdentities.ivan) =>
  store.accessGrants.where('user_identity_id', person)
const pinsOf = ({ store }: Sandbox, id: string) =>
  store.accessMethods
    .pick(store.accessGrants.get(id)?.access_method_ids ?? [])
    .map((method) => method.code)

/** Makes it look as old as something that no interrupted run of today has left. */
const age = ({ store }: Sandbox, id: string, hours: number) =>
  store.accessGrants.update(id, {
    created_at: new Date(Date.now() - hours * 3_600_000).toISOString(),
  })

test('Leftover: another PIN than the killed run had ends in Seam and in the state', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const killed = await madeBy(session, withPin('2481'))
  const next = newSession()
  const made = await madeBy(next, withPin('7350'))
  t.is(made.id, killed.id)
  t.deepEqual(pinsOf(sandbox, made.id), ['7350'])
  t.deepEqual(made.inputs['requested_access_methods'], [{ mode: 'code', code: '7350' }])
  t.like((made.outputs['requested_access_methods'] as Wire[])[0], { code: '7350' })
  t.is((made.outputs['requested_access_methods'] as Wire[]).length, 1)
  t.deepEqual((await read(accessGrant, next, made.id, made))?.inputs, made.inputs)
})

for (const [what, edit, person] of [
  ['doors', { space_ids: [spaces.lobby] }, userIdentities.ivan],
  ['the person', { user_identity_id: userIdentities.grace }, userIdentities.grace],
] as const) {
  test(`Leftover: after ${what} were edited, one grant is there in the end`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const before = sandbox.store.accessGrants.size
    const killed = await madeBy(session, grantOf())
    const made = await madeBy(newSession(), grantOf(edit))
    t.not(made.id, killed.id)
    t.falsy(sandbox.store.accessGrants.get(killed.id))
    t.is(sandbox.store.accessGrants.size, before + 1)
    t.is(made.inputs['access_grant_key'], key)
    t.is(sandbox.store.accessGrants.get(made.id)?.user_identity_id, person)
  })
}

test('Leftover: one that takes its time to go is waited for', async (t) => {
  const { sandbox, session, newSession } = await office(t, { settleMs: 1500 })
  const killed = await madeBy(session, grantOf())
  const made = await madeBy(newSession(), grantOf({ space_ids: [spaces.lobby] }))
  t.is(made.inputs['access_grant_key'], key)
  t.deepEqual(
    grantsOf(sandbox).map((grant) => grant.access_grant_id),
    [made.id],
  )
  t.not(made.id, killed.id)
})

test('Leftover: a grant of days ago that differs for good is told, and stays', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { id } = await madeBy(session, grantOf())
  age(sandbox, id, 25)
  const error = await failure(
    madeBy(newSession(), grantOf({ space_ids: [spaces.lobby] })),
    NotOursError,
  )
  t.true(error.message.includes(id))
  t.true(error.message.includes(`"${key}"`))
  t.regex(error.message, /Another stack of the same name may have made it: give a key of your own/)
  t.deepEqual(
    grantsOf(sandbox).map((grant) => grant.access_grant_id),
    [id],
  )
})

test('Leftover: a grant of days ago that is the wanted one is continued', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { id } = await madeBy(session, grantOf())
  age(sandbox, id, 25)
  t.is((await madeBy(newSession(), grantOf({ name: 'Lab' }))).id, id)
  t.is(sandbox.store.accessGrants.get(id)?.name, 'Lab')
})

test('Leftover: an object that another resource of the process keeps is not taken', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const first = await madeBy(session, grantOf())
  const next = newSession()
  next.ledger.keep(first.id)
  const made = await madeBy(next, grantOf())
  t.not(made.id, first.id)
  t.is(made.inputs['access_grant_key'], `${key}~2`)
  t.is(grantsOf(sandbox).length, 2)
})

test('Leftover: nor deleted, where it differs for good', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const first = await madeBy(session, grantOf())
  const next = newSession()
  next.ledger.keep(first.id)
  const made = await madeBy(next, grantOf({ space_ids: [spaces.lobby] }))
  t.is(made.inputs['access_grant_key'], `${key}~2`)
  t.truthy(sandbox.store.accessGrants.get(first.id))
})

test('Leftover: a key that another resource tells late is not taken', async (t) => {
  const { sandbox, session, newSession } = await office(t, { stillness: 3000 })
  const first = await madeBy(session, grantOf())
  const next = newSession()
  const inputs = planned(accessGrant, grantOf({ space_ids: [spaces.lobby] }), next)
  const making = create(accessGrant, next, inputs, seed)
  const wasFound = () => sandbox.requests.some(({ path }) => path === '/access_grants/get')
  while (!wasFound()) await new Promise((resolve) => setTimeout(resolve, 20))
  // The same object, under another name of its resource.
  planned(accessGrant, grantOf(), next, { seed: 'bbbbbbbbbbbb', before: first.inputs })
  const made = await making
  t.is(made.inputs['access_grant_key'], `${key}~2`)
  t.truthy(sandbox.store.accessGrants.get(first.id))
})

test('Leftover: nothing is waited for where nothing is in the way', async (t) => {
  const { sandbox, session } = await office(t, { stillness: 20_000 })
  const began = Date.now()
  await madeBy(session, grantOf())
  t.true(Date.now() - began < 5000)
  t.deepEqual(calls(sandbox), ['/access_grants/create 200'])
})

test('Leftover: a space that was killed is brought to the doors that are wanted now', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { roof, storage } = officeIds.entrances
  const first = planned(space, { name: 'Annex', acs_entrance_ids: [roof] })
  const { id } = await create(space, session, first, seed)
  const now = planned(space, { name: 'Annexe', acs_entrance_ids: [storage] })
  const made = await create(space, newSession(), now, seed)
  t.is(made.id, id)
  t.like(sandbox.store.spaces.get(id), { name: 'Annexe', acs_entrance_ids: [storage] })
})

test('Leftover: a person who was killed gets the address that is wanted now', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const lea = { full_name: 'Lea Kern', email_address: 'lea@example.com' }
  const { id } = await create(userIdentity, session, planned(userIdentity, lea), seed)
  const now = planned(userIdentity, { full_name: 'Lea Kern', email_address: 'kern@example.com' })
  const made = await create(userIdentity, newSession(), now, seed)
  t.is(made.id, id)
  t.is(sandbox.store.userIdentities.get(id)?.email_address, 'kern@example.com')
})

test('Leftover: a --replace finds its own second generation, and makes the first anew', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const old = await madeBy(session, grantOf())
  sandbox.store.accessGrants.update(old.id, { access_grant_key: `${key}~2` })
  const next = newSession()
  // The engine keeps the key of the plan, which is of another generation than the object's.
  const before = { ...old.inputs, access_grant_key: key }
  const made = await create(
    accessGrant,
    next,
    planned(accessGrant, grantOf(), next, { seed, before }),
    seed,
  )
  t.not(made.id, old.id)
  t.is(made.inputs['access_grant_key'], key)
  t.truthy(sandbox.store.accessGrants.get(old.id), 'its removal is the engine’s to order')
})

test('Leftover: the same --replace after a killed one continues with what that one made', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const old = await madeBy(session, grantOf())
  sandbox.store.accessGrants.update(old.id, { access_grant_key: `${key}~2` })
  const replacing = () => {
    const next = newSession()
    const before = { ...old.inputs, access_grant_key: key }
    const inputs = planned(accessGrant, grantOf(), next, { seed, before })
    return create(accessGrant, next, inputs, seed)
  }
  const killed = await replacing()
  const made = await replacing()
  t.is(made.id, killed.id)
  t.not(made.id, old.id)
  t.is(grantsOf(sandbox).length, 2)
})

test('Leftover: one that opens other doors than are wanted now is not continued', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { labBench, roof } = officeIds.entrances
  const at = (door: string) => grantOf({ space_ids: undefined, acs_entrance_ids: [door] })
  const killed = await madeBy(session, at(roof))
  const made = await madeBy(newSession(), at(labBench))
  t.not(made.id, killed.id)
  t.deepEqual(
    grantsOf(sandbox).map(({ acs_entrance_ids: doors }) => doors),
    [[labBench]],
  )
})
