import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment, plannedSteps } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 2)

const { accessGroups, acsUsers, spaces, entrances, devices, systems } = officeIds

const program = `
const seam = require('seam-iac')
const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz', emailAddress: 'Ana.Ruiz@Example.com' })
const bare = new seam.UserIdentity('bare', {})
const annex = new seam.Space('annex', {
  name: 'Annex', acsEntranceIds: ['${entrances.roof}'], deviceIds: [],
  customerData: { address: 'Main St 1' },
})
new seam.Space('attic', { name: 'Attic', customerData: {} })
new seam.AccessGrant('ana-annex', {
  userIdentityId: ana.id, spaceIds: [annex.spaceId, '${spaces.lobby}'], deviceIds: [], acsEntranceIds: [],
  startsAt: '2030-01-01T01:00:00+01:00', endsAt: '2031-01-01T00:00:00.000Z', name: 'Annex',
  requestedAccessMethods: [{ mode: 'code', code: '4712' }, { mode: 'mobile_key' }, { mode: 'card' }],
})
new seam.AccessGrant('ana-lock', {
  userIdentityId: ana.id, deviceIds: ['${Object.values(devices)[0]}'],
  requestedAccessMethods: [{ mode: 'code' }],
})
const lea = new seam.AcsUser('lea', {
  acsSystemId: '${systems.saltoKs}', fullName: 'Lea Kern', userIdentityId: ana.id, accessSchedule: { endsAt: '2031-01-01T00:00:00Z' },
})
const kim = new seam.AcsUser('kim', { acsSystemId: '${systems.saltoKs}', fullName: 'Kim', isSuspended: true })
new seam.AccessGroupMembersExclusive('employees', {
  acsAccessGroupId: '${accessGroups.employees}',
  acsUserIds: [lea.acsUserId, '${acsUsers.saltoElena}', '${acsUsers.saltoAna}'],
  removeOnDestroy: true,
})
new seam.AccessGroupMembership('ben', {
  acsAccessGroupId: '${accessGroups.cleaners}', acsUserId: '${acsUsers.saltoBen}',
})
new seam.AccessGroupMembership('kim', {
  acsAccessGroupId: '${accessGroups.cleaners}', acsUserId: kim.acsUserId,
})
new seam.AcsCredential('pin', {
  acsUserId: '${acsUsers.brivoFarid}', accessMethod: 'code', code: '730581', allowedAcsEntranceIds: [],
  visionlineMetadata: { joinerAcsCredentialIds: [] },
})
`

some('Refresh: the first one after a deployment finds nothing changed', async (t) => {
  const { stack } = await deployment(t, program)
  await stack.up()
  const first = await stack.refresh('--expect-no-changes', '--diff')
  t.notRegex(first.stdout, /~ /)
  await stack.up('--expect-no-changes')
  await stack.refresh('--expect-no-changes')
  t.deepEqual(await plannedSteps(stack), [])
  await stack.destroy()
})

some(
  'Refresh: what a failed change of an exclusive set left undone is done by the next deployment',
  async (t) => {
    const group = accessGroups.employees
    const { saltoAna: ana, saltoBen: ben, saltoElena: elena } = acsUsers
    const { sandbox, stack } = await deployment(
      t,
      `const seam = require('seam-iac')
     new seam.AccessGroupMembersExclusive('employees', {
       acsAccessGroupId: '${group}', acsUserIds: process.env.USERS.split(' '),
     })`,
      { env: { USERS: `${ana} ${ben}` } },
    )
    await stack.up()
    sandbox.fault({ path: '/acs/access_groups/add_user', kind: 'status', status: 400 })
    const env = { USERS: `${ana} ${elena}` }
    await stack.up({ env, expectFailure: true })
    sandbox.clearFaults()
    await stack.refresh({ env })
    await stack.up({ env })
    t.deepEqual(
      sandbox.store.memberships
        .where('acs_access_group_id', group)
        .map((one) => one.acs_user_id)
        .sort(),
      [ana, elena].sort(),
    )
    await stack.refresh('--expect-no-changes', { env })
    await stack.destroy()
  },
)
