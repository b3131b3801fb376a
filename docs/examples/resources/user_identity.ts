import * as seam from 'seam-iac'

export const ana = new seam.UserIdentity('ana', {
  fullName: 'Ana Ruiz',
  emailAddress: 'ana@example.com',
})
