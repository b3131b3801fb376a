/** A warning, an error or a pending mutation, as the API shows it. */
export interface Notice {
  readonly created_at: string
  readonly message: string
  readonly [member: string]: unknown
}

export type Mode = 'code' | 'card' | 'mobile_key' | 'cloud_key'

export interface Schedule {
  readonly starts_at: string
  readonly ends_at: string | null
}

interface Noticed {
  errors: readonly Notice[]
  warnings: readonly Notice[]
}

export interface WorkspaceRecord {
  workspace_id: string
  name: string
  company_name: string
}

export interface ConnectedAccountRecord {
  connected_account_id: string
  account_type: string
  account_type_display_name: string
  display_name: string
  created_at: string
}

export interface AcsSystemRecord extends Noticed {
  acs_system_id: string
  connected_account_id: string
  name: string
  external_type: string
  external_type_display_name: string
  time_zone: string | null
  created_at: string
}

export interface AcsEntranceRecord extends Noticed {
  acs_entrance_id: string
  acs_system_id: string
  display_name: string
  created_at: string
  can_belong_to_reservation?: boolean
  can_unlock_with_card?: boolean
  can_unlock_with_cloud_key?: boolean
  can_unlock_with_code?: boolean
  can_unlock_with_mobile_key?: boolean
  is_locked?: boolean
  /** Brand metadata by its member name, such as `brivo_metadata`. */
  metadata?: Readonly<Record<string, object>>
}

export interface AcsEncoderRecord {
  acs_encoder_id: string
  acs_system_id: string
  display_name: string
  created_at: string
  errors: readonly Notice[]
}

/** Something that was to be done at a door or an encoder. */
export interface ActionAttemptRecord {
  action_attempt_id: string
  action_type: 'ENCODE_CREDENTIAL' | 'ASSIGN_CREDENTIAL' | 'UNLOCK_DOOR'
  status: 'pending' | 'success' | 'error'
  result: object | null
  error: { readonly type: string; readonly message: string } | null
  created_at: string
}

export interface AcsAccessGroupRecord extends Noticed {
  acs_access_group_id: string
  acs_system_id: string
  name: string
  external_type: string
  external_type_display_name: string
  created_at: string
  pending_mutations: readonly Notice[]
  /** The doors that membership opens. */
  acs_entrance_ids: readonly string[]
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

export interface MembershipRecord {
  /** `<acs_access_group_id>/<acs_user_id>` */
  membership_id: string
  acs_access_group_id: string
  acs_user_id: string
}

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

export interface CustomerData {
  readonly address?: string | null
  readonly default_checkin_time?: string | null
  readonly default_checkout_time?: string | null
  readonly time_zone?: string | null
}

export interface SpaceRecord {
  space_id: string
  space_key?: string
  name: string
  customer_key?: string
  customer_data?: CustomerData
  connected_account_ids: readonly string[]
  acs_entrance_ids: readonly string[]
  device_ids: readonly string[]
  created_at: string
}

export interface DeviceRecord extends Noticed {
  device_id: string
  connected_account_id: string
  device_type: string
  display_name: string
  manufacturer: string
  can_program_online_access_codes: boolean
  online: boolean
  custom_metadata?: Readonly<Record<string, string | boolean>>
  created_at: string
}

export interface RequestedAccessMethod {
  readonly mode: Mode
  readonly code?: string
  readonly instant_key_max_use_count?: number
  readonly display_name: string
  readonly created_at: string
  readonly created_access_method_ids: readonly string[]
}

export interface AccessGrantRecord extends Noticed {
  access_grant_id: string
  access_grant_key?: string
  is_managed: boolean
  user_identity_id?: string
  name: string | null
  starts_at: string
  ends_at: string | null
  reservation_key?: string
  customization_profile_id?: string
  client_session_token?: string
  space_ids: readonly string[]
  acs_entrance_ids: readonly string[]
  device_ids: readonly string[]
  access_method_ids: readonly string[]
  requested_access_methods: readonly RequestedAccessMethod[]
  created_at: string
  pending_mutations: readonly Notice[]
}

export interface AccessMethodRecord extends Noticed {
  access_method_id: string
  mode: Mode
  is_managed: boolean
  code?: string
  client_session_token?: string
  instant_key_url?: string
  customization_profile_id?: string
  is_encoding_required?: boolean
  is_issued: boolean
  issued_at: string | null
  created_at: string
  pending_mutations: readonly Notice[]
}

export interface EventRecord {
  readonly event_id: string
  readonly event_type: string
  readonly workspace_id: string
  readonly created_at: string
  readonly occurred_at: string
  readonly [member: string]: unknown
}

/** A change that the provider has still to carry out. */
export interface SettlementRecord {
  settlement_id: string
  due_at: string
  task: string
  details: Readonly<Record<string, unknown>>
}
