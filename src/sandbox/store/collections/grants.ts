import { collection } from '../kind'
import { created_at, pending, type Notice, type Mode, type Noticed } from './common'

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

export const accessGrants = collection<AccessGrantRecord, 'access_grant_id'>({
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
})

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

export const accessMethods = collection<AccessMethodRecord, 'access_method_id' | 'mode'>({
  id: 'access_method_id',
  indexes: ['code'],
  defaults: { is_managed: true, is_issued: true, issued_at: created_at, ...pending },
})
