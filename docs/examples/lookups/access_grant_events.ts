import * as seam from 'seam-iac'

const emre = new seam.UserIdentity('emre', { fullName: 'Emre Kaya' })
const grant = new seam.AccessGrant('emre-lab', {
  userIdentityId: emre.userIdentityId,
  spaceIds: [seam.getSpaceOutput({ name: 'Lab' }).spaceId],
  requestedAccessMethods: [{ mode: 'card' }],
})

export const { events } = seam.getAccessGrantEventsOutput({
  accessGrantId: grant.accessGrantId,
  since: '2026-01-01T00:00:00+01:00',
})
