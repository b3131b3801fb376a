import type { TerraformStack } from 'cdktf'
import { AcsCredential } from 'seam-iac/cdktf/acs-credential'
import { DataSeamAcsUser } from 'seam-iac/cdktf/data-seam-acs-user'
import { DataSeamEntrance } from 'seam-iac/cdktf/data-seam-entrance'

export function declare(stack: TerraformStack): void {
  const ben = new DataSeamAcsUser(stack, 'ben', { fullName: 'Ben Okafor' })
  const door = new DataSeamEntrance(stack, 'front-door', { name: 'Front Door' })
  new AcsCredential(stack, 'ben-pin', {
    accessMethod: 'code',
    acsUserId: ben.id,
    allowedAcsEntranceIds: [door.id],
    endsAt: '2030-06-30T18:00:00+02:00',
  })
}
