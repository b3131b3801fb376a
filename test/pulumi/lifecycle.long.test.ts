import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment, plannedSteps, writes } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 3)

const { spaces, accessGroups, acsUsers } = officeIds

const program = `
const seam = require('seam-iac')
const { FULL_NAME = 'Ana Ruiz', ENDS_AT, GRANT_NAME } = process.env
const ana = new seam.UserIdentity('ana', { fullName: FULL_NAME, emailAddress: 'ana@example.com' })
const studio = new seam.Space('studio', { name: 'Studio', acsEntranceIds: ['${officeIds.entrances.quietOffice}'] })
const grant = new seam.AccessGrant('ana-studio', {
  userIdentityId: ana.userIdentityId,
  spaceIds: [studio.spaceId, '${spaces.lobby}'],
  requestedAccessMethods: [{ mode: 'code' }],
  endsAt: ENDS_AT,
  name: GRANT_NAME,
})
const member = new seam.AccessGroupMembership('dev-lab', {
  acsAccessGroupId: '${accessGroups.labTeam}',
  acsUserId: '${acsUsers.brivoHugo}',
})
exports.ana = ana.userIdentityId
exports.grant = grant.accessGrantId
exports.starts = grant.startsAt
exports.member = member.id
`

some('Lifecycle, 4.10: create, no-op, update in place, rename, destroy', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  const before = sandbox.store.snapshot()

  t.deepEqual(
    (await plannedSteps(stack)).sort(),
    [
      'create AccessGrant ana-studio',
      'create AccessGroupMembership dev-lab',
      'create Space studio',
      'create Stack program-test',
      'create UserIdentity ana',
    ],
    'everything is planned, although the ids that the grant needs are not known yet',
  )
  t.deepEqual(sandbox.requests, [], 'a preview asks nothing of the API')

  await stack.up()
  const { ana, grant, member } = (await stack.outputs()) as Record<string, string>
  const made = sandbox.store.accessGrants.get(grant!)
  t.is(made?.user_identity_id, ana)
  t.is(sandbox.store.userIdentities.get(ana!)?.full_name, 'Ana Ruiz')
  t.is(member, `${accessGroups.labTeam}/${acsUsers.brivoHugo}`)
  t.deepEqual(writes(sandbox).sort(), [
    '/access_grants/create',
    '/acs/access_groups/add_user',
    '/spaces/create',
    '/user_identities/create',
  ])

  sandbox.clearRequests()
  const again = await stack.up('--expect-no-changes')
  t.regex(again.stdout, /5 unchanged/)
  t.deepEqual(sandbox.requests, [], 'nothing to do asks nothing of the API')

  const extended = { env: { ENDS_AT: '2031-01-01T00:00:00+01:00' } }
  await stack.up(extended)
  t.deepEqual(writes(sandbox), ['/access_grants/update'])
  t.is(sandbox.store.accessGrants.get(grant!)?.ends_at, '2030-12-31T23:00:00.000Z')

  sandbox.clearRequests()
  const renamed = await stack.previewJson({ env: { ...extended.env, FULL_NAME: 'Ana Maria Ruiz' } })
  t.deepEqual(
    renamed.steps
      .filter(({ op }) => op !== 'same')
      .map(({ op, urn }) => [op, urn.split('::').at(-1)]),
    [['update', 'ana']],
    'renaming a person leaves her grants alone',
  )
  await stack.up({ env: { ...extended.env, FULL_NAME: 'Ana Maria Ruiz' } })
  t.deepEqual(writes(sandbox), ['/user_identities/update'])
  t.is(sandbox.store.userIdentities.get(ana!)?.full_name, 'Ana Maria Ruiz')

  await stack.destroy()
  const after = sandbox.store.snapshot()
  for (const name of [
    'user_identities',
    'spaces',
    'access_grants',
    'access_methods',
    'memberships',
  ] as const) {
    t.deepEqual(after[name], before[name], `${name} are as they were`)
  }
})

some(
  'Lifecycle: an end date that is taken out of the program is taken off the grant',
  async (t) => {
    const { sandbox, stack } = await deployment(t, program)
    await stack.up({ env: { ENDS_AT: '2031-01-01T00:00:00Z', GRANT_NAME: 'Studio' } })
    const { grant } = (await stack.outputs()) as Record<string, string>
    sandbox.clearRequests()
    await stack.up({ env: { ENDS_AT: '2031-01-01T00:00:00Z' } })
    t.is(sandbox.store.accessGrants.get(grant!)?.name, null)
    t.is(sandbox.store.accessGrants.get(grant!)?.ends_at, '2031-01-01T00:00:00.000Z')
    await stack.up()
    t.is(sandbox.store.accessGrants.get(grant!)?.ends_at, null)
    t.deepEqual(writes(sandbox), ['/access_grants/update', '/access_grants/update'])
    await stack.destroy()
  },
)

some(
  'Lifecycle: a preview names the property that is wrong, and asks nothing of the API',
  async (t) => {
    const { sandbox, stack } = await deployment(t, program)
    const { stdout, stderr } = await stack.preview({
      expectFailure: true,
      env: { ENDS_AT: 'soon' },
    })
    t.regex(stdout + stderr, /endsAt.*must be an ISO 8601 date and time with an offset/s)
    t.deepEqual(sandbox.requests, [])
  },
)
