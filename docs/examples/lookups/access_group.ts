import * as seam from 'seam-iac'

export const { acsAccessGroupId } = seam.getAccessGroupOutput({ name: 'Employees' })
