import { collection } from './kind'
import type * as records from './records'

const created_at = '2024-01-15T09:00:00.000Z'
const noticed = { created_at, errors: [], warnings: [] }
const pending = { ...noticed, pending_mutations: [] }

/**
 * The collections of a sandbox, by their names in seeds, in data files and in the control API. A row
 * here is all that a collection needs: the store has it as a member, in camelCase, and a seed or a
 * data file without it opens with it empty.
 */
export const collections = {
  connected_accounts: collection<records.ConnectedAccountRecord, 'connected_account_id'>({
    id: 'connected_account_id',
    defaults: {
      account_type: 'salto_ks',
      account_type_display_name: 'Salto KS',
      display_name: 'Access control',
      created_at,
    },
  }),
  acs_systems: collection<
    records.AcsSystemRecord,
    'acs_system_id' | 'connected_account_id' | 'name'
  >({
    id: 'acs_system_id',
    defaults: {
      external_type: 'salto_ks_site',
      external_type_display_name: 'Salto KS site',
      time_zone: null,
      ...noticed,
    },
  }),
  acs_entrances: collection<
    records.AcsEntranceRecord,
    'acs_entrance_id' | 'acs_system_id' | 'display_name'
  >({
    id: 'acs_entrance_id',
    defaults: noticed,
  }),
  acs_encoders: collection<
    records.AcsEncoderRecord,
    'acs_encoder_id' | 'acs_system_id' | 'display_name'
  >({
    id: 'acs_encoder_id',
    defaults: { created_at, errors: [] },
  }),
  acs_access_groups: collection<
    records.AcsAccessGroupRecord,
    'acs_access_group_id' | 'acs_system_id' | 'name'
  >({
    id: 'acs_access_group_id',
    defaults: {
      external_type: 'salto_ks_access_group',
      external_type_display_name: 'Salto KS access group',
      acs_entrance_ids: [],
      ...pending,
    },
  }),
  acs_users: collection<records.AcsUserRecord, 'acs_user_id' | 'acs_system_id'>({
    id: 'acs_user_id',
    indexes: ['acs_system_id', 'user_identity_id', 'email_address', 'phone_number'],
    defaults: { is_suspended: false, ...pending },
  }),
  memberships: collection<records.MembershipRecord, 'acs_access_group_id' | 'acs_user_id'>({
    id: 'membership_id',
    indexes: ['acs_access_group_id', 'acs_user_id'],
    defaults: ({ acs_access_group_id: group, acs_user_id: user }) => ({
      membership_id: group && user && `${group}/${user}`,
    }),
  }),
  acs_credentials: collection<
    records.AcsCredentialRecord,
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
  }),
  user_identities: collection<records.UserIdentityRecord, 'user_identity_id'>({
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
  }),
  spaces: collection<records.SpaceRecord, 'space_id' | 'name'>({
    id: 'space_id',
    indexes: ['space_key', 'acs_entrance_ids', 'device_ids'],
    defaults: { acs_entrance_ids: [], device_ids: [], connected_account_ids: [], created_at },
  }),
  devices: collection<records.DeviceRecord, 'device_id' | 'connected_account_id' | 'display_name'>({
    id: 'device_id',
    defaults: {
      device_type: 'schlage_lock',
      manufacturer: 'schlage',
      can_program_online_access_codes: true,
      online: true,
      ...noticed,
    },
  }),
  access_grants: collection<records.AccessGrantRecord, 'access_grant_id'>({
    id: 'access_grant_id',
    indexes: [
      'access_grant_key',
      'user_identity_id',
      'reservation_key',
      'access_method_ids',
      'space_ids',
      'acs_entrance_ids',
      'device_ids',
    ],
    defaults: {
      is_managed: true,
      name: null,
      starts_at: created_at,
      ends_at: null,
      space_ids: [],
      acs_entrance_ids: [],
      device_ids: [],
      access_method_ids: [],
      requested_access_methods: [],
      ...pending,
    },
  }),
  access_methods: collection<records.AccessMethodRecord, 'access_method_id' | 'mode'>({
    id: 'access_method_id',
    indexes: ['code'],
    defaults: { is_managed: true, is_issued: true, issued_at: created_at, ...pending },
  }),
  action_attempts: collection<records.ActionAttemptRecord>({ id: 'action_attempt_id' }),
  events: collection<records.EventRecord>({ id: 'event_id' }),
  settlements: collection<records.SettlementRecord>({ id: 'settlement_id' }),
}
