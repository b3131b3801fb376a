import * as seam from 'seam-iac'

export const pin = new seam.AcsCredential('ben-pin', {
  accessMethod: 'code',
  acsUserId: seam.getAcsUserOutput({ fullName: 'Ben Okafor' }).acsUserId,
  allowedAcsEntranceIds: [seam.getEntranceOutput({ name: 'Front Door' }).acsEntranceId],
  endsAt: '2030-06-30T18:00:00+02:00',
})
