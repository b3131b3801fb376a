import * as seam from 'seam-iac'

export const { userIdentityId } = seam.getUserIdentityOutput({
  emailAddress: 'grace.lee@office.example',
})
