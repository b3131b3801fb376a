import type { Lookup } from './lookup'
import { accessGrantLookup } from './access-grant'
import { accessGroupLookup } from './access-group'
import { acsSystemLookup } from './acs-system'
import { acsUserLookup } from './acs-user'
import { entranceLookup } from './entrance'
import { spaceLookup } from './space'
import { userIdentityLookup } from './user-identity'

export { lookUp, type Lookup } from './lookup'

/** Every lookup; the surfaces loop over this list and know no other. */
export const lookups: readonly Lookup[] = [
  accessGrantLookup,
  accessGroupLookup,
  acsSystemLookup,
  acsUserLookup,
  entranceLookup,
  spaceLookup,
  userIdentityLookup,
]
