import * as seam from 'seam-iac'

export const { spaces } = seam.getSpacesOutput({ search: 'Lab' })
