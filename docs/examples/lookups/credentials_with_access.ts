import * as seam from 'seam-iac'

const frontDoor = seam.getEntranceOutput({ name: 'Front Door' })

export const { acsCredentials } = seam.getCredentialsWithAccessOutput({
  acsEntranceId: frontDoor.acsEntranceId,
})
