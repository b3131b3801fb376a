import type { TerraformStack } from 'cdktf'
import { AcsUser } from 'seam-iac/cdktf/acs-user'
import { DataSeamAcsSystem } from 'seam-iac/cdktf/data-seam-acs-system'
import { UserIdentity } from 'seam-iac/cdktf/user-identity'

export function declare(stack: TerraformStack): void {
  const system = new DataSeamAcsSystem(stack, 'main-building', { name: 'Main Building' })
  const bo = new UserIdentity(stack, 'bo', { fullName: 'Bo Lindgren' })
  new AcsUser(stack, 'bo-main-building', {
    acsSystemId: system.id,
    fullName: 'Bo Lindgren',
    userIdentityId: bo.id,
  })
}
