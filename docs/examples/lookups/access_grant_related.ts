import * as seam from 'seam-iac'

const fen = new seam.UserIdentity('fen', { fullName: 'Fen Wu' })
const grant = new seam.AccessGrant('fen-offices', {
  userIdentityId: fen.userIdentityId,
  spaceIds: [seam.getSpaceOutput({ name: 'Offices' }).spaceId],
  requestedAccessMethods: [{ mode: 'code' }],
})

export const { acsEntrances } = seam.getAccessGrantRelatedOutput({
  accessGrantId: grant.accessGrantId,
  include: ['acs_entrances'],
})
