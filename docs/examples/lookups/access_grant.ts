import * as seam from 'seam-iac'

const dayo = new seam.UserIdentity('dayo', { fullName: 'Dayo Adeyemi' })
const grant = new seam.AccessGrant('dayo-lab', {
  userIdentityId: dayo.userIdentityId,
  spaceIds: [seam.getSpaceOutput({ name: 'Lab' }).spaceId],
  requestedAccessMethods: [{ mode: 'code' }],
})

export const { createdAt } = seam.getAccessGrantOutput({ accessGrantId: grant.accessGrantId })
