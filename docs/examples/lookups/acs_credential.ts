import * as seam from 'seam-iac'

const farid = seam.getAcsUserOutput({ fullName: 'Farid Khan' })
const { acsCredentials } = seam.getAcsCredentialsOutput({ acsUserId: farid.acsUserId })

export const { isIssued } = seam.getAcsCredentialOutput({
  acsCredentialId: acsCredentials[0]!.acsCredentialId,
})
