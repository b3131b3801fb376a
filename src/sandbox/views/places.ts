import type { Context } from '../context'
import type { DeviceRecord, SpaceRecord } from '../store/collections'
import { defined } from './defined'

/** A space as the API shows it: with the numbers of its members, not their ids. */
export function space(record: Readonly<SpaceRecord>, { store }: Context): object {
  return {
    space_id: record.space_id,
    name: record.name,
    display_name: record.name,
    acs_entrance_count: record.acs_entrance_ids.length,
    device_count: record.device_ids.length,
    created_at: record.created_at,
    workspace_id: store.workspace.workspace_id,
    ...defined({
      space_key: record.space_key,
      customer_key: record.customer_key,
      customer_data: record.customer_data,
    }),
  }
}

/** What a device can do, as the API shows it. */
export const capabilitiesOf = (
  record: Readonly<DeviceRecord>,
): Readonly<Record<string, boolean>> => ({
  can_program_online_access_codes: record.can_program_online_access_codes,
  can_remotely_lock: true,
  can_remotely_unlock: true,
})

/** A device as the API shows it. */
export function device(record: Readonly<DeviceRecord>, { store }: Context): object {
  const { device_id, display_name, manufacturer, can_program_online_access_codes: codes } = record
  const brand = manufacturer.charAt(0).toUpperCase() + manufacturer.slice(1)
  return {
    device_id,
    device_type: record.device_type,
    display_name,
    space_ids: store.spaces.where('device_ids', device_id).map(({ space_id }) => space_id),
    capabilities_supported: codes ? ['access_code', 'lock'] : ['lock'],
    ...capabilitiesOf(record),
    device_manufacturer: { manufacturer, display_name: brand },
    properties: {
      online: record.online,
      name: display_name,
      appearance: { name: display_name },
      manufacturer,
      model: { display_name: `${brand} Lock`, manufacturer_display_name: brand },
    },
    connected_account_id: record.connected_account_id,
    created_at: record.created_at,
    custom_metadata: record.custom_metadata ?? {},
    errors: record.errors,
    is_managed: true,
    warnings: record.warnings,
    workspace_id: store.workspace.workspace_id,
  }
}

/** The workspace as the API shows it. */
export function workspace({ store }: Context): object {
  return {
    ...store.workspace,
    connect_partner_name: null,
    connect_webview_customization: {},
    is_publishable_key_auth_enabled: false,
    is_sandbox: true,
    is_suspended: false,
    organization_id: null,
  }
}
