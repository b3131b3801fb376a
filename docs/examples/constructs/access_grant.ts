import type { TerraformStack } from 'cdktf'
import { AccessGrant } from 'seam-iac/cdktf/access-grant'
import { DataSeamSpace } from 'seam-iac/cdktf/data-seam-space'
import { UserIdentity } from 'seam-iac/cdktf/user-identity'

export function declare(stack: TerraformStack): void {
  const lobby = new DataSeamSpace(stack, 'lobby', { name: 'Lobby' })
  const carla = new UserIdentity(stack, 'carla', { fullName: 'Carla Neri' })
  new AccessGrant(stack, 'carla-lobby', {
    userIdentityId: carla.id,
    spaceIds: [lobby.id],
    requestedAccessMethods: [{ mode: 'code' }, { mode: 'mobile_key' }],
    startsAt: '2030-01-01T08:00:00+01:00',
    endsAt: '2030-06-30T18:00:00+02:00',
    // The grant for other doors is created before the old one is deleted, so that no door closes.
    lifecycle: { createBeforeDestroy: true },
  })
}
