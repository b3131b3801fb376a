import * as seam from 'seam-iac'

const employees = seam.getAccessGroupOutput({ name: 'Employees' })

export const { acsEntrances } = seam.getAccessGroupEntrancesOutput({
  acsAccessGroupId: employees.acsAccessGroupId,
})
