import type { Shelf } from '../seam'
import { accessGrant, asGrant } from './access-grant'
import { accessGroupMembersExclusive } from './access-group-members-exclusive'
import { accessGroupMembership } from './access-group-membership'
import { acsCredential } from './acs-credential'
import { acsUser } from './acs-user'
import type { SeamResource } from './common'
import { devices, entrances, groups, people, systems, systemUsers } from './shelves'
import { space, spaces } from './space'
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

/** How objects that a plan only refers to are read, by Seam's word for them. */
export const shelves: Readonly<Record<string, Shelf>> = {
  user_identity: people,
  acs_user: systemUsers,
  space: spaces,
  acs_entrance: entrances,
  device: devices,
  acs_access_group: groups,
  acs_system: systems,
}

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
