import test from 'ava'
import {
  create,
  diffHeld,
  NotOursError,
  read,
  remove,
  survey,
  type Session,
} from '../../src/provider'
import {
  accessGrant,
  accessGroupMembership,
  acsCredential,
  acsUser,
  resources,
  space,
  userIdentity,
  type SeamResource,
} from '../../src/resources'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { nameOf, type Wire } from '../../src/schema'
import { writes } from '../fixtures/building'
import { failure, grantOf, office, planned, seed } from './office'

const { spaces, userIdentities, acsUsers, accessGroups, credentials, entrances } = officeIds
const mine = grantOf({ access_grant_key: 'mine' })
const made = (session: Session, given: Wire) =>
  create(accessGrant, session, planned(accessGrant, given), seed)

const edge = { acs_access_group_id: accessGroups.employees, acs_user_id: acsUsers.saltoAna }

/** Of each resource: what there is to adopt, its id, and what declares it. */
const there: Record<string, [SeamResource, string, (sandbox: Sandbox) => Wire]> = {
  'a person': [userIdentity, userIdentities.ivan, () => ({ full_name: 'Ivan N.' })],
  'a space': [space, spaces.lobby, () => ({ name: 'Foyer' })],
  'a user': [
    acsUser,
    acsUsers.saltoAna,
    ({ store }) => ({
      acs_system_id: store.acsUsers.get(acsUsers.saltoAna)!.acs_system_id,
      full_name: 'Ana T.',
      email_address: store.acsUsers.get(acsUsers.saltoAna)!.email_address,
    }),
  ],
  'a membership': [
    accessGroupMembership,
    `${edge.acs_access_group_id}/${edge.acs_user_id}`,
    () => edge,
  ],
  'a PIN': [
    acsCredential,
    credentials.anaPin,
    () => ({
      acs_user_id: acsUsers.saltoAna,
      access_method: 'code',
      code: '204817',
      allowed_acs_entrance_ids: [entrances.frontDoor, entrances.garageGate],
    }),
  ],
}

test('Adoption by id: every resource that has it is here', (t) => {
  const adoptable = resources.filter((one) => nameOf(one, 'adoptId') !== undefined)
  // The office has no managed grant, so those are created in tests of their own, below.
  const here = new Set([accessGrant, ...Object.values(there).map(([definition]) => definition)])
  t.deepEqual(
    adoptable.filter((one) => !here.has(one)).map(({ name }) => name),
    [],
  )
})

for (const [what, [definition, id, given]] of Object.entries(there)) {
  test(`Adopt by id: ${what} is told in the plan, brought to what is declared, and let go`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const wanted = { ...given(sandbox), adopt_id: id }
    const count = Object.values(sandbox.store).map((held) => (held as { size?: number }).size)
    const inputs = planned(definition, wanted, session)
    const { notices } = await survey(definition, session, inputs, { seed })
    t.regex(notices.join(), new RegExp(`${id} will be adopted`))
    const taken = await create(definition, session, inputs, seed)
    t.is(taken.id, id)
    t.true(taken.outputs['adopted'])
    t.deepEqual((await read(definition, newSession(), id, taken))?.inputs, taken.inputs)

    const next = newSession()
    const again = planned(definition, wanted, next, { seed, before: inputs })
    t.is(diffHeld(definition, next, taken, again, { seed }).change.kind, 'same')
    const { adopt_id: _named, ...less } = wanted
    const later = newSession()
    const unnamed = planned(definition, less, later, { seed, before: again })
    t.not(diffHeld(definition, later, taken, unnamed, { seed }).change.kind, 'replace')
    await remove(definition, newSession(), id, taken.outputs)
    t.deepEqual(
      Object.values(sandbox.store).map((held) => (held as { size?: number }).size),
      count,
    )
  })
}

test('Adopt by id: a grant keeps its key, and one that differs for good is not touched', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { id, outputs } = await made(session, grantOf())
  const other = { ...grantOf({ space_ids: [spaces.lobby] }), adopt_id: id }
  const before = writes(sandbox).length
  const error = await failure(made(newSession(), other), NotOursError)
  t.regex(error.message, /cannot be adopted: it differs in ‹space_ids›/)
  t.is(writes(sandbox).length, before)
  const taken = await made(newSession(), { ...grantOf({ name: 'Lab' }), adopt_id: id })
  t.is(taken.outputs['access_grant_key'], outputs['access_grant_key'])
  t.is(sandbox.store.accessGrants.get(id)?.name, 'Lab')
})

test('Adopt by id: an id that nothing has is an error with a way out', async (t) => {
  const { session } = await office(t)
  const nobody = '80000000-0000-4000-8000-0000000000ff'
  const error = await failure(made(session, { ...grantOf(), adopt_id: nobody }), NotOursError)
  t.true(error.message.startsWith(`There is no AccessGrant ${nobody} to adopt`))
  t.regex(error.message, /‹adopt_unmanaged_access_grant_id›/)
})

test('Adopt by id: another id is another object, and what was adopted is not left behind unsaid', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const [one, other] = [spaces.lobby, spaces.lab]
  const given = (id: string, more: Wire = {}) => ({ name: 'Room', adopt_id: id, ...more })
  const taken = await create(space, session, planned(space, given(one)), seed)
  const plan = (wanted: Wire) => {
    const next = newSession()
    const inputs = planned(space, wanted, next, { seed, before: taken.inputs })
    return diffHeld(space, next, taken, inputs, { seed }).change
  }
  t.is(plan(given(one)).kind, 'same')
  t.regex(
    String(t.throws(() => plan(given(other)))),
    /was adopted, so a replacement would leave it/,
  )
  const own = await create(space, newSession(), planned(space, { name: 'Annex' }), seed)
  const next = newSession()
  const inputs = planned(space, given(other), next, { seed, before: own.inputs })
  t.like(diffHeld(space, next, own, inputs, { seed }).change, {
    kind: 'replace',
    reasons: [{ name: 'adopt_id', reason: `it names another object than ${own.id}` }],
  })
  const now = await create(space, next, planned(space, given(other), next), seed)
  t.is(now.id, other)
  t.is(sandbox.store.spaces.get(other)?.name, 'Room')
})

test('Adopt by id: what replaces an adopted object has a key of the provider', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { id } = await made(session, mine)
  const given = { ...grantOf(), adopt_id: id, delete_adopted: true }
  const taken = await made(newSession(), given)
  const next = newSession()
  const moved = { ...given, space_ids: [spaces.lobby] }
  const inputs = planned(accessGrant, moved, next, { seed, before: taken.inputs })
  t.is(diffHeld(accessGrant, next, taken, inputs, { seed }).change.kind, 'replace')
  // The engine checks a replacement once more, as if nothing had been there.
  const again = planned(accessGrant, moved, next)
  const now = await create(accessGrant, next, again, seed)
  t.not(now.id, id)
  t.is(now.outputs['access_grant_key'], `iac-${seed}`)
  t.false(now.outputs['adopted'])
  await remove(accessGrant, next, id, taken.outputs, seed)
  t.falsy(sandbox.store.accessGrants.get(id))

  const later = newSession()
  const unchanged = planned(accessGrant, moved, later, { seed, before: again })
  t.is(
    diffHeld(accessGrant, later, now, unchanged, { seed }).change.kind,
    'same',
    'and then it stays',
  )
})

test('Adopt by id: a grant with a door beside its space is not one that names the space alone', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { id } = await made(session, grantOf({ acs_entrance_ids: [officeIds.entrances.roof] }))
  const error = await failure(made(newSession(), { ...grantOf(), adopt_id: id }), NotOursError)
  t.regex(error.message, /cannot be adopted: it differs in ‹acs_entrance_ids›/)
  t.truthy(sandbox.store.accessGrants.get(id))
})

test('Adopt: the one user that a person has in a system is named, and adopted by the person', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const held = sandbox.store.acsUsers.get(acsUsers.brivoGrace)!
  sandbox.fault({ path: '/acs/users/create', kind: 'status', status: 409, times: 2 })
  const given = {
    acs_system_id: held.acs_system_id,
    full_name: 'Grace H.',
    email_address: 'grace.h@example.com',
    user_identity_id: held.user_identity_id,
  }
  const error = await failure(create(acsUser, session, planned(acsUser, given), seed), NotOursError)
  t.true(error.message.includes(held.acs_user_id))
  t.regex(error.message, /‹user_identity_id› already/)
  const inputs = planned(acsUser, { ...given, adopt: true })
  const taken = await create(acsUser, newSession(), inputs, seed)
  t.is(taken.id, held.acs_user_id)
  t.is(sandbox.store.acsUsers.get(taken.id)?.full_name, 'Grace H.')
})
