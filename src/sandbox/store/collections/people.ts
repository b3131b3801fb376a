import { collection } from '../kind'
import { created_at, noticed, pending, type Notice, type Mode, type Noticed } from './common'

export interface UserIdentityRecord extends Noticed {
  user_identity_id: string
  user_identity_key: string | null
  full_name: string | null
  email_address: string | null
  phone_number: string | null
  /** Ids and keys of the identities that were merged into this one, and still lead to it. */
  merged_user_identity_ids?: readonly string[]
  merged_user_identity_keys?: readonly string[]
  created_at: string
}

export const userIdentities = collection<UserIdentityRecord, 'user_identity_id'>({
  id: 'user_identity_id',
  indexes: [
    'user_identity_key',
    'email_address',
    'phone_number',
    'merged_user_identity_ids',
    'merged_user_identity_keys',
  ],
  defaults: {
    user_identity_key: null,
    full_name: null,
    email_address: null,
    phone_number: null,
    ...noticed,
  },
})

export interface Schedule {
  readonly starts_at: string
  readonly ends_at: string | null
}

export interface AcsUserRecord extends Noticed {
  acs_user_id: string
  acs_system_id: string
  user_identity_id?: string
  full_name?: string
  email_address?: string
  phone_number?: string
  hid_acs_system_id?: string
  access_schedule?: Schedule
  is_suspended: boolean
  created_at: string
  pending_mutations: readonly Notice[]
}

export const acsUsers = collection<AcsUserRecord, 'acs_user_id' | 'acs_system_id'>({
  id: 'acs_user_id',
  indexes: ['acs_system_id', 'user_identity_id', 'email_address', 'phone_number'],
  defaults: { is_suspended: false, ...pending },
})

export interface AcsCredentialRecord extends Noticed {
  acs_credential_id: string
  acs_system_id: string
  acs_user_id?: string
  access_method: Mode
  display_name: string
  external_type: string
  external_type_display_name: string
  code?: string | null
  card_number?: string | null
  starts_at?: string
  ends_at?: string
  is_issued: boolean
  issued_at: string | null
  is_multi_phone_sync_credential: boolean
  is_one_time_use: boolean
  is_latest_desired_state_synced_with_provider: boolean
  latest_desired_state_synced_with_provider_at: string | null
  created_at: string
  allowed_acs_entrance_ids: readonly string[]
  visionline_metadata?: Readonly<Record<string, unknown>>
  assa_abloy_vostio_metadata?: Readonly<Record<string, unknown>>
  /** What was asked for at its creation, which no answer shows. */
  asked?: Readonly<Record<string, unknown>>
}

export const acsCredentials = collection<
  AcsCredentialRecord,
  'acs_credential_id' | 'acs_system_id' | 'access_method'
>({
  id: 'acs_credential_id',
  indexes: ['acs_user_id'],
  defaults: {
    display_name: 'Credential',
    external_type: 'salto_ks_credential',
    external_type_display_name: 'Salto KS credential',
    is_issued: true,
    issued_at: created_at,
    is_multi_phone_sync_credential: false,
    is_one_time_use: false,
    is_latest_desired_state_synced_with_provider: true,
    latest_desired_state_synced_with_provider_at: created_at,
    allowed_acs_entrance_ids: [],
    ...noticed,
  },
})
