import { inspect } from 'node:util'
import test from 'ava'
import { create, diffHeld, read, remove, Session } from '../../src/provider'
import {
  accessGrant,
  accessGroupMembership,
  space,
  userIdentity,
  type SeamResource,
} from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { SeamApiError, SeamIacError } from '../../src/seam'
import { json, wire } from '../seam/wire'
import { failure, grantOf, office, planned, seed } from './office'

const pin = '204817'
const withPin = grantOf({ requested_access_methods: [{ mode: 'code', code: pin }] })

const hugo = {
  acs_access_group_id: officeIds.accessGroups.itStaff,
  acs_user_id: officeIds.acsUsers.brivoHugo,
}

const kinds: [SeamResource, Wire][] = [
  [accessGrant, withPin],
  [space, { name: 'Annex', acs_entrance_ids: [officeIds.entrances.roof] }],
  [userIdentity, { full_name: 'Lea Kern' }],
  [
    accessGroupMembership,
    {
      acs_access_group_id: officeIds.accessGroups.labTeam,
      acs_user_id: officeIds.acsUsers.brivoHugo,
    },
  ],
]

for (const [definition, given] of kinds) {
  const { name } = definition

  test(`Read: ${name} is as it was made`, async (t) => {
    const { session, newSession } = await office(t)
    const made = await create(definition, session, planned(definition, given), seed)
    const now = await read(definition, newSession(), made.id, made)
    t.deepEqual(now?.inputs, made.inputs)
    t.is(now?.outputs[definition.id], made.id)
    t.is(now?.outputs['workspace_id'], officeIds.workspace)
  })

  test(`Remove: ${name} goes, and what is gone already is a success`, async (t) => {
    const { session, newSession } = await office(t)
    const made = await create(definition, session, planned(definition, given), seed)
    const next = newSession()
    await remove(definition, next, made.id, made.outputs)
    t.is(await read(definition, next, made.id, made), undefined)
    await t.notThrowsAsync(remove(definition, next, made.id, made.outputs))
  })

  test(`Remove: ${name} of another workspace is an error`, async (t) => {
    const { session } = await office(t)
    const made = await create(definition, session, planned(definition, given), seed)
    const elsewhere = await office(t, { seed: 'empty' })
    const message = new RegExp(`the state is of workspace ${officeIds.workspace}`)
    const { session: other } = elsewhere
    await t.throwsAsync(remove(definition, other, made.id, made.outputs), { message })
    await t.throwsAsync(read(definition, other, made.id, made), { message })
  })

  test(`Remove: ${name} that this run has just bound stays`, async (t) => {
    const { session } = await office(t)
    const made = await create(definition, session, planned(definition, given), seed)
    await remove(definition, session, made.id, made.outputs)
    t.truthy(await read(definition, session, made.id, made))
  })

  test(`Read: ${name} that nobody knows is nothing`, async (t) => {
    const { session } = await office(t)
    const id = '00000000-0000-4000-8000-000000000000'
    const unknownId = definition === accessGroupMembership ? `${id}/${id}` : id
    t.is(await read(definition, session, unknownId), undefined)
  })
}

test('Remove: a refusal is told', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(space, session, planned(space, { name: 'Annex' }), seed)
  sandbox.fault({ path: '/spaces/delete', kind: 'status', status: 409 })
  const error = await failure(remove(space, newSession(), made.id, made.outputs), SeamApiError)
  t.is(error.status, 409)
})

test('Remove: an object of an unreachable API is not taken as gone', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(space, session, planned(space, { name: 'Annex' }), seed)
  sandbox.fault({ kind: 'status', status: 404, body: 'html' })
  const { id, outputs } = made
  await t.throwsAsync(remove(space, newSession(), id, outputs), { instanceOf: SeamIacError })
  await t.throwsAsync(read(space, newSession(), id, made), { instanceOf: SeamIacError })
})

test('Read: an object on its way out counts as gone', async (t) => {
  const { sandbox, session, newSession } = await office(t, { settleMs: 600_000 })
  const made = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  t.truthy(await read(accessGrant, session, made.id, made))
  const next = newSession()
  await remove(accessGrant, next, made.id, made.outputs)
  t.truthy(sandbox.store.accessGrants.get(made.id), 'the sandbox still shows it')
  t.is(await read(accessGrant, next, made.id, made), undefined)
  await t.notThrowsAsync(remove(accessGrant, next, made.id, made.outputs))
})

test('Read: what was changed behind our back comes back as inputs', async (t) => {
  const { sandbox, session } = await office(t)
  const made = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  sandbox.store.accessGrants.update(made.id, {
    name: 'For ever',
    ends_at: '2040-01-01T00:00:00.000Z',
    starts_at: '2020-01-01T00:00:00.000Z',
  })
  const now = await read(accessGrant, session, made.id, made)
  t.deepEqual(now?.inputs, {
    ...made.inputs,
    name: 'For ever',
    ends_at: '2040-01-01T00:00:00Z',
  })
  t.is(now?.outputs['starts_at'], '2020-01-01T00:00:00Z', 'left to Seam, so no difference')
})

test('Read: a record whose members are all cleared is no difference', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(space, session, planned(space, { name: 'Annex' }), seed)
  sandbox.store.spaces.update(made.id, { customer_data: { address: null } })
  t.deepEqual((await read(space, session, made.id, made))?.inputs, made.inputs)
  sandbox.store.spaces.update(made.id, { customer_data: { address: 'Street 1' } })
  const changed = await read(space, newSession(), made.id, made)
  t.deepEqual(changed?.inputs, { ...made.inputs, customer_data: { address: 'Street 1' } })
})

test('Read: ids in upper case are the ids that Seam answers', async (t) => {
  const { sandbox, session } = await office(t)
  const lab = sandbox.store.spaces.get(officeIds.spaces.lab)!
  const space_id = 'abcdef00-0000-4000-8000-0000000000ab'
  sandbox.store.spaces.add({ ...lab, space_id, space_key: 'letters' })
  const given = planned(accessGrant, grantOf({ space_ids: [space_id.toUpperCase()] }))
  const made = await create(accessGrant, session, given, seed)
  t.deepEqual((await read(accessGrant, session, made.id, made))?.inputs, given)
})

test('Secrets: a PIN that Seam chose, or that nobody gave, is in no inputs', async (t) => {
  const { session } = await office(t)
  const made = await create(accessGrant, session, planned(accessGrant, withPin), seed)
  const mine = await read(accessGrant, session, made.id, made)
  t.deepEqual(mine?.inputs['requested_access_methods'], [{ mode: 'code', code: pin }])

  const imported = await read(accessGrant, session, made.id)
  t.deepEqual(imported?.inputs['requested_access_methods'], [{ mode: 'code' }])
  t.false(inspect(imported, { depth: 20 }).includes(pin))
})

const reasons = [
  {
    warning_code: 'requested_code_unavailable',
    message: `The code ${pin} is taken; 881144 is used instead.`,
    original_code: pin,
    new_code: '881144',
    device_id: officeIds.devices.gymLock,
  },
  {
    warning_code: 'made_up',
    message: `Nested: ${pin}, 5519027`,
    from: { code: pin },
    to: [{ card_number: '5519027', code: '' }],
  },
]

test('Secrets: PINs are left out of warnings and errors, and the rest stays readable', async (t) => {
  const { sandbox, session } = await office(t)
  const made = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  for (const reason of reasons) {
    sandbox.store.warn(made.id, reason)
    sandbox.store.fail(made.id, { ...reason, error_code: reason.warning_code })
  }
  const now = await read(accessGrant, session, made.id, made)
  const printed = inspect(now, { depth: 20 })
  for (const secret of [pin, '881144', '5519027']) t.false(printed.includes(secret), secret)
  const [first, second] = now?.outputs['warnings'] as Wire[]
  t.like(first, {
    warning_code: 'requested_code_unavailable',
    message: 'The code [secret] is taken; [secret] is used instead.',
    device_id: officeIds.devices.gymLock,
  })
  t.like(second, { message: 'Nested: [secret], [secret]', from: {}, to: [{}] })
})

test('Secrets: a PIN that only the state knows is not shown when its removal fails', async (t) => {
  // Of its own: what one test hides stays hidden in the whole process.
  const unseen = '620193'
  const { endpoint } = await wire(t, (response) =>
    json(response, 400, { error: { type: 'no', message: `Code ${unseen} is in use` } }),
  )
  const session = new Session()
  session.configure({ endpoint, apiKey: 'seam_test_echo' })
  const outputs = { requested_access_methods: [{ mode: 'code', code: unseen }] }
  const error = await failure(remove(accessGrant, session, seed, outputs), SeamApiError)
  t.regex(error.message, /Code \[secret\] is in use/)
})

test('Read: a membership that is gone can be made again by the run that has refreshed', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const inputs = planned(accessGroupMembership, hugo)
  const made = await create(accessGroupMembership, session, inputs)
  sandbox.store.memberships.delete(made.id)
  const next = newSession()
  t.is(await read(accessGroupMembership, next, made.id, made), undefined)
  t.is((await create(accessGroupMembership, next, inputs)).id, made.id)
})

test('Read: a membership that another resource of the program takes over stays where it is', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const inputs = planned(accessGroupMembership, hugo)
  const made = await create(accessGroupMembership, session, inputs)
  const next = newSession()
  await read(accessGroupMembership, next, made.id, made)
  t.is((await create(accessGroupMembership, next, inputs)).id, made.id)
  await remove(accessGroupMembership, next, made.id, made.outputs)
  t.true(sandbox.store.memberships.has(made.id))
})

test('Remove: a membership that another resource of the program has meanwhile stays', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const inputs = planned(accessGroupMembership, hugo)
  const made = await create(accessGroupMembership, session, inputs)
  const next = newSession()
  next.facts.planning.noteHolder(made.id, 'bbbbbbbbbbbb')
  const told = await remove(accessGroupMembership, next, made.id, made.outputs, seed)
  t.regex(told.join(), /stays: another resource of this program has it/)
  t.true(sandbox.store.memberships.has(made.id))
})

test('Remove: of two memberships that trade places, both are there in the end', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const { itStaff, labTeam } = officeIds.accessGroups
  const inGroup = (acs_access_group_id: string) =>
    planned(accessGroupMembership, {
      acs_access_group_id,
      acs_user_id: officeIds.acsUsers.brivoHugo,
    })
  const one = await create(accessGroupMembership, session, inGroup(itStaff))
  const next = newSession()
  const other = 'bbbbbbbbbbbb'
  diffHeld(accessGroupMembership, next, one, inGroup(labTeam), { seed })
  await create(accessGroupMembership, next, inGroup(labTeam), seed)
  await create(accessGroupMembership, next, inGroup(itStaff), other)
  await remove(accessGroupMembership, next, one.id, one.outputs, seed)
  t.is(sandbox.store.memberships.where('acs_user_id', officeIds.acsUsers.brivoHugo).length, 2)
})
