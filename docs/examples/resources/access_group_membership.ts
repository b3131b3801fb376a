import * as seam from 'seam-iac'

export const membership = new seam.AccessGroupMembership('chloe-employees', {
  acsAccessGroupId: seam.getAccessGroupOutput({ name: 'Employees' }).acsAccessGroupId,
  acsUserId: seam.getAcsUserOutput({ fullName: 'Chloe Martin' }).acsUserId,
})
