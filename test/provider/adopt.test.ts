import test from 'ava'
import {
  create,
  diffHeld,
  NotOursError,
  read,
  remove,
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
} from '../../src/resources'
import { officeIds } from '../../src/sandbox'
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
    next.facts.planning.noteHolder(id)
    next.facts.planning.noteKey(before['access_grant_key'])
    const error = await failure(create(accessGrant, next, inputs, seed), NotOursError)
    t.true(error.message.includes(id))
    t.regex(error.message, /Leave the key out, .*; or «delete-first»/)
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
      t.is(diffHeld(userIdentity, next, taken, again, { seed }).change.kind, 'same')
      await remove(userIdentity, next, taken.id, taken.outputs)
      t.truthy(store.userIdentities.get(taken.id), 'who was there before, stays')
    })
  }
}
