import { atLeastOne, pages, read } from '../api/endpoint'
import { notFound } from '../api/errors'
import { choice, entries, instant, key, list, nullable, refused, text, uuid } from '../api/kinds'
import { optional } from '../api/shape'
import { fits, isIn, matches, olderThan } from '../behaviour/lookup'
import type { Context } from '../context'
import type { DeviceRecord } from '../store/collections'
import { capabilitiesOf, device } from '../views/places'

const capabilities = [
  'can_remotely_unlock',
  'can_remotely_lock',
  'can_program_offline_access_codes',
  'can_program_online_access_codes',
  'can_hvac_heat',
  'can_hvac_cool',
  'can_hvac_heat_cool',
  'can_turn_off_hvac',
  'can_simulate_removal',
  'can_simulate_connection',
  'can_simulate_disconnection',
  'can_unlock_with_code',
  'can_run_thermostat_programs',
  'can_program_thermostat_programs_as_weekday_weekend',
  'can_program_thermostat_programs_as_different_each_day',
  'can_program_thermostat_programs_as_same_each_day',
  'can_simulate_hub_connection',
  'can_simulate_hub_disconnection',
  'can_simulate_paid_subscription',
  'can_configure_auto_lock',
] as const

type Capability = (typeof capabilities)[number]

interface Filter {
  readonly connected_account_id?: string
  readonly connected_account_ids?: readonly string[]
  readonly custom_metadata_has?: Readonly<Record<string, string | boolean>>
  readonly created_before?: string
  readonly customer_key?: string
  readonly device_ids?: readonly string[]
  readonly device_type?: string
  readonly device_types?: readonly string[]
  readonly exclude_if?: readonly Capability[]
  readonly include_if?: readonly Capability[]
  readonly manufacturer?: string
  readonly search?: string
  readonly space_id?: string
  readonly unstable_location_id?: string | null
}

const among = (values: readonly string[] | undefined, value: string) =>
  values === undefined || values.includes(value)

function chosen(filter: Filter, context: Context): Readonly<DeviceRecord>[] {
  const { store } = context
  const ids = filter.device_ids
  const all = ids ? store.devices.pickInOrder(ids) : store.devices.all()
  return all.filter((one) => {
    const spaces = store.spaces.where('device_ids', one.device_id)
    const can = (capability: Capability) => capabilitiesOf(one)[capability] === true
    const metadata = one.custom_metadata ?? {}
    return (
      fits(filter.connected_account_id, one.connected_account_id) &&
      among(filter.connected_account_ids, one.connected_account_id) &&
      fits(filter.device_type, one.device_type) &&
      among(filter.device_types, one.device_type) &&
      fits(filter.manufacturer, one.manufacturer) &&
      matches(filter.search, one.display_name, one.device_id) &&
      olderThan(filter.created_before, one) &&
      isIn(filter.space_id, spaces) &&
      isIn(filter.unstable_location_id, spaces) &&
      (filter.include_if ?? []).every(can) &&
      !(filter.exclude_if ?? []).some(can) &&
      Object.entries(filter.custom_metadata_has ?? {}).every(
        ([name, value]) => metadata[name] === value,
      ) &&
      (filter.customer_key === undefined ||
        spaces.some((space) => space.customer_key === filter.customer_key))
    )
  })
}

export const devices = [
  read('/devices/get', {
    answer: 'device',
    params: { device_id: optional(uuid()), name: optional(text()) },
    rules: [atLeastOne('device_id', 'name')],
    handle({ device_id: id, name }, context) {
      const { devices: held } = context.store
      const candidates = id === undefined ? held.all() : held.pick([id])
      const found = candidates.find((one) => fits(name, one.display_name))
      if (!found) throw notFound('device', id ?? name ?? '')
      return device(found, context)
    },
  }),
  pages('/devices/list', {
    answer: 'devices',
    params: {
      connect_webview_id: optional(refused()),
      connected_account_id: optional(uuid()),
      connected_account_ids: optional(list(uuid())),
      created_before: optional(instant()),
      custom_metadata_has: optional(entries()),
      customer_key: optional(text()),
      device_ids: optional(list(uuid())),
      device_type: optional(key()),
      device_types: optional(list(key())),
      exclude_if: optional(list(choice(...capabilities))),
      include_if: optional(list(choice(...capabilities))),
      manufacturer: optional(key()),
      search: optional(text()),
      space_id: optional(uuid()),
      unstable_location_id: optional(nullable(uuid())),
      user_identifier_key: optional(refused()),
    },
    from: ({ store }) => store.devices,
    select: chosen,
    view: device,
  }),
]
