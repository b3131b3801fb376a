import test from 'ava'
import {
  check,
  create,
  diffHeld,
  NotOursError,
  read,
  remove,
  Session,
  survey,
} from '../../src/provider'
import { accessGrant } from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { SeamIacError } from '../../src/seam'
import { writes } from '../fixtures/building'
import { failure, grantOf, leftBy, office, planned, seed } from './office'

const id = officeIds.grants.unmanagedFrontDesk
const desk = (more: Wire = {}): Wire => ({
  user_identity_id: officeIds.userIdentities.grace,
  space_ids: [officeIds.spaces.lobby],
  acs_entrance_ids: [officeIds.entrances.storage],
  requested_access_methods: [{ mode: 'code' }],
  name: 'Front desk, day',
  adopt_unmanaged_access_grant_id: id,
  ...more,
})

test('Adoption: an unmanaged grant is taken over, keyed and brought to what is declared', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const inputs = planned(accessGrant, desk())
  const made = await create(accessGrant, session, inputs, seed)
  t.is(made.id, id)
  t.true(made.outputs['adopted'])
  t.deepEqual(writes(sandbox), ['/access_grants/unmanaged/update', '/access_grants/update'])
  t.like(sandbox.store.accessGrants.get(id), {
    is_managed: true,
    name: 'Front desk, day',
    access_grant_key: `${String(inputs['access_grant_key'])}~0`,
  })
  const told = await remove(accessGrant, newSession(), id, made.outputs)
  t.regex(told.join(), /was adopted, so it stays/)
  t.true(sandbox.store.accessGrants.has(id))
})

test('Adoption: the plan says that there is no way back, and asks nothing of Seam', async (t) => {
  const session = new Session()
  session.configure({ endpoint: 'http://127.0.0.1:9', apiKey: 'seam_test_nobody' })
  const { inputs } = check(accessGrant, desk(), { seed }, session.facts)
  const { notices } = await survey(accessGrant, session, inputs, { seed })
  t.regex(notices.join(), /Seam cannot make it unmanaged again/)
})

test('Adoption: one that differs in what cannot be changed is not touched', async (t) => {
  const { sandbox, session } = await office(t)
  const inputs = planned(accessGrant, desk({ space_ids: [officeIds.spaces.lab] }))
  const error = await failure(create(accessGrant, session, inputs, seed), NotOursError)
  t.regex(error.message, /differs in ‹space_ids›/)
  t.deepEqual(writes(sandbox), [])
  t.false(sandbox.store.accessGrants.get(id)?.is_managed)
})

test('Adoption: one that opens other doors than are declared is not touched', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const inputs = planned(accessGrant, desk({ acs_entrance_ids: [officeIds.entrances.roof] }))
  const error = await failure(create(accessGrant, session, inputs, seed), NotOursError)
  t.regex(error.message, /differs in ‹acs_entrance_ids›/)
  t.deepEqual(writes(sandbox), [])

  sandbox.store.accessGrants.update(id, {
    space_ids: [],
    acs_entrance_ids: [officeIds.entrances.storage, officeIds.entrances.serverRoom],
  })
  const fewer = planned(accessGrant, desk({ space_ids: undefined }), new Session())
  t.regex(
    (await failure(create(accessGrant, newSession(), fewer, seed), NotOursError)).message,
    /differs in/,
  )
  t.deepEqual(writes(sandbox), [])
})

test('Adoption: a run that was interrupted after it is continued', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  sandbox.fault({ path: '/access_grants/unmanaged/update', kind: 'reset-after', times: 1 })
  await create(accessGrant, session, planned(accessGrant, desk()), seed)
  const again = await create(accessGrant, newSession(), planned(accessGrant, desk()), seed)
  t.is(again.id, id)
  t.is(writes(sandbox).filter((path) => path.endsWith('unmanaged/update')).length, 2)
})

test('Adoption: a grant that others manage, or that is not there, is an error', async (t) => {
  const { session, newSession } = await office(t)
  const theirs = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  const taking = (other: string) =>
    failure(
      create(
        accessGrant,
        newSession(),
        planned(accessGrant, desk({ adopt_unmanaged_access_grant_id: other }), new Session(), {
          seed: 'bbbbbbbbbbbb',
        }),
        'bbbbbbbbbbbb',
      ),
      NotOursError,
    )
  t.regex((await taking(theirs.id)).message, /is managed already, and not by this program/)
  t.regex((await taking(officeIds.spaces.lab)).message, /There is no AccessGrant .* to take over/)
})

test('Adoption: one grant is taken by one resource, also where two ask at once', async (t) => {
  const { sandbox, session } = await office(t)
  const count = sandbox.store.accessGrants.all().length
  const take = (by: string) =>
    create(accessGrant, session, planned(accessGrant, desk(), new Session(), { seed: by }), by)
  const taken = await Promise.allSettled([take(seed), take('bbbbbbbbbbbb')])
  const refused = taken.filter(({ status }) => status === 'rejected')
  t.is(refused.length, 1)
  t.regex(String((refused[0] as PromiseRejectedResult).reason), /belongs to another resource/)
  t.is(writes(sandbox).filter((path) => path.endsWith('unmanaged/update')).length, 1)
  t.is(sandbox.store.accessGrants.all().length, count)
})

test('Adoption: what a resource of the program had under another name is not taken', async (t) => {
  const { session, newSession } = await office(t)
  const inputs = planned(accessGrant, desk({ access_grant_key: 'desk' }))
  const made = await create(accessGrant, session, inputs, seed)
  const next = newSession()
  await read(accessGrant, next, made.id, leftBy(made))
  const error = await failure(create(accessGrant, next, inputs, 'bbbbbbbbbbbb'), NotOursError)
  t.regex(error.message, /belongs to another resource of this program, or did under another name/)
})

test('Adoption: what was let go is not taken for a leftover of ours', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(accessGrant, session, planned(accessGrant, desk()), seed)
  await remove(accessGrant, newSession(), made.id, made.outputs, seed)
  const anew = planned(accessGrant, desk({ adopt_unmanaged_access_grant_id: undefined }))
  const other = await create(accessGrant, newSession(), anew, seed)
  t.not(other.id, made.id)
  t.true(sandbox.store.accessGrants.has(made.id))
})

test('Adoption: a replacement that would leave the old access open is refused', async (t) => {
  const { session, newSession } = await office(t)
  const made = await create(accessGrant, session, planned(accessGrant, desk()), seed)
  const elsewhere = planned(accessGrant, desk({ space_ids: [officeIds.spaces.lab] }))
  const compare = (outputs: Wire) =>
    diffHeld(accessGrant, newSession(), { ...made, outputs }, elsewhere, { seed }).change
  t.throws(() => compare(made.outputs), { message: /was adopted, so a replacement would leave it/ })
  t.is(compare({ ...made.outputs, delete_adopted: true }).kind, 'replace')
})

test('Adoption: where it may be deleted, a new grant takes its place, and it goes', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const consent = { delete_adopted: true }
  const made = await create(accessGrant, session, planned(accessGrant, desk(consent)), seed)
  const next = newSession()
  const elsewhere = planned(accessGrant, desk({ ...consent, space_ids: [officeIds.spaces.lab] }))
  diffHeld(accessGrant, next, made, elsewhere, { seed })
  const successor = await create(accessGrant, next, elsewhere, seed)
  t.not(successor.id, made.id)
  t.false(successor.outputs['adopted'])
  await remove(accessGrant, next, made.id, made.outputs, seed)
  t.deepEqual(
    [made.id, successor.id].map((id) => sandbox.store.accessGrants.has(id)),
    [false, true],
  )
})

test('Reservation: a conflict says which grant is in the way', async (t) => {
  const { session } = await office(t)
  const room = (more: Wire) =>
    planned(
      accessGrant,
      grantOf({
        space_ids: undefined,
        acs_entrance_ids: [officeIds.entrances.meetingRoom],
        reservation_key: 'R-1',
        starts_at: '2030-01-01T15:00:00Z',
        ends_at: '2030-01-05T11:00:00Z',
        ...more,
      }),
    )
  const first = await create(accessGrant, session, room({ access_grant_key: 'a', name: 'Suite' }))
  const late = room({
    access_grant_key: 'b',
    starts_at: '2030-02-01T15:00:00Z',
    ends_at: '2030-02-05T11:00:00Z',
  })
  const error = await failure(create(accessGrant, session, late), SeamIacError)
  t.regex(error.message, /must overlap/)
  t.true(error.message.includes(`Suite (${first.id}, 2030-01-01`), error.message)
  const other = room({
    access_grant_key: 'c',
    acs_entrance_ids: [officeIds.entrances.meetingRoom, officeIds.entrances.labBench],
  })
  const superset = await failure(create(accessGrant, session, other), SeamIacError)
  t.true(superset.message.includes(first.id), superset.message)
})

test('Adoption: one that reads show late is taken over all the same', async (t) => {
  const { sandbox, session } = await office(t)
  sandbox.fault({ kind: 'stale', ms: 900 })
  const made = await create(accessGrant, session, planned(accessGrant, desk()), seed)
  t.is(made.id, id)
  t.true(sandbox.store.accessGrants.get(id)?.is_managed)
})
