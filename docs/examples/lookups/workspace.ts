import * as seam from 'seam-iac'

export const { isSandbox } = seam.getWorkspaceOutput()
