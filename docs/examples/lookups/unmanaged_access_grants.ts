import * as seam from 'seam-iac'

const grace = seam.getUserIdentityOutput({ fullName: 'Grace Lee' })

export const { accessGrants } = seam.getUnmanagedAccessGrantsOutput({
  userIdentityId: grace.userIdentityId,
})
