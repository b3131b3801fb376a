import * as seam from 'seam-iac'

const gita = new seam.UserIdentity('gita', { fullName: 'Gita Rao' })
const grant = new seam.AccessGrant('gita-lobby', {
  userIdentityId: gita.userIdentityId,
  spaceIds: [seam.getSpaceOutput({ name: 'Lobby' }).spaceId],
  requestedAccessMethods: [{ mode: 'code' }],
})

export const { accessMethods } = seam.getAccessMethodsOutput({
  accessGrantId: grant.accessGrantId,
})
