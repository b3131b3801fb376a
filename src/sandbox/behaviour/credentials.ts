import type { Context } from '../context'
import type { AcsCredentialRecord } from '../store/collections'
import { emit } from './events'
import { must } from './lookup'
import { beingDeleted, isBeingDeleted } from './notices'
import { mark } from './pending'
import { settling } from './settlement'

const syncLater = settling<{ acs_credential_id: string }>(
  'acs_credential.sync',
  ({ store }, { acs_credential_id: id }) => {
    store.acsCredentials.update(id, {
      is_latest_desired_state_synced_with_provider: true,
      latest_desired_state_synced_with_provider_at: new Date().toISOString(),
    })
  },
)

/** Brings a new or changed credential to the provider. */
export function syncCredential(context: Context, id: string): Readonly<AcsCredentialRecord> {
  const { acsCredentials } = context.store
  acsCredentials.update(id, { is_latest_desired_state_synced_with_provider: false })
  syncLater(context, { acs_credential_id: id })
  return must(acsCredentials, id)
}

const removeCredential = settling<{ acs_credential_id: string }>(
  'acs_credential.remove',
  (context, { acs_credential_id }) => {
    const { store } = context
    const credential = store.acsCredentials.get(acs_credential_id)
    if (!credential) return
    const { acs_system_id } = credential
    const { connected_account_id } = must(store.acsSystems, acs_system_id)
    store.acsCredentials.delete(acs_credential_id)
    const payload = { acs_credential_id, acs_system_id, connected_account_id }
    emit(context, 'acs_credential.deleted', payload)
  },
)

export function deleteCredential(context: Context, id: string): void {
  if (isBeingDeleted(must(context.store.acsCredentials, id))) return
  mark(context, 'acs_credentials', id, { warnings: [beingDeleted('credential')] })
  removeCredential(context, { acs_credential_id: id })
}
