import * as seam from 'seam-iac'

const grace = seam.getUserIdentityOutput({ fullName: 'Grace Lee' })

export const { accessGrants } = seam.getAccessGrantsOutput({
  userIdentityId: grace.userIdentityId,
})
