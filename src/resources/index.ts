import { accessGrant, asGrant } from './access-grant'
import { accessGroupMembersExclusive } from './access-group-members-exclusive'
import { accessGroupMembership } from './access-group-membership'
import { acsCredential } from './acs-credential'
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
  sighted,
  warnings,
  workspaceId,
  type SeamResource,
} from './common'

export { inWords, newTroubles } from './troubles'

/** Every resource; the surfaces loop over this list and know no other. */
export const resources: readonly SeamResource[] = [
  userIdentity,
  acsUser,
  space,
  accessGrant,
  accessGroupMembership,
  accessGroupMembersExclusive,
  acsCredential,
]

export {
  accessGrant,
  accessGroupMembersExclusive,
  accessGroupMembership,
  acsCredential,
  acsUser,
  asGrant,
  space,
  userIdentity,
}
