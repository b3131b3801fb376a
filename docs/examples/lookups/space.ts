import * as seam from 'seam-iac'

export const { spaceId } = seam.getSpaceOutput({ name: 'Lobby' })
