import test from 'ava'
import {
  create,
  diff,
  NotOursError,
  PartialFailure,
  read,
  remove,
  update,
} from '../../src/provider'
import type { Stored, Session } from '../../src/provider'
import { acsUser } from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import { unknown, type Wire } from '../../src/schema'
import { writes } from '../fixtures/building'
import { calls } from '../seam/wire'
import { failure, office, planned } from './office'

const { systems, userIdentities, acsUsers } = officeIds
const lea = {
  acs_system_id: systems.saltoKs,
  full_name: 'Lea Kern',
  email_address: 'lea@example.com',
}
const made = (session: Session, given: Wire) => create(acsUser, session, planned(acsUser, given))
const change = (session: Session, last: Stored, given: Wire) =>
  update(acsUser, session, last, planned(acsUser, given))
const ana = { ...lea, full_name: 'Ana Torres', email_address: 'ana.torres@office.example' }

test('AcsUser: is made, and read as it was made', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const user = await made(session, { ...lea, phone_number: '+14155550100' })
  t.deepEqual(calls(sandbox), ['/acs/users/list 200', '/acs/users/create 200'])
  t.is(user.outputs['is_suspended'], false)
  t.is(user.outputs['adopted'], false)
  t.deepEqual((await read(acsUser, newSession(), user.id, user))?.inputs, user.inputs)
})

test('AcsUser: one that is just like it is an error, and adopted where that is wanted', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const before = sandbox.store.acsUsers.size
  const error = await failure(made(session, ana), NotOursError)
  t.true(error.message.includes(acsUsers.saltoAna))
  t.regex(error.message, /Set ‹adopt› to true to take it over/)
  const taken = await made(newSession(), { ...ana, adopt: true, is_suspended: true })
  t.is(taken.id, acsUsers.saltoAna)
  t.is(taken.outputs['adopted'], true)
  t.true(sandbox.store.acsUsers.get(taken.id)?.is_suspended)
  t.is(sandbox.store.acsUsers.size, before)
  t.is((await remove(acsUser, newSession(), taken.id, taken.outputs)).length, 1)
  t.truthy(sandbox.store.acsUsers.get(taken.id))
})

test('AcsUser: where two are just like it, nobody is adopted', async (t) => {
  const { sandbox, session } = await office(t)
  const twin = sandbox.store.acsUsers.get(acsUsers.saltoAna)!
  const acs_user_id = '50000000-0000-4000-8000-0000000000aa'
  sandbox.store.acsUsers.add({ ...twin, acs_user_id })
  const error = await failure(made(session, { ...ana, adopt: true }), NotOursError)
  t.true(error.message.includes(acsUsers.saltoAna))
  t.true(error.message.includes(acs_user_id))
  t.regex(error.message, /‹adopt_id› to the id of the one that is meant/)
})

test('AcsUser: another in another system, or with another address, is no twin', async (t) => {
  const { session } = await office(t)
  t.not((await made(session, { ...ana, email_address: 'a.t@example.com' })).id, acsUsers.saltoAna)
  const { email_address: _none, ...nameless } = ana
  t.not((await made(session, nameless)).id, acsUsers.saltoAna)
})

test('AcsUser: two resources of one program are never one user', async (t) => {
  const { session } = await office(t)
  const first = await made(session, lea)
  const second = await made(session, lea)
  t.not(second.id, first.id)
})

for (const kind of ['reset-after', 'reset-before'] as const) {
  test(`AcsUser: after a lost answer (${kind}) there is one user`, async (t) => {
    const { sandbox, session } = await office(t)
    const before = sandbox.store.acsUsers.size
    sandbox.fault({ path: '/acs/users/create', kind, times: 1 })
    const user = await made(session, lea)
    t.is(sandbox.store.acsUsers.size, before + 1)
    t.is(user.outputs['adopted'], false)
  })
}

test('AcsUser: what a killed run made is reported by the next, not made again', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { id } = await made(session, lea)
  const count = sandbox.store.acsUsers.size
  t.true((await failure(made(newSession(), lea), NotOursError)).message.includes(id))
  t.is(sandbox.store.acsUsers.size, count)
})

test('AcsUser: is suspended and let in again in place', async (t) => {
  const { sandbox, session } = await office(t)
  const suspended = await made(session, { ...lea, is_suspended: true })
  t.true(sandbox.store.acsUsers.get(suspended.id)?.is_suspended)
  t.is(suspended.outputs['is_suspended'], true)
  sandbox.clearRequests()
  const now = await change(session, suspended, { ...lea, is_suspended: false })
  t.deepEqual(writes(sandbox), ['/acs/users/unsuspend'])
  t.is(now.outputs['is_suspended'], false)
})

test('AcsUser: a suspension that failed is in the state, and the next run finishes it', async (t) => {
  const { sandbox, session } = await office(t)
  sandbox.fault({ path: '/acs/users/suspend', kind: 'status', status: 400, times: 1 })
  const given = { ...lea, is_suspended: true }
  const error = await failure(made(session, given), PartialFailure)
  t.truthy(sandbox.store.acsUsers.get(error.id))
  t.is(error.inputs['is_suspended'], false)
  t.like(diff(acsUser, error.inputs, planned(acsUser, given), undefined), {
    kind: 'update',
    changed: ['is_suspended'],
  })
})

test('AcsUser: is linked, linked to another person, and unlinked in place', async (t) => {
  const { sandbox, session } = await office(t)
  const person = ({ id }: Stored) => sandbox.store.acsUsers.get(id)?.user_identity_id
  const first = await made(session, lea)
  const ivan = await change(session, first, { ...lea, user_identity_id: userIdentities.ivan })
  t.is(person(ivan), userIdentities.ivan)
  const grace = await change(session, ivan, { ...lea, user_identity_id: userIdentities.grace })
  t.is(person(grace), userIdentities.grace)
  sandbox.clearRequests()
  const nobody = await change(session, grace, lea)
  t.is(person(nobody), undefined)
  t.deepEqual(writes(sandbox), ['/user_identities/remove_acs_user'])
  t.false('user_identity_id' in nobody.outputs)
})

test('AcsUser: a schedule is set, changed and cleared in place', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const until = (ends_at: string) => ({ ...lea, access_schedule: { ends_at } })
  const schedule = (id: string) => sandbox.store.acsUsers.get(id)?.access_schedule
  const user = await made(session, until('2040-01-01T00:00:00Z'))
  const began = schedule(user.id)?.starts_at
  t.truthy(began)
  t.deepEqual((await read(acsUser, newSession(), user.id, user))?.inputs, user.inputs)
  const now = await change(session, user, until('2041-01-01T00:00:00Z'))
  t.is(Date.parse(String(schedule(user.id)?.ends_at)), Date.parse('2041-01-01T00:00:00Z'))
  t.is(Date.parse(String(schedule(user.id)?.starts_at)), Date.parse(String(began)))
  const cleared = await change(session, now, lea)
  t.is(schedule(user.id), undefined)
  t.false('access_schedule' in cleared.outputs)
})

const [start, later, end] = [2030, 2031, 2032].map((year) => `${year}-01-01T00:00:00Z`)
const during = (access_schedule: Wire): Wire => ({ ...lea, access_schedule })
const endless = {
  kind: 'replace',
  order: 'create-first',
  reasons: [
    {
      name: 'access_schedule',
      reason:
        'Seam gives a schedule without end to a new user only; an end far away keeps this one',
    },
  ],
}

const plans: Record<string, [before: Wire, after: Wire, outcome: object]> = {
  'another name': [lea, { ...lea, full_name: 'Lea' }, { kind: 'update' }],
  'another address': [lea, { ...lea, email_address: 'l@example.com' }, { kind: 'update' }],
  'an address taken away': [
    lea,
    { ...lea, email_address: null },
    {
      kind: 'replace',
      reasons: [{ name: 'email_address', reason: 'Seam cannot take it away again' }],
    },
  ],
  'a phone number taken away': [
    { ...lea, phone_number: '+14155550100' },
    lea,
    {
      kind: 'replace',
      reasons: [{ name: 'phone_number', reason: 'Seam cannot take it away again' }],
    },
  ],
  'an address that only a deployment tells': [
    lea,
    { ...lea, email_address: unknown },
    { kind: 'update' },
  ],
  'an end of its schedule': [lea, during({ ends_at: end }), { kind: 'update' }],
  'another end of its schedule': [
    during({ starts_at: start, ends_at: end }),
    during({ starts_at: start, ends_at: unknown }),
    { kind: 'update' },
  ],
  'no schedule': [during({ ends_at: end }), lea, { kind: 'update' }],
  'a schedule without end': [lea, during({ starts_at: start }), endless],
  'another start of one without end': [
    during({ starts_at: start }),
    during({ starts_at: later }),
    endless,
  ],
  'an end taken away': [during({ ends_at: end }), during({ starts_at: start }), endless],
  'another name, with a schedule without end': [
    during({ starts_at: start }),
    { ...during({ starts_at: start }), full_name: 'Lea' },
    { kind: 'update' },
  ],
  'an end taken away from the user of a person': [
    { ...during({ ends_at: end }), user_identity_id: userIdentities.ivan },
    { ...during({ starts_at: start }), user_identity_id: userIdentities.ivan },
    { ...endless, order: 'delete-first' },
  ],
  'another system for the user of a person': [
    { ...lea, user_identity_id: userIdentities.ivan },
    { ...lea, user_identity_id: userIdentities.ivan, acs_system_id: systems.brivo },
    { kind: 'replace', order: 'create-first' },
  ],
  'another system': [lea, { ...lea, acs_system_id: systems.brivo }, { kind: 'replace' }],
  'a suspension left to Seam': [{ ...lea, is_suspended: true }, lea, { kind: 'same' }],
}

for (const [what, [before, after, outcome]] of Object.entries(plans)) {
  test(`AcsUser: the plan for ${what}`, (t) => {
    t.like(diff(acsUser, planned(acsUser, before), planned(acsUser, after), undefined), outcome)
  })
}

test('AcsUser: a lost answer makes no second one although reads are behind', async (t) => {
  const { sandbox, session } = await office(t)
  const before = sandbox.store.acsUsers.size
  sandbox.fault({ kind: 'stale', ms: 900 })
  sandbox.fault({ path: '/acs/users/create', kind: 'reset-after', times: 1 })
  await made(session, lea)
  t.is(sandbox.store.acsUsers.size, before + 1)
})
