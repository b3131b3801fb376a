import { atLeastOne, pages, read } from '../api/endpoint'
import { notFound } from '../api/errors'
import { instant, key, list, text, uuid } from '../api/kinds'
import { optional } from '../api/shape'
import { fits, matches, olderThan } from '../behaviour/lookup'
import type { Context } from '../context'
import type { DeviceRecord } from '../store/records'
import { device } from '../views/places'

interface Filter {
  readonly connected_account_id?: string
  readonly connected_account_ids?: readonly string[]
  readonly created_before?: string
  readonly customer_key?: string
  readonly device_ids?: readonly string[]
  readonly device_type?: string
  readonly device_types?: readonly string[]
  readonly manufacturer?: string
  readonly search?: string
  readonly space_id?: string
}

const among = (values: readonly string[] | undefined, value: string) =>
  values === undefined || values.includes(value)

function chosen(filter: Filter, { store }: Context): Readonly<DeviceRecord>[] {
  const ids = filter.device_ids
  const all = ids ? store.devices.pickInOrder(ids) : store.devices.all()
  return all.filter((one) => {
    const spaces = store.spaces.where('device_ids', one.device_id)
    return (
      fits(filter.connected_account_id, one.connected_account_id) &&
      among(filter.connected_account_ids, one.connected_account_id) &&
      fits(filter.device_type, one.device_type) &&
      among(filter.device_types, one.device_type) &&
      fits(filter.manufacturer, one.manufacturer) &&
      matches(filter.search, one.display_name, one.device_id) &&
      olderThan(filter.created_before, one) &&
      (filter.space_id === undefined ||
        spaces.some((space) => space.space_id === filter.space_id)) &&
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
      connected_account_id: optional(uuid()),
      connected_account_ids: optional(list(uuid())),
      created_before: optional(instant()),
      customer_key: optional(text()),
      device_ids: optional(list(uuid())),
      device_type: optional(key()),
      device_types: optional(list(key())),
      manufacturer: optional(key()),
      search: optional(text()),
      space_id: optional(uuid()),
    },
    from: ({ store }) => store.devices,
    select: chosen,
    view: device,
  }),
]
