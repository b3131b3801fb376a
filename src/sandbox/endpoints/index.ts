import type { Endpoint } from '../api/endpoint'
import { accessGrantLists } from './access-grant-lists'
import { accessGrants } from './access-grants'
import { accessMethods } from './access-methods'
import { actions } from './actions'
import { acsAccessGroups } from './acs-access-groups'
import { acsCredentials } from './acs-credentials'
import { acsEntrances, acsSystems } from './acs-entrances'
import { acsUsers } from './acs-users'
import { devices } from './devices'
import { events } from './events'
import { related } from './related'
import { spaces } from './spaces'
import { userIdentities } from './user-identities'
import { workspaces } from './workspaces'

/** Every call that the sandbox answers. */
export const endpoints: readonly Endpoint[] = [
  accessGrants,
  accessGrantLists,
  accessMethods,
  actions,
  acsAccessGroups,
  acsUsers,
  acsCredentials,
  acsEntrances,
  acsSystems,
  devices,
  events,
  related,
  spaces,
  userIdentities,
  workspaces,
].flat()
