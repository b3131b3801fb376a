import * as seam from 'seam-iac'

export const cleaners = new seam.AccessGroupMembersExclusive('cleaners', {
  acsAccessGroupId: seam.getAccessGroupOutput({ name: 'Cleaners' }).acsAccessGroupId,
  acsUserIds: [
    seam.getAcsUserOutput({ fullName: 'Dev Patel' }).acsUserId,
    seam.getAcsUserOutput({ fullName: 'Elena Rossi' }).acsUserId,
  ],
})
