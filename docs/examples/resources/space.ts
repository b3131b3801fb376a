import * as seam from 'seam-iac'

export const studio = new seam.Space('studio', {
  name: 'Studio',
  acsEntranceIds: [
    seam.getEntranceOutput({ name: 'Quiet Office' }).acsEntranceId,
    seam.getEntranceOutput({ name: 'Meeting Room' }).acsEntranceId,
  ],
})
