import test from 'ava'
import fc from 'fast-check'
import {
  check,
  create,
  PartialFailure,
  remove,
  Session,
  survey,
  update,
  type Stored,
} from '../../src/provider'
import {
  accessGroupMembersExclusive as exclusive,
  acsCredential,
  acsUser,
  type SeamResource,
} from '../../src/resources'
import { officeIds, type Sandbox } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { SeamApiError, SeamIacError } from '../../src/seam'
import { writes } from '../fixtures/building'
import { failure, leftBy, office, planned, seed } from './office'

const { accessGroups, acsUsers, systems, userIdentities } = officeIds
const group = accessGroups.employees
const { saltoAna: ana, saltoBen: ben, saltoElena: elena, brivoFarid: farid } = acsUsers
const nobody = '00000000-0000-4000-8000-000000000000'
const add = '/acs/access_groups/add_user'
const takeOut = '/acs/access_groups/remove_user'
const list = (...users: string[]): Wire => ({ acs_access_group_id: group, acs_user_ids: users })

async function plan(session: Session, given: Wire, before?: Wire): Promise<Wire> {
  const standing = { seed, before }
  const { inputs, problems } = check(exclusive, given, standing, session.facts)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return (await survey(exclusive, session, inputs, standing)).inputs
}
const members = ({ store }: Sandbox) =>
  store.memberships
    .where('acs_access_group_id', group)
    .map(({ acs_user_id }) => acs_user_id)
    .sort()

for (const [what, id, said] of [
  ['does not exist', nobody, new RegExp(`${nobody} is no user that exists`)],
  ['is of another system', farid, /"Farid .*" \(.*\) is a user of system ".*" \(/],
  ['is a person', userIdentities.ivan, /"Ivan .*" \(.*\) is a person: pass the id of an AcsUser/],
] as const) {
  test(`Exclusive set: a user who ${what} is refused in the plan, and the group stays`, async (t) => {
    const { sandbox, session } = await office(t)
    const error = await failure(plan(session, list(ana, id)), SeamIacError)
    t.regex(error.message, said)
    t.true(error.message.split('\n').length <= 3)
    t.deepEqual(writes(sandbox), [])
    t.deepEqual(members(sandbox), [ana, ben].sort())
  })
}

test('Exclusive set: many users are looked up with one list, and none who is in the group already', async (t) => {
  const { sandbox, session } = await office(t)
  const users = Array.from({ length: 30 }, (_, at) => {
    const acs_user_id = `00000000-0000-4000-8000-0000000001${String(at).padStart(2, '0')}`
    const ben = sandbox.store.acsUsers.get(acsUsers.saltoBen)!
    sandbox.store.acsUsers.add({ ...ben, acs_user_id, full_name: `User ${at}` })
    return acs_user_id
  })
  const { adds } = (await plan(session, list(ana, ...users))) as { adds: string[] }
  t.deepEqual(adds, users)
  t.true(sandbox.requests.length <= 4, sandbox.requests.map(({ path }) => path).join())
})

for (const isNew of [true, false]) {
  const when = isNew ? 'as the set is declared' : 'as the set is changed'
  test(`Exclusive set: a refused addition removes nobody, ${when}, and the next run finishes`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const last = isNew
      ? undefined
      : await create(exclusive, session, await plan(session, list(ana, ben)))
    const next = newSession()
    const wanted = await plan(next, list(elena), last?.inputs)
    sandbox.clearRequests()
    sandbox.fault({ path: add, kind: 'status', status: 404, times: 1 })
    const error = await failure(
      last ? update(exclusive, next, leftBy(last), wanted) : create(exclusive, next, wanted, seed),
      SeamIacError,
    )
    t.true(error.message.includes(elena), error.message)
    t.true(error.message.includes(group), error.message)
    t.deepEqual(writes(sandbox), [add])
    t.deepEqual(members(sandbox), [ana, ben].sort())
    const again = newSession()
    const left = error instanceof PartialFailure ? leftBy(error) : last
    const inputs = await plan(again, list(elena), left?.inputs)
    await (left ? update(exclusive, again, left, inputs) : create(exclusive, again, inputs, seed))
    t.deepEqual(members(sandbox), [elena])
  })
}

test('Exclusive set: what was added before an addition failed is in the state, and no more than that', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const carl = { ...sandbox.store.acsUsers.get(elena)!, acs_user_id: nobody, full_name: 'Carl' }
  sandbox.store.acsUsers.add(carl)
  const given = { ...list(ana, elena, nobody), remove_on_destroy: true }
  const wanted = await plan(session, given)
  sandbox.fault({ path: add, kind: 'status', status: 400, times: 1 })
  const error = await failure(create(exclusive, session, wanted, seed), PartialFailure)
  const [added] = members(sandbox).filter((id) => id === elena || id === nobody)
  t.is(error.id, group)
  t.deepEqual(error.inputs['acs_user_ids'], [added, ana].sort())
  t.true(members(sandbox).includes(ben), 'nobody was removed')
  await remove(exclusive, newSession(), error.id, error.outputs, seed)
  t.deepEqual(members(sandbox), [ben])
})

const held: [what: string, definition: SeamResource, before: Wire, change: Wire, path: string][] = [
  [
    'a credential',
    acsCredential,
    { acs_user_id: farid, access_method: 'code', code: '2481' },
    { acs_user_id: acsUsers.brivoHugo },
    '/acs/credentials/assign',
  ],
  [
    'a user of a system',
    acsUser,
    { acs_system_id: systems.saltoKs, full_name: 'Lea', user_identity_id: userIdentities.ivan },
    { user_identity_id: userIdentities.grace },
    '/user_identities/add_acs_user',
  ],
]

for (const [what, definition, before, change, path] of held) {
  const holder = (sandbox: Sandbox, { id }: Stored) =>
    definition === acsUser
      ? sandbox.store.acsUsers.get(id)?.user_identity_id
      : sandbox.store.acsCredentials.get(id)?.acs_user_id
  test(`Give before you take: ${what} stays with whom it has when it cannot go to another`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const last = await create(definition, session, planned(definition, before), seed)
    const had = holder(sandbox, last)
    const wanted = planned(definition, { ...before, ...change })
    sandbox.fault({ path, kind: 'status', status: 400, times: 1 })
    await failure(update(definition, session, last, wanted, seed), PartialFailure)
    t.is(holder(sandbox, last), had)
    await update(definition, newSession(), last, wanted, seed)
    t.is(holder(sandbox, last), Object.values(change)[0] as string)
  })
}

const person = fc.constantFrom(ana, ben, elena, nobody)
const people = fc.uniqueArray(person, { minLength: 1, maxLength: 4 })

test('Exclusive set: whatever fails, who was in the group and is to be in it is never out', async (t) => {
  t.timeout(600_000)
  const step = fc.record({ users: people, add: fc.nat(3), remove: fc.nat(3) })
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 2, maxLength: 5 }),
    async (steps) => {
      const { sandbox, newSession } = await office(t)
      const { store } = sandbox
      store.acsUsers.add({ ...store.acsUsers.get(elena)!, acs_user_id: nobody, full_name: 'Carl' })
      let last: Stored | undefined
      for (const { users, ...faults } of steps) {
        for (const isLast of [false, true]) {
          const session = newSession()
          const before = new Set(members(sandbox))
          const inputs = await plan(session, list(...users), last?.inputs)
          sandbox.clearRequests()
          if (!isLast) {
            const kind = { kind: 'status', status: 400, probability: 0.5 } as const
            sandbox.fault({ path: add, ...kind, times: faults.add })
            sandbox.fault({ path: takeOut, ...kind, times: faults.remove })
          }
          const run = last
            ? update(exclusive, session, last, inputs, seed)
            : create(exclusive, session, inputs, seed)
          try {
            last = leftBy(await run)
          } catch (error) {
            if (isLast) throw error
            if (error instanceof PartialFailure) last = leftBy(error)
            else if (!(error instanceof SeamApiError)) throw error
          }
          sandbox.clearFaults()
          const asked = sandbox.requests.filter(({ path }) => path === add || path === takeOut)
          const removed = asked.filter(({ path }) => path === takeOut)
          const who = removed.map(({ body }) => (body as { acs_user_id: string }).acs_user_id)
          t.deepEqual(
            who.filter((id) => users.includes(id)),
            [],
            'no wanted member was taken out',
          )
          const failed = asked.findIndex(({ path, status }) => path === add && status !== 200)
          if (failed >= 0) t.deepEqual(who, [], 'a failing addition removes nobody')
          const stayed = users.filter((id) => before.has(id))
          t.deepEqual(
            stayed.filter((id) => !members(sandbox).includes(id)),
            [],
          )
        }
        t.deepEqual(members(sandbox), [...users].sort())
      }
      await sandbox.stop()
    },
  )
  await fc.assert(property, { numRuns: 30, seed: 417 })
})
