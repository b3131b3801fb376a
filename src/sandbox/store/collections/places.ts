import { collection } from '../kind'
import { created_at, noticed, type Noticed } from './common'

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

export const spaces = collection<SpaceRecord, 'space_id' | 'name'>({
  id: 'space_id',
  indexes: ['space_key', 'acs_entrance_ids', 'device_ids'],
  defaults: { acs_entrance_ids: [], device_ids: [], connected_account_ids: [], created_at },
})

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

export const devices = collection<
  DeviceRecord,
  'device_id' | 'connected_account_id' | 'display_name'
>({
  id: 'device_id',
  defaults: {
    device_type: 'schlage_lock',
    manufacturer: 'schlage',
    can_program_online_access_codes: true,
    online: true,
    ...noticed,
  },
})
