import * as seam from 'seam-iac'

const lobby = seam.getSpaceOutput({ name: 'Lobby' })

export const { acsEntrances } = seam.getEntrancesOutput({ spaceId: lobby.spaceId })
