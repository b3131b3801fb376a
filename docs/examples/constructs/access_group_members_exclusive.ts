import type { TerraformStack } from 'cdktf'
import { AccessGroupMembersExclusive } from 'seam-iac/cdktf/access-group-members-exclusive'
import { DataSeamAccessGroup } from 'seam-iac/cdktf/data-seam-access-group'
import { DataSeamAcsUser } from 'seam-iac/cdktf/data-seam-acs-user'

export function declare(stack: TerraformStack): void {
  const cleaners = new DataSeamAccessGroup(stack, 'cleaners', { name: 'Cleaners' })
  const users = ['Dev Patel', 'Elena Rossi'].map(
    (fullName) => new DataSeamAcsUser(stack, fullName, { fullName }),
  )
  new AccessGroupMembersExclusive(stack, 'all-cleaners', {
    acsAccessGroupId: cleaners.id,
    acsUserIds: users.map(({ id }) => id),
  })
}
