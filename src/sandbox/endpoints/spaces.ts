import { randomUUID } from 'node:crypto'
import { atLeastOne, create, exactlyOne, pages, put, read, remove, revise } from '../api/endpoint'
import { notFound } from '../api/errors'
import { key, list, nullable, refused, text, uuid } from '../api/kinds'
import { optional, record } from '../api/shape'
import { emit } from '../behaviour/events'
import { fits, matches, must, mustAll } from '../behaviour/lookup'
import { changeMembers, deleteSpace, spacePayload } from '../behaviour/spaces'
import { mustBeFree } from '../behaviour/unique'
import type { Context } from '../context'
import type { SpaceRecord } from '../store/collections'
import { space } from '../views/places'

const clock = () =>
  text({ pattern: /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, message: 'Invalid time of day' })

const customerData = record({
  address: optional(nullable(text())),
  default_checkin_time: optional(nullable(clock())),
  default_checkout_time: optional(nullable(clock())),
  time_zone: optional(nullable(text())),
})

interface Selector {
  readonly space_id?: string
  readonly space_key?: string
}

function selectSpace({ store }: Context, { space_id: id, space_key: name }: Selector) {
  const found = id === undefined ? store.spaces.find('space_key', name ?? '') : store.spaces.get(id)
  if (!found) throw notFound('space', id ?? name ?? '')
  return found
}

interface Doors {
  readonly acs_entrance_ids?: readonly string[]
  readonly device_ids?: readonly string[]
}

function mustExist({ store }: Context, { acs_entrance_ids, device_ids }: Doors): void {
  mustAll(store.acsEntrances, acs_entrance_ids)
  mustAll(store.devices, device_ids)
}

const doors = ['acs_entrance_ids', 'device_ids'] as const

/** Puts doors into a space, or takes them out. */
function move(
  context: Context,
  given: Doors & { space_id: string },
  direction: 'in' | 'out',
): void {
  const held = must(context.store.spaces, given.space_id)
  mustExist(context, given)
  for (const kind of doors) {
    const moved = given[kind]
    if (!moved) continue
    const rest = held[kind].filter((id) => !moved.includes(id))
    const members = direction === 'in' ? [...held[kind], ...moved] : rest
    changeMembers(context, given.space_id, { [kind]: members })
  }
}

const createSpace = create('/spaces/create', {
  answer: 'space',
  params: {
    name: text(),
    acs_entrance_ids: optional(list(uuid())),
    connected_account_ids: optional(list(uuid())),
    customer_data: optional(customerData),
    customer_key: optional(key()),
    device_ids: optional(list(uuid())),
    space_key: optional(text()),
  },
  handle(given, context) {
    const { store } = context
    const { space_key, customer_key, customer_data } = given
    mustExist(context, given)
    mustAll(store.connectedAccounts, given.connected_account_ids)
    mustBeFree(context, store.spaces, 'space_key', space_key)
    const added = store.spaces.add({
      space_id: randomUUID(),
      name: given.name,
      acs_entrance_ids: [...new Set(given.acs_entrance_ids)],
      device_ids: [...new Set(given.device_ids)],
      connected_account_ids: [...new Set(given.connected_account_ids)],
      created_at: new Date().toISOString(),
      ...(space_key === undefined ? {} : { space_key }),
      ...(customer_key === undefined ? {} : { customer_key }),
      ...(customer_data === undefined ? {} : { customer_data }),
    })
    emit(context, 'space.created', spacePayload(added))
    return space(added, context)
  },
})

const updateSpace = revise('/spaces/update', {
  answer: 'space',
  params: {
    space_id: optional(uuid()),
    space_key: optional(text()),
    acs_entrance_ids: optional(list(uuid())),
    customer_data: optional(customerData),
    device_ids: optional(list(uuid())),
    name: optional(text()),
    parent_space_id: optional(refused()),
    parent_space_key: optional(refused()),
  },
  rules: [atLeastOne('space_id', 'space_key')],
  handle(given, context) {
    const { store } = context
    const before = selectSpace(context, given)
    const { space_id: id } = before
    const { acs_entrance_ids, device_ids, name = before.name } = given
    mustExist(context, given)
    const customer_data = given.customer_data && { ...before.customer_data, ...given.customer_data }
    const changes: Partial<SpaceRecord> = customer_data ? { name, customer_data } : { name }
    store.spaces.update(id, changes)
    changeMembers(context, id, {
      ...(acs_entrance_ids ? { acs_entrance_ids } : {}),
      ...(device_ids ? { device_ids } : {}),
    })
    return space(must(store.spaces, id), context)
  },
})

export const spaces = [
  createSpace,
  updateSpace,
  read('/spaces/get', {
    answer: 'space',
    params: { space_id: optional(uuid()), space_key: optional(text()) },
    rules: [exactlyOne('space_id', 'space_key')],
    handle: (given, context) => space(selectSpace(context, given), context),
  }),
  pages('/spaces/list', {
    answer: 'spaces',
    params: {
      connected_account_id: optional(uuid()),
      customer_key: optional(text()),
      parent_space_id: optional(refused()),
      parent_space_key: optional(refused()),
      search: optional(key()),
      space_key: optional(text()),
    },
    from: ({ store }) => store.spaces,
    view: space,
    select: (given, { store }) =>
      store.spaces
        .all()
        .filter((one) => fits(given.customer_key, one.customer_key))
        .filter((one) => fits(given.space_key, one.space_key))
        .filter((one) => matches(given.search, one.name, one.space_key, one.space_id))
        .filter(({ connected_account_ids: ids }) => {
          const account = given.connected_account_id
          return account === undefined || ids.includes(account)
        }),
  }),
  remove('/spaces/delete', {
    params: { space_id: uuid() },
    handle: ({ space_id: id }, context) => deleteSpace(context, id),
  }),
  put('/spaces/add_acs_entrances', {
    params: { space_id: uuid(), acs_entrance_ids: list(uuid(), { min: 1 }) },
    handle: (given, context) => move(context, given, 'in'),
  }),
  put('/spaces/add_connected_account', {
    params: { space_id: uuid(), connected_account_id: uuid() },
    handle({ space_id: id, connected_account_id: account }, { store }) {
      must(store.connectedAccounts, account)
      const { connected_account_ids: held } = must(store.spaces, id)
      store.spaces.update(id, { connected_account_ids: [...new Set([...held, account])] })
    },
  }),
  remove('/spaces/remove_connected_account', {
    params: { space_id: uuid(), connected_account_id: uuid() },
    handle({ space_id: id, connected_account_id: account }, { store }) {
      const { connected_account_ids: held } = must(store.spaces, id)
      store.spaces.update(id, { connected_account_ids: held.filter((one) => one !== account) })
    },
  }),
  put('/spaces/add_devices', {
    params: { space_id: uuid(), device_ids: list(uuid(), { min: 1 }) },
    handle: (given, context) => move(context, given, 'in'),
  }),
  remove('/spaces/remove_acs_entrances', {
    params: { space_id: uuid(), acs_entrance_ids: list(uuid()) },
    handle: (given, context) => move(context, given, 'out'),
  }),
  remove('/spaces/remove_devices', {
    params: { space_id: uuid(), device_ids: list(uuid()) },
    handle: (given, context) => move(context, given, 'out'),
  }),
]
