import { accessGrant, asGrant } from './access-grant'
import { accessGroupMembership } from './access-group-membership'
import { acsUser } from './acs-user'
import type { SeamResource } from './common'
import { space } from './space'
import { userIdentity } from './user-identity'

export {
  createdAt,
  displayName,
  errors,
  isGoing,
  lookedUp,
  warnings,
  workspaceId,
  type SeamResource,
} from './common'

/** Every resource; the surfaces loop over this list and know no other. */
export const resources: readonly SeamResource[] = [
  userIdentity,
  acsUser,
  space,
  accessGrant,
  accessGroupMembership,
]

export { accessGrant, accessGroupMembership, acsUser, asGrant, space, userIdentity }
