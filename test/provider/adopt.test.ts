import test from 'ava'
import {
  assertHeldOnce,
  create,
  diffHeld,
  NotOursError,
  read,
  remove,
  survey,
  update,
  type Session,
} from '../../src/provider'
import {
  accessGrant,
  accessGroupMembership,
  acsCredential,
  acsUser,
  space,
  userIdentity,
  type SeamResource,
} from '../../src/resources'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { SeamIacError } from '../../src/seam'
import type { Wire } from '../../src/schema'
import { writes } from '../fixtures/building'
import { failure, grantOf, office, planned, seed } from './office'

const { spaces, userIdentities, acsUsers, accessGroups } = officeIds
const mine = grantOf({ access_grant_key: 'mine' })
const made = (session: Session, given: Wire) =>
  create(accessGrant, session, planned(accessGrant, given), seed)
const lobby = { name: 'Lobby', space_key: 'lobby' }

test('Adopt: an object that was there is taken over and brought to what is declared', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { id } = await made(session, mine)
  const next = newSession()
  const taken = await made(next, { ...mine, name: 'Lab', adopt: true })
  t.is(taken.id, id)
  t.is(taken.outputs['adopted'], true)
  t.is(sandbox.store.accessGrants.get(id)?.name, 'Lab')
  t.is((await read(accessGrant, next, id, taken))?.outputs['adopted'], true, 'it is remembered')
})

test('Adopt: what only this provider understands is not sent', async (t) => {
  const { sandbox, session } = await office(t)
  const given = { name: 'Annex', space_key: 'annex', adopt: true, delete_adopted: true }
  const { inputs, outputs } = await create(space, session, planned(space, given), seed)
  t.deepEqual(sandbox.requests[0]?.body, { name: 'Annex', space_key: 'annex' })
  t.is(outputs['adopted'], false, 'nothing was there')
  sandbox.clearRequests()
  const { delete_adopted: _gone, ...less } = inputs
  const now = await update(
    space,
    session,
    { id: String(outputs['space_id']), inputs, outputs },
    less,
  )
  t.deepEqual(writes(sandbox), [])
  t.false('delete_adopted' in now.outputs)
})

test('Adopt: an object that differs for good is an error that names the properties', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { id } = await made(session, mine)
  const other = { ...mine, adopt: true, user_identity_id: userIdentities.grace }
  const error = await failure(
    made(newSession(), { ...other, space_ids: [spaces.lobby] }),
    NotOursError,
  )
  t.true(error.message.includes(id))
  t.regex(error.message, /cannot be adopted: it differs in ‹user_identity_id›, ‹space_ids›/)
  t.is(sandbox.store.accessGrants.get(id)?.user_identity_id, userIdentities.ivan)
})

test('Adopt: destroy lets an adopted object go, unless it is told to delete it', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const taken = await create(space, session, planned(space, { ...lobby, adopt: true }), seed)
  const [notice] = await remove(space, newSession(), taken.id, taken.outputs)
  t.regex(notice ?? '', /^Space \S+ was adopted, so it stays in Seam\. Set ‹delete_adopted›/)
  t.truthy(sandbox.store.spaces.get(taken.id))

  const next = newSession()
  const after = { ...taken.inputs, delete_adopted: true }
  const now = await update(space, next, taken, after)
  t.is(now.outputs['adopted'], true)
  t.deepEqual(await remove(space, newSession(), now.id, now.outputs), [])
  t.falsy(sandbox.store.spaces.get(taken.id))
})

test('Adopt: what this program made is deleted, although it may adopt', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { id, outputs } = await made(session, { ...mine, adopt: true })
  t.deepEqual(await remove(accessGrant, newSession(), id, outputs), [])
  t.falsy(sandbox.store.accessGrants.get(id))
})

test('Adopt: two resources cannot adopt one object', async (t) => {
  const { session } = await office(t)
  const inputs = planned(space, { ...lobby, adopt: true })
  await create(space, session, inputs, seed)
  const error = await failure(create(space, session, inputs, 'bbbbbbbbbbbb'), SeamIacError)
  t.regex(error.message, /is declared by another resource of this program already/)
})

test('Adopt: a key that is on its way out is waited for', async (t) => {
  const { sandbox, session, newSession } = await office(t, { settleMs: 1500 })
  const old = await made(session, mine)
  const next = newSession()
  await remove(accessGrant, next, old.id, old.outputs)
  t.truthy(sandbox.store.accessGrants.get(old.id), 'it still shows')
  const now = await made(next, mine)
  t.not(now.id, old.id)
  t.is(now.outputs['adopted'], false)
  t.is(sandbox.store.accessGrants.where('access_grant_key', 'mine').length, 1)
})

for (const adopt of [undefined, true]) {
  test(`Adopt: what is being replaced has to go first (adopt: ${adopt})`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const given = { ...mine, adopt }
    const { id, inputs: before } = await made(session, given)
    const next = newSession()
    const inputs = planned(accessGrant, given, next, { seed, before })
    assertHeldOnce(accessGrant, next, id, before)
    const error = await failure(create(accessGrant, next, inputs, seed), NotOursError)
    t.true(error.message.includes(id))
    t.regex(error.message, /Set the resource option deleteBeforeReplace to true/)
    t.truthy(sandbox.store.accessGrants.get(id))
  })
}

const edge = { acs_access_group_id: accessGroups.employees, acs_user_id: acsUsers.saltoAna }

test('Adopt: a membership that was there is accepted, with a notice', async (t) => {
  const { session } = await office(t)
  const inputs = planned(accessGroupMembership, edge)
  const { notices } = await create(accessGroupMembership, session, inputs, seed)
  t.is(notices?.length, 1)
  t.regex(notices?.[0] ?? '', /^Ana Torres was a member already\. .* destroying it takes it away/)
  const other = planned(accessGroupMembership, { ...edge, acs_user_id: acsUsers.saltoDev })
  t.deepEqual((await create(accessGroupMembership, session, other, seed)).notices, [])
})

test('Adopt: a membership that is declared twice is an error', async (t) => {
  const { sandbox, session } = await office(t)
  const inputs = planned(accessGroupMembership, { ...edge, acs_user_id: acsUsers.saltoDev })
  const { id } = await create(accessGroupMembership, session, inputs, seed)
  const error = await failure(
    create(accessGroupMembership, session, inputs, 'bbbbbbbbbbbb'),
    SeamIacError,
  )
  t.true(error.message.includes(id))
  t.regex(error.message, /is declared by another resource of this program already/)
  t.truthy(sandbox.store.memberships.get(id))
})

test('Adopt: a group that shows its new member late is waited for', async (t) => {
  const { session } = await office(t, { settleMs: 1500 })
  const inputs = planned(accessGroupMembership, { ...edge, acs_user_id: acsUsers.saltoDev })
  const { id, notices } = await create(accessGroupMembership, session, inputs, seed)
  t.is(id, `${edge.acs_access_group_id}/${acsUsers.saltoDev}`)
  t.deepEqual(notices, [], 'it is not taken for one that was there')
})

test('Adopt: a person is taken over by her key', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const ivan = { user_identity_key: 'ivan', full_name: 'Ivan N.', adopt: true }
  const taken = await create(userIdentity, session, planned(userIdentity, ivan), seed)
  t.is(taken.id, userIdentities.ivan)
  const held = sandbox.store.userIdentities.get(taken.id)
  t.is(held?.full_name, 'Ivan N.')
  t.is(held?.email_address, null, 'what is not declared is taken away')
  await remove(userIdentity, newSession(), taken.id, taken.outputs)
  t.truthy(sandbox.store.userIdentities.get(taken.id))
})

test('Adopt: doors that a look-up does not show are brought to what is declared', async (t) => {
  const { sandbox, session } = await office(t)
  const { roof } = officeIds.entrances
  const given = { ...lobby, adopt: true, acs_entrance_ids: [roof], device_ids: [] }
  const taken = await create(space, session, planned(space, given), seed)
  t.like(sandbox.store.spaces.get(taken.id), { acs_entrance_ids: [roof], device_ids: [] })
  t.deepEqual(taken.outputs['acs_entrance_ids'], [roof])
})

test('Adopt: the schedule of a user is brought to what is declared', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const twin = sandbox.store.acsUsers.get(acsUsers.saltoAna)!
  const given = {
    acs_system_id: twin.acs_system_id,
    full_name: twin.full_name,
    email_address: twin.email_address?.toUpperCase(),
    adopt: true,
    access_schedule: { starts_at: '2030-01-01T00:00:00Z', ends_at: '2031-01-01T00:00:00Z' },
  }
  const taken = await create(acsUser, session, planned(acsUser, given), seed)
  t.is(taken.id, twin.acs_user_id)
  const held = () => sandbox.store.acsUsers.get(twin.acs_user_id)?.access_schedule
  t.is(Date.parse(String(held()?.ends_at)), Date.parse('2031-01-01T00:00:00Z'))
  const { access_schedule: _none, ...less } = given
  await create(acsUser, newSession(), planned(acsUser, less), seed)
  t.is(held(), undefined, 'and one that is not declared is taken away')
})

test('Adopt: a credential that opens other entrances than are declared is not adopted', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { labBench: roof, gymDoor: storage } = officeIds.entrances
  const given = (door: string, adopt = false) =>
    planned(acsCredential, {
      acs_user_id: acsUsers.brivoHugo,
      access_method: 'code',
      code: '481516',
      allowed_acs_entrance_ids: [door],
      ends_at: '2031-01-01T00:00:00Z',
      ...(adopt && { adopt }),
    })
  const { id } = await create(acsCredential, session, given(roof), seed)
  const error = await failure(
    create(acsCredential, newSession(), given(storage, true), seed),
    NotOursError,
  )
  t.true(error.message.includes(id))
  t.regex(error.message, /differs in ‹allowed_acs_entrance_ids›/)
  t.is((await create(acsCredential, newSession(), given(roof, true), seed)).id, id)
  t.truthy(sandbox.store.acsCredentials.get(id))
})

const ivan = { email_address: 'ivan.novak@office.example', phone_number: '+14155550199' }

for (const by of ['email_address', 'phone_number'] as const) {
  for (const key of [undefined, 'staff-7']) {
    test(`Adopt: a person is taken over by the ${by} (key of the program: ${key})`, async (t) => {
      const { sandbox, session, newSession } = await office(t)
      const { store } = sandbox
      store.userIdentities.update(userIdentities.ivan, {
        user_identity_key: null,
        phone_number: ivan.phone_number,
      })
      const given = {
        full_name: 'Ivan N.',
        [by]: ivan[by],
        adopt: true,
        ...(key && { user_identity_key: key }),
      }
      const inputs = planned(userIdentity, given)
      const taken = await create(userIdentity, session, inputs, seed)
      t.is(taken.id, userIdentities.ivan)
      t.true(taken.outputs['adopted'])
      t.like(store.userIdentities.get(taken.id), {
        full_name: 'Ivan N.',
        user_identity_key: key ?? null,
      })
      t.is(store.userIdentities.size, 2)

      const next = newSession()
      // The engine keeps the inputs of the plan, and gives outputs to a comparison.
      const again = planned(userIdentity, given, next, { seed, before: inputs })
      t.is(diffHeld(userIdentity, next, taken.id, taken, again, seed).kind, 'same')
      await remove(userIdentity, next, taken.id, taken.outputs)
      t.truthy(store.userIdentities.get(taken.id), 'who was there before, stays')
    })
  }
}

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
}

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
    t.is(diffHeld(definition, next, id, taken, again, seed).kind, 'same')
    const { adopt_id: _named, ...less } = wanted
    const later = newSession()
    const unnamed = planned(definition, less, later, { seed, before: again })
    t.not(diffHeld(definition, later, id, taken, unnamed, seed).kind, 'replace')
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
    return diffHeld(space, next, taken.id, taken, inputs, seed)
  }
  t.is(plan(given(one)).kind, 'same')
  t.regex(
    String(t.throws(() => plan(given(other)))),
    /was adopted, so a replacement would leave it/,
  )
  const own = await create(space, newSession(), planned(space, { name: 'Annex' }), seed)
  const next = newSession()
  const inputs = planned(space, given(other), next, { seed, before: own.inputs })
  t.like(diffHeld(space, next, own.id, own, inputs, seed), {
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
  t.is(diffHeld(accessGrant, next, id, taken, inputs, seed).kind, 'replace')
  // The engine checks a replacement once more, as if nothing had been there.
  const again = planned(accessGrant, moved, next)
  const now = await create(accessGrant, next, again, seed)
  t.not(now.id, id)
  t.is(now.outputs['access_grant_key'], `iac-${seed}`)
  t.false(now.outputs['adopted'])
  await remove(accessGrant, next, id, taken.outputs, seed)
  t.falsy(sandbox.store.accessGrants.get(id))
})
