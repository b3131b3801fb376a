import { isBeingDeleted } from '../behaviour/notices'
import type { Context } from '../context'
import { modeNames } from '../store/modes'
import type { AccessGrantRecord, AccessMethodRecord } from '../store/collections'
import { defined } from './defined'

/** An access grant as the API shows it. */
export function accessGrant(grant: Readonly<AccessGrantRecord>, context: Context): object {
  const methods = context.store.accessMethods.pick(grant.access_method_ids)
  const keys = methods.filter(({ mode }) => mode === 'mobile_key')
  return {
    ...unmanagedAccessGrant(grant, context),
    ...defined({
      access_grant_key: grant.access_grant_key,
      client_session_token: grant.client_session_token,
      customization_profile_id: grant.customization_profile_id,
      instant_key_url: keys.length === 1 ? keys[0]?.instant_key_url : undefined,
    }),
  }
}

// For people to read: neither Seam's wording nor the sandbox's is stable.
function statusOfGrant(grant: Readonly<AccessGrantRecord>, store: Context['store']): string {
  const now = Date.now()
  if (isBeingDeleted(grant)) return 'Being deleted'
  if (grant.errors.length > 0) return 'Needs attention'
  if (grant.ends_at !== null && Date.parse(grant.ends_at) <= now) return 'Expired'
  if (Date.parse(grant.starts_at) > now) return 'Upcoming'
  const methods = store.accessMethods.pick(grant.access_method_ids)
  return methods.some((method) => method.is_issued) ? 'Active' : 'Awaiting issuance'
}

function statusOfMethod(method: Readonly<AccessMethodRecord>): string {
  if (isBeingDeleted(method)) return 'Being deleted'
  if (method.errors.length > 0) return 'Needs attention'
  if (method.is_issued) return 'Issued'
  return method.is_encoding_required ? 'Awaiting encoding' : 'Awaiting issuance'
}

/** The same without what only managed grants have. */
export function unmanagedAccessGrant(grant: Readonly<AccessGrantRecord>, { store }: Context) {
  const person = store.userIdentities.get(grant.user_identity_id ?? '')
  const owner = person?.full_name ?? person?.email_address
  return {
    access_grant_id: grant.access_grant_id,
    access_method_ids: grant.access_method_ids,
    created_at: grant.created_at,
    display_status: statusOfGrant(grant, store),
    display_name: grant.name ?? (owner ? `Access Grant for ${owner}` : 'Access Grant'),
    ends_at: grant.ends_at,
    errors: grant.errors,
    location_ids: grant.space_ids,
    name: grant.name,
    pending_mutations: grant.pending_mutations,
    requested_access_methods: grant.requested_access_methods,
    space_ids: grant.space_ids,
    starts_at: grant.starts_at,
    warnings: grant.warnings,
    workspace_id: store.workspace.workspace_id,
    ...defined({
      reservation_key: grant.reservation_key,
      user_identity_id: grant.user_identity_id,
    }),
  }
}

/** An access method as the API shows it. */
export function accessMethod(method: Readonly<AccessMethodRecord>, context: Context): object {
  return {
    ...unmanagedAccessMethod(method, context),
    ...defined({
      client_session_token: method.client_session_token,
      customization_profile_id: method.customization_profile_id,
      instant_key_url: method.instant_key_url,
    }),
  }
}

/** The same without what only managed methods have. */
export function unmanagedAccessMethod(method: Readonly<AccessMethodRecord>, { store }: Context) {
  const isCard = method.mode === 'card'
  return {
    access_method_id: method.access_method_id,
    created_at: method.created_at,
    display_name: modeNames[method.mode],
    display_status: statusOfMethod(method),
    errors: method.errors,
    is_issued: method.is_issued,
    issued_at: method.issued_at,
    mode: method.mode,
    pending_mutations: method.pending_mutations,
    warnings: method.warnings,
    workspace_id: store.workspace.workspace_id,
    ...defined({
      code: method.code,
      is_encoding_required: method.is_encoding_required,
      is_ready_for_encoding: isCard
        ? !method.is_issued && method.pending_mutations.length === 0
        : undefined,
    }),
  }
}
