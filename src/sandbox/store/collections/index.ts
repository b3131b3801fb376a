import { connectedAccounts, acsSystems, acsEntrances, acsEncoders } from './systems'
import { acsAccessGroups, memberships } from './groups'
import { userIdentities, acsUsers, acsCredentials } from './people'
import { spaces, devices } from './places'
import { accessGrants, accessMethods } from './grants'
import { actionAttempts, events, settlements } from './activity'

export type * from './common'
export type * from './systems'
export type * from './groups'
export type * from './people'
export type * from './places'
export type * from './grants'
export type * from './activity'

export interface WorkspaceRecord {
  workspace_id: string
  name: string
  company_name: string
}

/**
 * The collections of a sandbox, by their names in seeds, in data files and in the control API. A line
 * here is all that a collection needs: the store has it as a member, in camelCase, and a seed or a
 * data file without it opens with it empty.
 */
export const collections = {
  connected_accounts: connectedAccounts,
  acs_systems: acsSystems,
  acs_entrances: acsEntrances,
  acs_encoders: acsEncoders,
  acs_access_groups: acsAccessGroups,
  acs_users: acsUsers,
  memberships,
  acs_credentials: acsCredentials,
  user_identities: userIdentities,
  spaces,
  devices,
  access_grants: accessGrants,
  access_methods: accessMethods,
  action_attempts: actionAttempts,
  events,
  settlements,
}
