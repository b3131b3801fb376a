import test from 'ava'
import { review } from '../../src/review'
import { buildingIds, buildingSeed } from '../../src/sandbox'
import { sandboxFor } from '../fixtures/building'
import { asked } from './asking'
import { grant, lab, planOf, same, step } from './plans'

const { userIdentity, space, accessGroup, acsUser } = buildingIds

const size = {
  people: 1_000,
  grants: 1_500,
  groups: 12,
  membersPerGroup: 80,
  doors: 60,
  devices: 20,
  spaces: 20,
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

test('Review: its calls grow with pages, groups and spaces, and not with people', async (t) => {
  const sandbox = await sandboxFor(t, { seed: buildingSeed(size) })
  const people = numbers(size.people)
  const plan = planOf(
    ...people.map((one) =>
      same('UserIdentity', `person-${one}`, userIdentity(one), { fullName: `Person ${one}` }),
    ),
    ...people.map((one) =>
      step('create', {
        type: 'AccessGrant',
        name: `grant-${one}`,
        after: {
          userIdentityId: userIdentity(one),
          spaceIds: [space(1 + ((one + 7) % size.spaces))],
          requestedAccessMethods: [{ mode: 'card' }],
        },
      }),
    ),
    ...numbers(size.groups).map((group) =>
      step('delete', {
        type: 'AccessGroupMembership',
        name: `member-${group}`,
        id: `${accessGroup(group)}/${acsUser((group - 1) * size.membersPerGroup + 1)}`,
        before: {
          acsAccessGroupId: accessGroup(group),
          acsUserId: acsUser((group - 1) * size.membersPerGroup + 1),
        },
      }),
    ),
  )
  sandbox.clearRequests()
  const seen = await asked(sandbox, plan)
  t.true(seen.people.gain.length > 500)
  t.log(`${sandbox.requests.length} calls`)
  t.true(sandbox.requests.length <= 60, `${sandbox.requests.length} calls`)
})

test('Review: of one person in a large building it asks no more than of many', async (t) => {
  const sandbox = await sandboxFor(t, { seed: buildingSeed(size) })
  sandbox.clearRequests()
  const given = { ...grant([space(3)]), userIdentityId: userIdentity(5) }
  await asked(sandbox, planOf(step('create', { type: 'AccessGrant', name: 'g', after: given })))
  t.true(sandbox.requests.length <= 50, `${sandbox.requests.length} calls`)
  sandbox.clearRequests()
  await asked(sandbox, planOf(lab, same('AccessGrant', 'g', 'g', given)))
  t.is(sandbox.requests.length, 0, 'a plan that changes nothing asks nothing')
})

test('Review: without a key nothing is asked', async (t) => {
  const sandbox = await sandboxFor(t, { seed: buildingSeed({}) })
  review(planOf(lab, step('create', { type: 'AccessGrant', name: 'g', after: grant([space(1)]) })))
  t.is(sandbox.requests.length, 0)
})
