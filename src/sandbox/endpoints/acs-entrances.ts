import { pages, read } from '../api/endpoint'
import { choice, key, list, nullable, text, uuid } from '../api/kinds'
import { optional } from '../api/shape'
import { entrancesOfMethod, opens } from '../behaviour/doors'
import { fits, isIn, matches, must } from '../behaviour/lookup'
import type { Context } from '../context'
import type { AcsEntranceRecord } from '../store/collections'
import { acsCredential, acsEntrance, acsSystem } from '../views/systems'

type Entrance = Readonly<AcsEntranceRecord>

interface Filter {
  readonly access_method_id?: string
  readonly acs_credential_id?: string
  readonly acs_entrance_ids?: readonly string[]
  readonly acs_system_id?: string
  readonly connected_account_id?: string
  readonly customer_key?: string
  readonly location_id?: string | null
  readonly search?: string
  readonly space_id?: string
}

function chosen(filter: Filter, { store }: Context): Entrance[] {
  const { acs_credential_id: credentialId, search, access_method_id: methodId } = filter
  const served = methodId
    ? entrancesOfMethod(store, must(store.accessMethods, methodId))
    : undefined
  const credential = credentialId ? must(store.acsCredentials, credentialId) : undefined
  const asked = filter.acs_entrance_ids
  const all = asked ? store.acsEntrances.pickInOrder(asked) : store.acsEntrances.all()
  return all.filter((door) => {
    const id = door.acs_entrance_id
    const spaces = store.spaces.where('acs_entrance_ids', id)
    const account = store.acsSystems.get(door.acs_system_id)?.connected_account_id
    return (
      fits(filter.acs_system_id, door.acs_system_id) &&
      fits(filter.connected_account_id, account) &&
      matches(search, door.display_name, id) &&
      (!credential || credential.allowed_acs_entrance_ids.includes(id)) &&
      (!served || served.has(id)) &&
      isIn(filter.space_id, spaces) &&
      isIn(filter.location_id, spaces) &&
      (filter.customer_key === undefined ||
        spaces.some((space) => space.customer_key === filter.customer_key))
    )
  })
}

export const acsEntrances = [
  read('/acs/entrances/get', {
    answer: 'acs_entrance',
    params: { acs_entrance_id: uuid() },
    handle: ({ acs_entrance_id: id }, context) =>
      acsEntrance(must(context.store.acsEntrances, id), context),
  }),
  pages('/acs/entrances/list', {
    answer: 'acs_entrances',
    pageSize: 900,
    params: {
      access_method_id: optional(uuid()),
      acs_credential_id: optional(uuid()),
      acs_entrance_ids: optional(list(uuid())),
      acs_system_id: optional(uuid()),
      connected_account_id: optional(uuid()),
      customer_key: optional(text()),
      location_id: optional(nullable(uuid())),
      search: optional(key()),
      space_id: optional(uuid()),
    },
    from: ({ store }) => store.acsEntrances,
    select: chosen,
    view: acsEntrance,
  }),
  read('/acs/entrances/list_credentials_with_access', {
    answer: 'acs_credentials',
    params: {
      acs_entrance_id: uuid(),
      include_if: optional(list(choice('visionline_metadata.is_valid'))),
    },
    handle({ acs_entrance_id: id, include_if: conditions = [] }, context) {
      const { store } = context
      must(store.acsEntrances, id)
      return store.acsCredentials
        .all()
        .filter((credential) => opens(store, credential, id))
        .filter(({ visionline_metadata: card }) => conditions.length === 0 || card?.is_valid)
        .map((credential) => acsCredential(credential, context))
    },
  }),
]

export const acsSystems = [
  read('/acs/systems/get', {
    answer: 'acs_system',
    params: { acs_system_id: uuid() },
    handle: ({ acs_system_id: id }, context) =>
      acsSystem(must(context.store.acsSystems, id), context),
  }),
  read('/acs/systems/list', {
    answer: 'acs_systems',
    params: {
      connected_account_id: optional(uuid()),
      customer_key: optional(text()),
      search: optional(key()),
    },
    handle({ connected_account_id: account, customer_key: customer, search }, context) {
      const { store } = context
      const spaces = store.spaces.all().filter((space) => space.customer_key === customer)
      const doors = store.acsEntrances.pick(spaces.flatMap((space) => space.acs_entrance_ids))
      const ofCustomer = new Set(doors.map((door) => door.acs_system_id))
      return store.acsSystems
        .all()
        .filter((system) => customer === undefined || ofCustomer.has(system.acs_system_id))
        .filter((system) => fits(account, system.connected_account_id))
        .filter((system) => matches(search, system.name, system.acs_system_id))
        .map((system) => acsSystem(system, context))
    },
  }),
]
