import * as seam from 'seam-iac'

const garage = seam.getSpaceOutput({ name: 'Garage' })

export const { devices } = seam.getDevicesOutput({ spaceId: garage.spaceId })
