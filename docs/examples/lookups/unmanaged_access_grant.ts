import * as seam from 'seam-iac'

const { accessGrants } = seam.getUnmanagedAccessGrantsOutput()

export const { name } = seam.getUnmanagedAccessGrantOutput({
  accessGrantId: accessGrants[0]!.accessGrantId,
})
