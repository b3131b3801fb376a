import * as seam from 'seam-iac'

export const { acsEntranceId } = seam.getEntranceOutput({
  name: 'Front Door',
  acsSystemId: seam.getAcsSystemOutput({ name: 'Main Building' }).acsSystemId,
})
