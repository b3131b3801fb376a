import type { Lookup } from './lookup'
import { accessGrantLookup } from './access-grant'
import { accessGrantEventsLookup } from './access-grant-events'
import { accessGrantRelatedLookup } from './access-grant-related'
import { accessGrantsLookup } from './access-grants'
import { accessGroupLookup } from './access-group'
import { accessGroupEntrancesLookup } from './access-group-entrances'
import { accessGroupMembersLookup } from './access-group-members'
import { accessMethodsLookup } from './access-methods'
import { acsCredentialLookup } from './acs-credential'
import { acsCredentialsLookup } from './acs-credentials'
import { acsSystemLookup } from './acs-system'
import { acsUserLookup } from './acs-user'
import { credentialsWithAccessLookup } from './credentials-with-access'
import { deviceLookup } from './device'
import { devicesLookup } from './devices'
import { entranceLookup } from './entrance'
import { entrancesLookup } from './entrances'
import { spaceLookup } from './space'
import { spacesLookup } from './spaces'
import { unmanagedAccessGrantLookup } from './unmanaged-access-grant'
import { unmanagedAccessGrantsLookup } from './unmanaged-access-grants'
import { userIdentitiesLookup } from './user-identities'
import { userIdentityLookup } from './user-identity'
import { workspaceLookup } from './workspace'

export { lookUp, type Lookup } from './lookup'

/** Every lookup; the surfaces loop over this list and know no other. */
export const lookups: readonly Lookup[] = [
  accessGrantLookup,
  accessGrantsLookup,
  accessGrantEventsLookup,
  accessGrantRelatedLookup,
  accessMethodsLookup,
  unmanagedAccessGrantLookup,
  unmanagedAccessGrantsLookup,
  accessGroupLookup,
  accessGroupEntrancesLookup,
  accessGroupMembersLookup,
  acsCredentialLookup,
  acsCredentialsLookup,
  acsSystemLookup,
  acsUserLookup,
  credentialsWithAccessLookup,
  deviceLookup,
  devicesLookup,
  entranceLookup,
  entrancesLookup,
  spaceLookup,
  spacesLookup,
  userIdentitiesLookup,
  userIdentityLookup,
  workspaceLookup,
]
