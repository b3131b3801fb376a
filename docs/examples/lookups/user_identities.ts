import * as seam from 'seam-iac'

export const people = seam.getUserIdentitiesOutput({ search: 'example.com' }).userIdentities
