import type { Context } from '../context'
import type { AcsUserRecord, UserIdentityRecord } from '../store/collections'
import { defined } from './defined'

/** A user identity as the API shows it. */
export function userIdentity(person: Readonly<UserIdentityRecord>, { store }: Context): object {
  const { user_identity_id: id, full_name, email_address, phone_number } = person
  const { user_identity_key } = person
  return {
    user_identity_id: id,
    user_identity_key,
    full_name,
    email_address,
    phone_number,
    merged_user_identity_ids: person.merged_user_identity_ids ?? [],
    merged_user_identity_keys: person.merged_user_identity_keys ?? [],
    display_name: full_name ?? email_address ?? phone_number ?? user_identity_key ?? id,
    acs_user_ids: store.acsUsers.where('user_identity_id', id).map((user) => user.acs_user_id),
    created_at: person.created_at,
    errors: person.errors,
    warnings: person.warnings,
    workspace_id: store.workspace.workspace_id,
  }
}

const userType: Readonly<Record<string, readonly [string, string]>> = {
  salto_ks_site: ['salto_site_user', 'Salto site user'],
  salto_space_system: ['salto_space_user', 'Salto Space user'],
  brivo_account: ['brivo_user', 'Brivo user'],
  pti_site: ['pti_user', 'PTI user'],
  latch_building: ['latch_user', 'Latch user'],
  avigilon_alta_org: ['avigilon_alta_user', 'Avigilon Alta user'],
  kisi_organization: ['kisi_user', 'Kisi user'],
}

/** An ACS user as the API shows it. */
export function acsUser(user: Readonly<AcsUserRecord>, { store }: Context): object {
  const system = store.acsSystems.get(user.acs_system_id)
  const person = store.userIdentities.get(user.user_identity_id ?? '')
  const [type, typeName] = userType[system?.external_type ?? ''] ?? []
  return {
    acs_user_id: user.acs_user_id,
    acs_system_id: user.acs_system_id,
    connected_account_id: system?.connected_account_id,
    display_name: user.full_name ?? user.email_address ?? user.phone_number ?? user.acs_user_id,
    created_at: user.created_at,
    errors: user.errors,
    is_managed: true,
    is_suspended: user.is_suspended,
    last_successful_sync_at: user.created_at,
    pending_mutations: user.pending_mutations,
    warnings: user.warnings,
    workspace_id: store.workspace.workspace_id,
    ...defined({
      access_schedule: user.access_schedule,
      email: user.email_address,
      email_address: user.email_address,
      external_type: type,
      external_type_display_name: typeName,
      full_name: user.full_name,
      hid_acs_system_id: user.hid_acs_system_id,
      phone_number: user.phone_number,
      user_identity_id: user.user_identity_id,
      user_identity_email_address: person?.email_address,
      user_identity_full_name: person?.full_name,
      user_identity_phone_number: person?.phone_number,
    }),
  }
}
