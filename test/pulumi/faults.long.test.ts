import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 3)

const count = 40

const program = `
const seam = require('seam-iac')
for (let number = 1; number <= ${count}; number += 1) {
  const person = new seam.UserIdentity('person-' + number, {
    fullName: 'Person ' + number,
    emailAddress: 'person-' + number + '@example.com',
  })
  new seam.AccessGrant('grant-' + number, {
    userIdentityId: person.userIdentityId,
    spaceIds: ['${officeIds.spaces.lab}'],
    requestedAccessMethods: [{ mode: 'card' }],
  })
}
`

some(
  '4.13: one deployment through limits, lost answers and errors makes everything once',
  async (t) => {
    const { sandbox, stack } = await deployment(t, program, { sandbox: { randomSeed: 20_261 } })
    const { store } = sandbox
    const people = store.userIdentities.size
    const grants = store.accessGrants.size
    for (const path of ['/user_identities/create', '/access_grants/create']) {
      sandbox.fault({ path, kind: 'status', status: 429, probability: 0.2 })
      sandbox.fault({ path, kind: 'reset-after', probability: 0.15 })
      sandbox.fault({ path, kind: 'status', status: 500, probability: 0.1 })
    }

    await stack.up()
    t.true(
      sandbox.faults.every(({ fired }) => fired > 0),
      'every fault was met',
    )
    t.is(store.userIdentities.size, people + count)
    t.is(store.accessGrants.size, grants + count)
    const made = await stack.resources('AccessGrant')
    t.deepEqual(
      made.map(({ id }) => id).sort(),
      store.accessGrants
        .all()
        .slice(grants)
        .map(({ access_grant_id: id }) => id)
        .sort(),
    )
    t.is((await stack.resources('UserIdentity')).length, count)
    const keys = store.accessGrants.all().map(({ access_grant_key: key }) => key)
    t.false(
      keys.some((key) => key?.includes('~')),
      'nothing was taken for what it should replace',
    )

    await stack.up('--expect-no-changes')
    await stack.destroy()
    t.is(store.userIdentities.size, people)
    t.is(store.accessGrants.size, grants)
  },
)

some('4.4: one destroy through limits, lost answers and errors leaves nothing', async (t) => {
  const { sandbox, stack } = await deployment(t, program, { sandbox: { randomSeed: 20_262 } })
  const { store } = sandbox
  const people = store.userIdentities.size
  const grants = store.accessGrants.size
  await stack.up()
  for (const path of ['/user_identities/delete', '/access_grants/delete']) {
    sandbox.fault({ path, kind: 'status', status: 429, probability: 0.2 })
    sandbox.fault({ path, kind: 'reset-after', probability: 0.15 })
    sandbox.fault({ path, kind: 'status', status: 500, when: 'after', probability: 0.1 })
  }
  await stack.destroy()
  t.true(sandbox.faults.every(({ fired }) => fired > 0))
  t.is(store.userIdentities.size, people)
  t.is(store.accessGrants.size, grants)
  t.deepEqual(await stack.resources('AccessGrant'), [])
})
