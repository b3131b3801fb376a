import * as seam from 'seam-iac'

export const { deviceId } = seam.getDeviceOutput({ name: 'Lobby Lock' })
