import type { Context } from '../context'
import type { AccessGrantRecord } from '../store/collections'
import { deviceIdsOf } from './doors'
import { emit } from './events'
import type { Provided, ProviderFailure } from './provided'
import { settling } from './settlement'

const warningCodes = new Set([
  'underprovisioned_access',
  'overprovisioned_access',
  'requested_code_unavailable',
  'device_does_not_support_access_codes',
  'device_time_constraints_violated',
  'delay_in_issuing',
  'pulled_backup_access_code',
  'acs_user_inactive',
  'salto_ks_user_not_subscribed',
  'unknown_issue_with_acs_user',
])

/** Lets the provider take an object that was just made, or fail to, as it was told to. */
export function meetProvider(context: Context, collection: Provided, id: string): void {
  const failure = context.failureOf(collection)
  if (failure) failLater(context, { ...failure, collection, id })
}

type Failing = ProviderFailure & { collection: Provided; id: string } & Record<string, unknown>

const failLater = settling<Failing>('provider.fail', (context, failing) => {
  const { store } = context
  const { collection, id, code = usualCodes[collection], details } = failing
  if (!store.collection(collection)?.has(id)) return
  const message = 'The provider did not carry this out.'
  const more = { message, ...usualDetails(context, id, code), ...details }
  const isWarning = (failing.as ?? (warningCodes.has(code) ? 'warning' : 'error')) === 'warning'
  if (isWarning) store.warn(id, { warning_code: code, ...more })
  else store.fail(id, { error_code: code, ...more })
  if (code !== 'cannot_create_requested_access_methods') return
  const { message: error_message, ...rest } = more
  emit(context, 'access_grant.could_not_create_requested_access_methods', {
    access_grant_id: id,
    error_message,
    ...rest,
  })
})

const usualCodes = {
  access_grants: 'cannot_create_requested_access_methods',
  access_methods: 'failed_to_issue',
  acs_users: 'failed_to_create_on_acs_system',
  acs_credentials: 'failed_to_create_on_acs_system',
} as const

/** What the documents say that goes with a code of a grant. */
function usualDetails({ store }: Context, id: string, code: string): object {
  const grant: Readonly<AccessGrantRecord> | undefined = store.accessGrants.get(id)
  if (!grant) return {}
  const missing_device_ids = [...deviceIdsOf(store, grant)]
  const [device_id] = missing_device_ids
  if (code === 'cannot_create_requested_access_methods') return { missing_device_ids }
  if (code === 'device_does_not_support_access_codes' && device_id) return { device_id }
  return {}
}
