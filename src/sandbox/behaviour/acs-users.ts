import { randomUUID } from 'node:crypto'
import type { Context } from '../context'
import type { AcsUserRecord } from '../store/collections'
import { deleteCredential } from './credentials'
import { emit } from './events'
import { must } from './lookup'
import { beingDeleted, isBeingDeleted, mutation } from './notices'
import { mark, markUntilSettled } from './pending'
import { meetProvider } from './provider'
import { settling } from './settlement'

type NewAcsUser = Pick<AcsUserRecord, 'acs_system_id'> &
  Partial<
    Pick<
      AcsUserRecord,
      'user_identity_id' | 'full_name' | 'email_address' | 'phone_number' | 'access_schedule'
    >
  >

export function createAcsUser(context: Context, given: NewAcsUser): Readonly<AcsUserRecord> {
  const { store } = context
  const user = store.acsUsers.add({
    ...given,
    acs_user_id: randomUUID(),
    is_suspended: false,
    created_at: new Date().toISOString(),
    errors: [],
    warnings: [],
    pending_mutations: [],
  })
  markUntilSettled(context, 'acs_users', user.acs_user_id, {
    pending_mutations: [mutation('creating', 'Seam is pushing this user to the provider.')],
  })
  emit(context, 'acs_user.created', eventPayload(context, user))
  meetProvider(context, 'acs_users', user.acs_user_id)
  return must(store.acsUsers, user.acs_user_id)
}

const removeAcsUser = settling<{ acs_user_id: string }>(
  'acs_user.remove',
  (context, { acs_user_id: id }) => {
    const { store } = context
    const user = store.acsUsers.get(id)
    if (!user) return
    for (const edge of store.memberships.where('acs_user_id', id)) {
      store.memberships.delete(edge.membership_id)
    }
    store.acsUsers.delete(id)
    emit(context, 'acs_user.deleted', eventPayload(context, user))
  },
)

/** Deletes an ACS user with its credentials and memberships. */
export function deleteAcsUser(context: Context, id: string): void {
  const { store } = context
  const user = must(store.acsUsers, id)
  for (const credential of store.acsCredentials.where('acs_user_id', id)) {
    deleteCredential(context, credential.acs_credential_id)
  }
  if (isBeingDeleted(user)) return
  mark(context, 'acs_users', id, {
    warnings: [beingDeleted('user')],
    pending_mutations: [mutation('deleting', 'Seam is deleting this user at the provider.')],
  })
  removeAcsUser(context, { acs_user_id: id })
}

function eventPayload({ store }: Context, user: AcsUserRecord) {
  const { acs_user_id, acs_system_id } = user
  const { connected_account_id } = must(store.acsSystems, acs_system_id)
  return { acs_user_id, acs_system_id, connected_account_id }
}
