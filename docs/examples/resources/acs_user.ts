import * as seam from 'seam-iac'

const bo = new seam.UserIdentity('bo', { fullName: 'Bo Lindgren' })

export const user = new seam.AcsUser('bo-main-building', {
  acsSystemId: seam.getAcsSystemOutput({ name: 'Main Building' }).acsSystemId,
  fullName: 'Bo Lindgren',
  userIdentityId: bo.userIdentityId,
})
