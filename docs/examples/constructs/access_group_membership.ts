import type { TerraformStack } from 'cdktf'
import { AccessGroupMembership } from 'seam-iac/cdktf/access-group-membership'
import { DataSeamAccessGroup } from 'seam-iac/cdktf/data-seam-access-group'
import { DataSeamAcsUser } from 'seam-iac/cdktf/data-seam-acs-user'

export function declare(stack: TerraformStack): void {
  const employees = new DataSeamAccessGroup(stack, 'employees', { name: 'Employees' })
  const chloe = new DataSeamAcsUser(stack, 'chloe', { fullName: 'Chloe Martin' })
  new AccessGroupMembership(stack, 'chloe-employees', {
    acsAccessGroupId: employees.id,
    acsUserId: chloe.id,
  })
}
