import * as seam from 'seam-iac'

const ana = seam.getAcsUserOutput({
  fullName: 'Ana Torres',
  acsSystemId: seam.getAcsSystemOutput({ name: 'Main Building' }).acsSystemId,
})

export const { acsCredentials } = seam.getAcsCredentialsOutput({ acsUserId: ana.acsUserId })
