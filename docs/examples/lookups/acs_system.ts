import * as seam from 'seam-iac'

export const { acsSystemId } = seam.getAcsSystemOutput({ name: 'Main Building' })
