import type { TerraformStack } from 'cdktf'
import { UserIdentity } from 'seam-iac/cdktf/user-identity'

export function declare(stack: TerraformStack): void {
  new UserIdentity(stack, 'ana', {
    fullName: 'Ana Ruiz',
    emailAddress: 'ana@example.com',
    userIdentityKey: 'staff-1001',
  })
}
