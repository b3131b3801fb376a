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

/** By the reason why not: the documented calls that none of the above answers. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'Webhooks are not sent, so that none can be registered; `/events/list` tells the same.': [
    '/webhooks/create',
    '/webhooks/delete',
    '/webhooks/get',
    '/webhooks/list',
    '/webhooks/update',
  ],
  'Automations of customers, and the portals made for them, are outside of what this package does.':
    [
      '/customers/create_portal',
      '/customers/delete_data',
      '/customers/push_data',
      '/workspaces/customization_profiles/create',
      '/workspaces/customization_profiles/get',
      '/workspaces/customization_profiles/list',
      '/workspaces/customization_profiles/update',
    ],
  'Seam itself does not implement unmanaged objects of access systems yet.': [
    '/acs/access_groups/unmanaged/get',
    '/acs/access_groups/unmanaged/list',
    '/acs/credentials/unmanaged/get',
    '/acs/credentials/unmanaged/list',
    '/acs/users/unmanaged/get',
    '/acs/users/unmanaged/list',
  ],
  'All people of the sandbox are managed.': [
    '/user_identities/unmanaged/get',
    '/user_identities/unmanaged/list',
    '/user_identities/unmanaged/update',
  ],
  'The sandbox keeps no access of a person or a user to a single door; use access grants.': [
    '/acs/entrances/grant_access',
    '/acs/users/revoke_access_to_all_entrances',
    '/user_identities/grant_access_to_device',
    '/user_identities/revoke_access_to_device',
  ],
  'The keys of phones stand only in access methods, as `instant_key_url`.': [
    '/instant_keys/delete',
    '/instant_keys/get',
    '/instant_keys/list',
    '/user_identities/generate_instant_key',
  ],
  'The encoders of the sandbox have no card reader, and never fail.': [
    '/acs/encoders/scan_credential',
    '/acs/encoders/scan_to_assign_credential',
    '/acs/encoders/simulate/next_credential_encode_will_fail',
    '/acs/encoders/simulate/next_credential_encode_will_succeed',
    '/acs/encoders/simulate/next_credential_scan_will_fail',
    '/acs/encoders/simulate/next_credential_scan_will_succeed',
  ],
  'The systems of the sandbox are fixed, and none of them manages the credentials of another.': [
    '/acs/credentials/create_offline_code',
    '/acs/systems/list_compatible_credential_manager_acs_systems',
    '/acs/systems/report_devices',
  ],
}

/** The documented calls that the sandbox does not answer, each with the reason. */
export const unserved: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([why, paths]) => paths.map((path) => [path, why] as const)),
)
