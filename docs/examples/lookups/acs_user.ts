import * as seam from 'seam-iac'

export const { acsUserId } = seam.getAcsUserOutput({
  fullName: 'Ana Torres',
  acsSystemId: seam.getAcsSystemOutput({ name: 'Lab Building' }).acsSystemId,
})
