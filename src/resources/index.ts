import { assertResources, type Called } from '../schema'
import { accessGrant, asGrant } from './access-grant'
import { accessGroupMembersExclusive } from './access-group-members-exclusive'
import { accessGroupMembership } from './access-group-membership'
import { acsCredential } from './acs-credential'
import { acsUser } from './acs-user'
import type { SeamResource } from './common'
import { elsewhere } from './referents'
import { space } from './space'
import { userIdentity } from './user-identity'

export {
  createdAt,
  displayName,
  errors,
  isGoing,
  lookedUp,
  notesOf,
  sighted,
  Unfinished,
  warnings,
  workspaceId,
  type SeamResource,
} from './common'

export { modes } from './access-methods'
export { membersOf } from './group-members'
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

/** What plans refer to, by Seam's word for it, and what a report calls it. */
export const referents: Readonly<Record<string, Called>> = {
  ...Object.fromEntries(resources.flatMap(({ name, called }) => (called ? [[name, called]] : []))),
  ...elsewhere,
}

assertResources(resources, referents)

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
