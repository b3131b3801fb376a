import test from 'ava'
import { create, diff, remove, update } from '../../src/provider'
import { accessGrant, accessGroupMembership, acsUser, userIdentity } from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import { SeamIacError } from '../../src/seam'
import { failure, grantOf, office, planned, seed } from './office'

const { acsUsers, accessGroups, credentials, systems, userIdentities } = officeIds
const none = { workspace_id: officeIds.workspace }
const lea = { full_name: 'Lea Kern', email_address: 'lea@example.com' }

test('Cascade: a person who holds what others made is not deleted', async (t) => {
  const { sandbox, session } = await office(t)
  const error = await failure(
    remove(userIdentity, session, userIdentities.grace, none),
    SeamIacError,
  )
  t.regex(error.message, /^Deleting UserIdentity \S+ would delete also: credential /)
  t.true(error.message.includes(credentials.gracePhone))
  t.regex(error.message, /set ‹delete_cascade› to true and deploy that before\.$/)
  t.truthy(sandbox.store.userIdentities.get(userIdentities.grace))
})

test('Cascade: a user of a system who holds what others made is not deleted', async (t) => {
  const { sandbox, session } = await office(t)
  const { message } = await failure(remove(acsUser, session, acsUsers.saltoAna, none), SeamIacError)
  t.true(message.includes(`credential ${credentials.anaPin}`))
  t.true(message.includes(`membership in access group ${accessGroups.employees} (Employees)`))
  t.truthy(sandbox.store.acsUsers.get(acsUsers.saltoAna))
})

test('Cascade: with the consent of the program they go', async (t) => {
  const { sandbox, session } = await office(t)
  const outputs = { ...none, delete_cascade: true }
  await remove(acsUser, session, acsUsers.saltoAna, outputs)
  t.falsy(sandbox.store.acsUsers.get(acsUsers.saltoAna))
  await remove(userIdentity, session, userIdentities.grace, outputs)
  t.falsy(sandbox.store.userIdentities.get(userIdentities.grace))
})

test('Cascade: consent is an update that sends nothing', async (t) => {
  const { sandbox, session } = await office(t)
  const last = await create(userIdentity, session, planned(userIdentity, lea), seed)
  sandbox.clearRequests()
  const after = { ...last.inputs, delete_cascade: true }
  t.like(diff(userIdentity, last.inputs, after, seed), { kind: 'update' })
  const now = await update(userIdentity, session, last, after, seed)
  t.is(now.outputs['delete_cascade'], true)
  t.deepEqual(
    sandbox.requests.map(({ path }) => path),
    ['/user_identities/get'],
  )
})

for (const settleMs of [0, 1500]) {
  test(`Cascade: what this run deleted is no obstacle (settling in ${settleMs} ms)`, async (t) => {
    const { sandbox, session, newSession } = await office(t, { settleMs })
    const person = await create(userIdentity, session, planned(userIdentity, lea), seed)
    const access = await create(
      accessGrant,
      session,
      planned(accessGrant, grantOf({ user_identity_id: person.id })),
      seed,
    )
    const user = await create(
      acsUser,
      session,
      planned(acsUser, {
        ...lea,
        acs_system_id: systems.brivo,
        user_identity_id: person.id,
      }),
    )
    const edge = { acs_access_group_id: accessGroups.labTeam, acs_user_id: user.id }
    const member = await create(
      accessGroupMembership,
      session,
      planned(accessGroupMembership, edge),
    )
    const next = newSession()
    await failure(remove(userIdentity, next, person.id, person.outputs), SeamIacError)
    await remove(accessGroupMembership, next, member.id, member.outputs)
    await remove(accessGrant, next, access.id, access.outputs)
    await remove(acsUser, next, user.id, user.outputs)
    await remove(userIdentity, next, person.id, person.outputs)
    sandbox.settle()
    t.falsy(sandbox.store.userIdentities.get(person.id))
    t.falsy(sandbox.store.acsUsers.get(user.id))
  })
}

test('Cascade: a person whom this program adopted is let go, whatever she holds', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const grace = userIdentities.grace
  sandbox.store.userIdentities.update(grace, { user_identity_key: 'grace' })
  const given = planned(userIdentity, {
    user_identity_key: 'grace',
    full_name: 'Grace Lee',
    email_address: 'grace.lee@office.example',
    adopt: true,
  })
  const { id, outputs } = await create(userIdentity, session, given, seed)
  t.is(id, grace)
  const [notice] = await remove(userIdentity, newSession(), id, outputs)
  t.regex(notice ?? '', /was adopted, so it stays in Seam/)
  t.truthy(sandbox.store.userIdentities.get(grace))
})

test('Cascade: a forced replacement of a person goes first while her address stays', (t) => {
  const before = planned(userIdentity, lea)
  const order = (after: object) => {
    const change = diff(userIdentity, before, { ...before, ...after }, seed)
    return change.kind === 'same' ? undefined : change.order
  }
  t.is(order({ full_name: 'Lea' }), 'delete-first')
  t.is(order({ email_address: 'kern@example.com' }), 'create-first')
  t.is(order({ email_address: undefined }), 'create-first')
})
