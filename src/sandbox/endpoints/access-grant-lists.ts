import { pages, read, update } from '../api/endpoint'
import { notFound } from '../api/errors'
import { key, list, nullable, text, uuid, yes } from '../api/kinds'
import { optional } from '../api/shape'
import { deviceIdsOf, entranceIdsOf, entrancesOf, grantsOnDoor } from '../behaviour/doors'
import { fits, matches } from '../behaviour/lookup'
import { mustBeFree } from '../behaviour/unique'
import type { Context } from '../context'
import type { AccessGrantRecord } from '../store/collections'
import { accessGrant, unmanagedAccessGrant } from '../views/grants'

type Grant = Readonly<AccessGrantRecord>

interface Filter {
  readonly access_grant_ids?: readonly string[]
  readonly access_grant_key?: string | null
  readonly acs_entrance_id?: string
  readonly acs_system_id?: string
  readonly customer_key?: string
  readonly device_id?: string
  readonly location_id?: string
  readonly reservation_key?: string
  readonly search?: string
  readonly space_id?: string
  readonly user_identity_id?: string
}

/** The grants that may fit, by the filter that names the fewest; in order of creation. */
function candidates(store: Context['store'], filter: Filter): readonly Grant[] {
  const { accessGrants } = store
  const { access_grant_ids: ids, access_grant_key: name, user_identity_id: person } = filter
  const { reservation_key: reservation, space_id: space = filter.location_id } = filter
  if (ids) return accessGrants.pickInOrder(ids)
  if (name) return accessGrants.where('access_grant_key', name)
  if (person) return accessGrants.where('user_identity_id', person)
  if (reservation) return accessGrants.where('reservation_key', reservation)
  if (space) return accessGrants.where('space_ids', space)
  if (filter.acs_entrance_id) return grantsOnDoor(store, 'acs_entrance_ids', filter.acs_entrance_id)
  if (filter.device_id) return grantsOnDoor(store, 'device_ids', filter.device_id)
  return accessGrants.all()
}

function chosen(filter: Filter, { store }: Context, managed: boolean): Grant[] {
  return candidates(store, filter).filter(
    (grant) =>
      grant.is_managed === managed &&
      fits(filter.user_identity_id, grant.user_identity_id) &&
      fits(filter.reservation_key, grant.reservation_key) &&
      (filter.search === undefined || isFound(filter.search, grant, store)) &&
      (filter.access_grant_key === undefined ||
        filter.access_grant_key === (grant.access_grant_key ?? null)) &&
      named(grant.space_ids, filter.space_id) &&
      named(grant.space_ids, filter.location_id) &&
      (filter.acs_entrance_id === undefined ||
        entranceIdsOf(store, grant).has(filter.acs_entrance_id)) &&
      (filter.device_id === undefined || deviceIdsOf(store, grant).has(filter.device_id)) &&
      (filter.acs_system_id === undefined ||
        entrancesOf(store, grant).some((door) => door.acs_system_id === filter.acs_system_id)) &&
      (filter.customer_key === undefined ||
        store.spaces
          .pick(grant.space_ids)
          .some((space) => space.customer_key === filter.customer_key)),
  )
}

function isFound(search: string, grant: Grant, store: Context['store']): boolean {
  const { name, access_grant_key, reservation_key, access_grant_id, user_identity_id } = grant
  const person = store.userIdentities.get(user_identity_id ?? '')
  return matches(
    search,
    name,
    access_grant_key,
    reservation_key,
    access_grant_id,
    user_identity_id,
    person?.full_name,
    person?.email_address,
    person?.phone_number,
  )
}

const named = (ids: readonly string[], wanted: string | undefined) =>
  wanted === undefined || ids.includes(wanted)

function unmanagedGrant({ store }: Context, id: string): Grant {
  const grant = store.accessGrants.get(id)
  if (!grant || grant.is_managed) throw notFound('access_grant', id)
  return grant
}

/** Takes an unmanaged grant and its methods under management, for good. */
function adopt(context: Context, id: string, name: string | undefined): void {
  const { store } = context
  const grant = unmanagedGrant(context, id)
  mustBeFree(context, store.accessGrants, 'access_grant_key', name, { except: id })
  store.accessGrants.update(id, {
    is_managed: true,
    access_grant_key: name ?? grant.access_grant_key,
  })
  for (const method of grant.access_method_ids) {
    store.accessMethods.update(method, { is_managed: true })
  }
}

export const accessGrantLists = [
  pages('/access_grants/list', {
    answer: 'access_grants',
    params: {
      access_code_id: optional(uuid()),
      access_grant_ids: optional(list(uuid())),
      access_grant_key: optional(nullable(text())),
      acs_entrance_id: optional(uuid()),
      acs_system_id: optional(uuid()),
      customer_key: optional(text()),
      device_id: optional(uuid()),
      location_id: optional(uuid()),
      reservation_key: optional(text()),
      search: optional(key()),
      space_id: optional(uuid()),
      user_identity_id: optional(uuid()),
    },
    from: ({ store }) => store.accessGrants,
    // The sandbox keeps no access codes of devices, so none of them leads to a grant.
    select: (given, context) => (given.access_code_id ? [] : chosen(given, context, true)),
    view: accessGrant,
  }),
  read('/access_grants/unmanaged/get', {
    answer: 'access_grant',
    params: { access_grant_id: uuid() },
    handle: ({ access_grant_id: id }, context) =>
      unmanagedAccessGrant(unmanagedGrant(context, id), context),
  }),
  pages('/access_grants/unmanaged/list', {
    answer: 'access_grants',
    params: {
      acs_entrance_id: optional(uuid()),
      acs_system_id: optional(uuid()),
      reservation_key: optional(text()),
      user_identity_id: optional(uuid()),
    },
    from: ({ store }) => store.accessGrants,
    select: (given, context) => chosen(given, context, false),
    view: unmanagedAccessGrant,
  }),
  update('/access_grants/unmanaged/update', {
    params: { access_grant_id: uuid(), is_managed: yes(), access_grant_key: optional(key()) },
    handle: (given, context) => adopt(context, given.access_grant_id, given.access_grant_key),
  }),
]
