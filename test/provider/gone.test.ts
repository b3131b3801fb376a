import test from 'ava'
import { create, PartialFailure, update } from '../../src/provider'
import {
  acsCredential,
  acsUser,
  accessGrant,
  space,
  userIdentity,
  type SeamResource,
} from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import { className, type Wire } from '../../src/schema'
import { failure, grantOf, office, planned, seed } from './office'

const { acsUsers, systems, userIdentities } = officeIds
const cases: [definition: SeamResource, path: string, before: Wire, change: Wire][] = [
  [accessGrant, '/access_grants', grantOf(), { name: 'Lab' }],
  [accessGrant, '/access_grants', grantOf(), { requested_access_methods: [{ mode: 'card' }] }],
  [userIdentity, '/user_identities', { full_name: 'Lea' }, { full_name: 'Lea Kern' }],
  [space, '/spaces', { name: 'Annex' }, { name: 'Attic' }],
  [
    acsUser,
    '/acs/users',
    { acs_system_id: systems.saltoKs, full_name: 'Lea' },
    { full_name: 'Lea Kern' },
  ],
  [
    acsCredential,
    '/acs/credentials',
    { acs_user_id: acsUsers.brivoFarid, access_method: 'code', code: '2481' },
    { code: '7350' },
  ],
]

for (const [definition, path, before, change] of cases) {
  const what = className(definition.name)
  test(`Gone: the change of ${what} (${Object.keys(change).join()}) says that somebody deleted it, and what to do`, async (t) => {
    const { session, newSession } = await office(t)
    const last = await create(definition, session, planned(definition, before), seed)
    await session.seam.write(`${path}/delete`, { [definition.id]: last.id })
    const wanted = planned(definition, { ...before, ...change })
    const error = await failure(
      update(definition, newSession(), last, wanted, seed),
      PartialFailure,
    )
    t.is(
      error.message,
      `${what} ${last.id} is gone: somebody deleted it. Refresh the state, and the next deployment creates it again.`,
    )
    t.deepEqual(error.inputs, last.inputs)
  })
}

test('Gone: a change that refers to what is gone says what Seam says of that', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const lea = { acs_system_id: systems.saltoKs, full_name: 'Lea' }
  const last = await create(acsUser, session, planned(acsUser, lea), seed)
  sandbox.store.userIdentities.delete(userIdentities.ivan)
  const wanted = planned(acsUser, { ...lea, user_identity_id: userIdentities.ivan })
  const error = await failure(update(acsUser, newSession(), last, wanted, seed), PartialFailure)
  t.regex(error.message, /Seam refused \/user_identities\/add_acs_user for AcsUser .* \(404/)
})

test('Gone: with the key of another workspace nothing is said to be gone', async (t) => {
  const { session } = await office(t)
  const last = await create(space, session, planned(space, { name: 'Annex' }), seed)
  const elsewhere = await office(t, { seed: 'empty' })
  const wanted = planned(space, { name: 'Attic' })
  const error = await failure(update(space, elsewhere.session, last, wanted, seed), PartialFailure)
  t.regex(error.message, /the state is of workspace/)
})
