import { collection } from '../kind'
import { created_at, noticed, type Notice, type Noticed } from './common'

export interface ConnectedAccountRecord {
  connected_account_id: string
  account_type: string
  account_type_display_name: string
  display_name: string
  created_at: string
}

export const connectedAccounts = collection<ConnectedAccountRecord, 'connected_account_id'>({
  id: 'connected_account_id',
  defaults: {
    account_type: 'salto_ks',
    account_type_display_name: 'Salto KS',
    display_name: 'Access control',
    created_at,
  },
})

export interface AcsSystemRecord extends Noticed {
  acs_system_id: string
  connected_account_id: string
  name: string
  external_type: string
  external_type_display_name: string
  time_zone: string | null
  created_at: string
}

export const acsSystems = collection<
  AcsSystemRecord,
  'acs_system_id' | 'connected_account_id' | 'name'
>({
  id: 'acs_system_id',
  defaults: {
    external_type: 'salto_ks_site',
    external_type_display_name: 'Salto KS site',
    time_zone: null,
    ...noticed,
  },
})

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

export const acsEntrances = collection<
  AcsEntranceRecord,
  'acs_entrance_id' | 'acs_system_id' | 'display_name'
>({
  id: 'acs_entrance_id',
  defaults: noticed,
})

export interface AcsEncoderRecord {
  acs_encoder_id: string
  acs_system_id: string
  display_name: string
  created_at: string
  errors: readonly Notice[]
}

export const acsEncoders = collection<
  AcsEncoderRecord,
  'acs_encoder_id' | 'acs_system_id' | 'display_name'
>({
  id: 'acs_encoder_id',
  defaults: { created_at, errors: [] },
})
