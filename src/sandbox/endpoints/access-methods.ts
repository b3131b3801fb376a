import { atLeastOne, exactlyOne, pages, read, remove } from '../api/endpoint'
import { notFound } from '../api/errors'
import { key, text, uuid } from '../api/kinds'
import { optional } from '../api/shape'
import { deleteMethod, deleteMethodsOf } from '../behaviour/access-methods'
import { deviceIdsOf, entranceIdsOf, grantsOnDoor } from '../behaviour/doors'
import { must } from '../behaviour/lookup'
import type { Context } from '../context'
import type { AccessGrantRecord, AccessMethodRecord } from '../store/collections'
import { accessMethod, unmanagedAccessMethod } from '../views/grants'
import { selectGrant } from './access-grants'

interface Filter {
  readonly access_grant_id?: string
  readonly access_grant_key?: string
  readonly acs_entrance_id?: string
  readonly device_id?: string
  readonly space_id?: string
}

/** The grants that may fit, by the filter that names the fewest. */
function candidates(store: Context['store'], filter: Filter): readonly AccessGrantRecord[] {
  const { accessGrants } = store
  if (filter.access_grant_id) return [must(accessGrants, filter.access_grant_id)]
  if (filter.access_grant_key) {
    return accessGrants.where('access_grant_key', filter.access_grant_key)
  }
  if (filter.space_id) return accessGrants.where('space_ids', filter.space_id)
  if (filter.acs_entrance_id) return grantsOnDoor(store, 'acs_entrance_ids', filter.acs_entrance_id)
  if (filter.device_id) return grantsOnDoor(store, 'device_ids', filter.device_id)
  return accessGrants.all()
}

/** The methods of the grants that fit a filter. */
function methodsOf({ store }: Context, filter: Filter, managed: boolean) {
  const { access_grant_key: name, space_id: space } = filter
  const { acs_entrance_id: entrance, device_id: device } = filter
  const serves = (grant: AccessGrantRecord) =>
    grant.is_managed === managed &&
    (name === undefined || grant.access_grant_key === name) &&
    (space === undefined || grant.space_ids.includes(space)) &&
    (entrance === undefined || entranceIdsOf(store, grant).has(entrance)) &&
    (device === undefined || deviceIdsOf(store, grant).has(device))
  const ids = candidates(store, filter)
    .filter(serves)
    .flatMap((grant) => grant.access_method_ids)
  return store.accessMethods.pickInOrder(ids)
}

function methodOf({ store }: Context, id: string, managed: boolean): Readonly<AccessMethodRecord> {
  const method = must(store.accessMethods, id)
  if (method.is_managed !== managed) throw notFound('access_method', id)
  return method
}

export const accessMethods = [
  read('/access_methods/get', {
    answer: 'access_method',
    params: { access_method_id: uuid() },
    handle: ({ access_method_id: id }, context) =>
      accessMethod(methodOf(context, id, true), context),
  }),
  // The document knows no pages of this call yet; the service and its clients do.
  pages('/access_methods/list', {
    answer: 'access_methods',
    params: {
      access_code_id: optional(uuid()),
      access_grant_id: optional(uuid()),
      access_grant_key: optional(key()),
      acs_entrance_id: optional(uuid()),
      device_id: optional(uuid()),
      space_id: optional(uuid()),
    },
    rules: [
      atLeastOne(
        'access_grant_id',
        'access_grant_key',
        'acs_entrance_id',
        'device_id',
        'space_id',
        'access_code_id',
      ),
    ],
    from: ({ store }) => store.accessMethods,
    view: accessMethod,
    select(given, context) {
      const { access_grant_id, access_grant_key, access_code_id } = given
      if (access_grant_id !== undefined || access_grant_key !== undefined) {
        selectGrant(context, given)
      }
      // The sandbox keeps no access codes of devices, so none of them leads to a method.
      return access_code_id ? [] : methodsOf(context, given, true)
    },
  }),
  remove('/access_methods/delete', {
    params: {
      access_method_id: optional(uuid()),
      access_grant_id: optional(uuid()),
      reservation_key: optional(text()),
    },
    rules: [exactlyOne('access_method_id', 'access_grant_id', 'reservation_key')],
    handle({ access_method_id: id, access_grant_id, reservation_key: reservation }, context) {
      const { accessGrants } = context.store
      if (id !== undefined) {
        deleteMethod(context, methodOf(context, id, true).access_method_id)
      } else if (access_grant_id !== undefined) {
        deleteMethodsOf(context, selectGrant(context, { access_grant_id }))
      } else {
        const grants = accessGrants.where('reservation_key', reservation ?? '')
        for (const grant of grants) deleteMethodsOf(context, grant)
      }
    },
  }),
  read('/access_methods/unmanaged/get', {
    answer: 'access_method',
    params: { access_method_id: uuid() },
    handle: ({ access_method_id: id }, context) =>
      unmanagedAccessMethod(methodOf(context, id, false), context),
  }),
  read('/access_methods/unmanaged/list', {
    answer: 'access_methods',
    params: {
      access_grant_id: uuid(),
      acs_entrance_id: optional(uuid()),
      device_id: optional(uuid()),
      space_id: optional(uuid()),
    },
    handle: (given, context) =>
      methodsOf(context, given, false).map((method) => unmanagedAccessMethod(method, context)),
  }),
]
