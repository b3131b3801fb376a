import * as seam from 'seam-iac'

const carla = new seam.UserIdentity('carla', { fullName: 'Carla Neri' })

export const grant = new seam.AccessGrant('carla-lobby', {
  userIdentityId: carla.userIdentityId,
  spaceIds: [seam.getSpaceOutput({ name: 'Lobby' }).spaceId],
  requestedAccessMethods: [{ mode: 'code' }, { mode: 'mobile_key' }],
  startsAt: '2030-01-01T08:00:00+01:00',
  endsAt: '2030-06-30T18:00:00+02:00',
})
