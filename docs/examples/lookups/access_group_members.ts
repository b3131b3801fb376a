import * as seam from 'seam-iac'

const employees = seam.getAccessGroupOutput({ name: 'Employees' })

export const { acsUsers } = seam.getAccessGroupMembersOutput({
  acsAccessGroupId: employees.acsAccessGroupId,
})
