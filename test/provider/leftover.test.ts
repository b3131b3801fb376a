import test from 'ava'
import { create, NotOursError, read, remove, type Session } from '../../src/provider'
import { accessGrant, space, userIdentity } from '../../src/resources'
import { officeIds, type Sandbox } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { writes } from '../fixtures/building'
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

/** The message of a run that meets what it may not take, and sends nothing but its own create. */
async function refused(sandbox: Sandbox, making: Promise<unknown>, id: string) {
  const before = writes(sandbox).length
  const error = await failure(making, NotOursError)
  const sent = writes(sandbox).slice(before)
  if (sent.some((path) => !path.endsWith('/create'))) throw new Error(`it sent ${sent.join()}`)
  if (!error.message.includes(id)) throw new Error(`${error.message} does not name ${id}`)
  return error.message
}

const edits: Record<string, [edit: Wire, differs: string]> = {
  doors: [{ space_ids: [spaces.lobby] }, '‹space_ids›'],
  'the person': [{ user_identity_id: userIdentities.grace }, '‹user_identity_id›'],
  'the name': [{ name: 'Lab' }, '‹name›'],
  'the end': [{ ends_at: '2040-01-01T00:00:00Z' }, '‹ends_at›'],
  'the PIN': [
    { requested_access_methods: [{ mode: 'code', code: '7350' }] },
    '‹requested_access_methods›',
  ],
  'the methods': [
    { requested_access_methods: [{ mode: 'code' }, { mode: 'card' }] },
    '‹requested_access_methods›',
  ],
}

for (const [what, [edit, differs]] of Object.entries(edits)) {
  test(`Leftover: after an edit of ${what} it is told and left alone; deleted, the next run converges`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const killed = await madeBy(session, withPin('2481'))
    const now = { ...withPin('2481'), ...edit }
    const message = await refused(sandbox, madeBy(newSession(), now), killed.id)
    t.true(message.includes(differs), message)
    t.regex(message, /Another stack, state or resource of this name/)
    t.regex(message, /Delete it .* set ‹adopt_id› to its id .* a key of your own/)
    t.is(message.split('\n').length, 3)
    t.truthy(sandbox.store.accessGrants.get(killed.id))

    sandbox.store.accessGrants.delete(killed.id)
    const made = await madeBy(newSession(), now)
    t.is(made.inputs['access_grant_key'], key)
    t.is(sandbox.store.accessGrants.where('access_grant_key', key).length, 1)
  })
}

test('Leftover: told, and then adopted by its id, it is the object of this resource', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const killed = await madeBy(session, withPin('2481'))
  const now = { ...withPin('7350'), name: 'Lab' }
  await refused(sandbox, madeBy(newSession(), now), killed.id)
  const made = await madeBy(newSession(), { ...now, adopt_id: killed.id })
  t.is(made.id, killed.id)
  t.is(made.outputs['adopted'], true)
  t.deepEqual(pinsOf(sandbox, made.id), ['7350'])
  t.is(sandbox.store.accessGrants.get(made.id)?.name, 'Lab')
  t.deepEqual((await read(accessGrant, newSession(), made.id, made))?.inputs, made.inputs)
})

test('Leftover: one that is continued is told with its id', async (t) => {
  const { session, newSession } = await office(t)
  const killed = await madeBy(session, grantOf())
  const made = await madeBy(newSession(), grantOf())
  t.is(made.id, killed.id)
  t.is(made.notices?.length, 1)
  t.true(made.notices?.[0]?.includes(killed.id))
  t.regex(made.notices?.[0] ?? '', /If another stack, state or resource has it, both hold it now/)
})

test('Leftover: one that takes its time to go is waited for', async (t) => {
  const { sandbox, session, newSession } = await office(t, { settleMs: 1500 })
  const killed = await madeBy(session, grantOf())
  await remove(accessGrant, newSession(), killed.id, killed.outputs)
  t.truthy(sandbox.store.accessGrants.get(killed.id), 'it still shows')
  const made = await madeBy(newSession(), grantOf({ space_ids: [spaces.lobby] }))
  t.is(made.inputs['access_grant_key'], key)
  t.not(made.id, killed.id)
})

for (const [what, edit] of [
  ['differs', { space_ids: [spaces.lobby] }],
  ['is the wanted one', {}],
] as const) {
  test(`Leftover: a grant of more than an hour ago that ${what} is told, and stays`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const { id } = await madeBy(session, grantOf())
    age(sandbox, id, 1.1)
    const message = await refused(sandbox, madeBy(newSession(), grantOf(edit)), id)
    t.true(message.includes(`"${key}"`))
    t.deepEqual(
      grantsOf(sandbox).map((grant) => grant.access_grant_id),
      [id],
    )
  })
}

test('Leftover: an object that another resource of the process keeps is not taken', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const first = await madeBy(session, grantOf())
  const next = newSession()
  next.facts.planning.noteHolder(first.id)
  const made = await madeBy(next, grantOf())
  t.not(made.id, first.id)
  t.is(made.inputs['access_grant_key'], `${key}~2`)
  t.is(grantsOf(sandbox).length, 2)
})

test('Leftover: nor deleted, where it differs for good', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const first = await madeBy(session, grantOf())
  const next = newSession()
  next.facts.planning.noteHolder(first.id)
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

test('Leftover: a space with other doors is told, although its look-up shows none', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { roof, storage } = officeIds.entrances
  const annex = (door: string) => planned(space, { name: 'Annex', acs_entrance_ids: [door] })
  const { id } = await create(space, session, annex(roof), seed)
  const again = await create(space, newSession(), annex(roof), seed)
  t.is(again.id, id)
  const message = await refused(sandbox, create(space, newSession(), annex(storage), seed), id)
  t.regex(message, /differs in ‹acs_entrance_ids›/)
  t.like(sandbox.store.spaces.get(id), { acs_entrance_ids: [roof] })
})

test('Leftover: a person with another address is told', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const lea = (email_address: string) =>
    planned(userIdentity, { full_name: 'Lea Kern', email_address })
  const { id } = await create(userIdentity, session, lea('lea@example.com'), seed)
  const making = create(userIdentity, newSession(), lea('kern@example.com'), seed)
  t.regex(await refused(sandbox, making, id), /differs in ‹email_address›/)
  const other = create(userIdentity, newSession(), lea('LEA@example.com'), seed)
  t.is((await other).id, id, 'the case of an address means nothing')
})

for (const [what, given] of [
  ['spaces by other keys', { space_ids: undefined, space_keys: ['lobby'] }],
  ['other doors', { space_ids: undefined, acs_entrance_ids: [officeIds.entrances.roof] }],
] as const) {
  test(`Leftover: one that opens ${what} is not continued`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const killed = await madeBy(session, grantOf())
    await refused(sandbox, madeBy(newSession(), grantOf(given)), killed.id)
    t.deepEqual(
      grantsOf(sandbox).map((grant) => grant.space_ids),
      [[spaces.lab]],
    )
  })
}

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

const shorter: Record<string, [killed: Wire, now: Wire, differs: string]> = {
  'a later start': [{ starts_at: '2040-01-01T00:00:00Z' }, {}, '‹starts_at›'],
  'a PIN of the program’s choice': [
    { requested_access_methods: [{ mode: 'code', code: '4712' }] },
    { requested_access_methods: [{ mode: 'code' }] },
    '‹requested_access_methods›',
  ],
  'a door beside its space': [
    { acs_entrance_ids: [officeIds.entrances.roof] },
    {},
    '‹acs_entrance_ids›',
  ],
}

for (const [what, [first, now, differs]] of Object.entries(shorter)) {
  test(`Leftover: one with ${what}, where the program says nothing of it, is not continued`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const killed = await madeBy(session, grantOf(first))
    const message = await refused(sandbox, madeBy(newSession(), grantOf(now)), killed.id)
    t.true(message.includes(differs), message)
  })
}

test('Leftover: a space that has doors is not continued for one whose doors are not managed', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const annex = (more: Wire) => planned(space, { name: 'Annex', ...more })
  const doors = { acs_entrance_ids: [officeIds.entrances.roof] }
  const { id } = await create(space, session, annex(doors), seed)
  const making = create(space, newSession(), annex({}), seed)
  t.regex(await refused(sandbox, making, id), /differs in ‹acs_entrance_ids›/)
})
