import { officeIds } from '../../src/sandbox'

const { spaces, entrances, accessGroups, systems } = officeIds

/**
 * One of everything. It never changes: what was recorded with it must stay deployable by it.
 * `NAME` edits each object in place.
 */
export const goldenProgram = `
const seam = require('seam-iac')
const name = process.env.NAME ?? 'golden'
const person = new seam.UserIdentity('person', { fullName: name, emailAddress: 'golden@example.com', phoneNumber: '+14155550123' })
const keyed = new seam.UserIdentity('keyed', { fullName: name, userIdentityKey: 'staff-1' })
const space = new seam.Space('space', { name, acsEntranceIds: ['${entrances.roof}'], customerData: { address: '1 Main Street', timeZone: 'Europe/Berlin' } })
new seam.AccessGrant('automatic', {
  name, userIdentityId: person.userIdentityId, spaceIds: [space.spaceId, '${spaces.lobby}'],
  startsAt: '2026-01-01T09:00:00+01:00', endsAt: '2036-01-01T00:00:00Z',
  requestedAccessMethods: [{ mode: 'code', code: '471147' }, { mode: 'card' }],
})
new seam.AccessGrant('keyed', {
  name, accessGrantKey: 'golden-1', userIdentityId: keyed.userIdentityId, spaceKeys: ['lab'],
  acsEntranceIds: ['${entrances.frontDoor}'], requestedAccessMethods: [{ mode: 'code' }],
})
const user = new seam.AcsUser('user', { acsSystemId: '${systems.brivo}', fullName: name, emailAddress: 'golden.user@example.com' })
new seam.AccessGroupMembership('by-user', { acsAccessGroupId: '${accessGroups.labTeam}', acsUserId: user.acsUserId })
new seam.AccessGroupMembership('by-person', { acsAccessGroupId: '${accessGroups.cleaners}', userIdentityId: keyed.userIdentityId })
`
