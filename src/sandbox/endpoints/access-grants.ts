import { atLeastOne, create, exactlyOne, read, remove, update } from '../api/endpoint'
import { notFound } from '../api/errors'
import {
  choice,
  count,
  digits,
  email,
  instant,
  key,
  list,
  nullable,
  phone,
  refused,
  text,
  uuid,
} from '../api/kinds'
import { optional, record, type Values } from '../api/shape'
import { requestMethods } from '../behaviour/access-methods'
import {
  addGrant,
  changeTimes,
  deleteGrant,
  mustEndAfterStart,
  type GrantDraft,
} from '../behaviour/grants'
import { createIdentity, personMustBeFree, phoneNumber } from '../behaviour/identities'
import { must, mustAll } from '../behaviour/lookup'
import { mustSuitReservation } from '../behaviour/reservations'
import { mustBeFree } from '../behaviour/unique'
import type { Context } from '../context'
import { modes } from '../store/modes'
import type { AccessGrantRecord } from '../store/collections'
import { accessGrant } from '../views/grants'

const wantedMethod = record({
  mode: choice(...modes),
  code: optional(digits(4, 9)),
  instant_key_max_use_count: optional(count()),
})

const person = record({
  email_address: optional(nullable(email())),
  full_name: optional(nullable(key())),
  phone_number: optional(nullable(phone())),
  user_identity_key: optional(nullable(key())),
})

const grantParams = {
  user_identity_id: optional(uuid()),
  user_identity: optional(person),
  requested_access_methods: list(wantedMethod),
  access_grant_key: optional(key()),
  acs_entrance_ids: optional(list(uuid())),
  customization_profile_id: optional(uuid()),
  device_ids: optional(list(uuid())),
  ends_at: optional(nullable(instant({ bare: true }))),
  location: optional(
    record({
      acs_entrance_ids: optional(list(uuid())),
      device_ids: optional(list(uuid())),
      name: optional(refused()),
    }),
  ),
  location_ids: optional(list(uuid())),
  name: optional(nullable(text())),
  reservation_key: optional(text()),
  space_ids: optional(list(uuid())),
  space_keys: optional(list(key())),
  starts_at: optional(instant({ bare: true })),
}

type Given = Values<typeof grantParams>

/** The grant that a request describes, after every check that can refuse it. */
function draftOf(given: Given, context: Context): GrantDraft {
  const { store } = context
  const spaces = [...(given.space_ids ?? []), ...(given.location_ids ?? [])]
  const keyed = (given.space_keys ?? []).map((spaceKey) => spaceOfKey(context, spaceKey))
  const entrances = [...(given.acs_entrance_ids ?? []), ...(given.location?.acs_entrance_ids ?? [])]
  const devices = [...(given.device_ids ?? []), ...(given.location?.device_ids ?? [])]
  const { access_grant_key, reservation_key, customization_profile_id } = given
  const draft = {
    name: given.name ?? null,
    starts_at: given.starts_at ?? new Date().toISOString(),
    ends_at: given.ends_at ?? null,
    space_ids: mustAll(store.spaces, [...spaces, ...keyed]).map(({ space_id }) => space_id),
    acs_entrance_ids: mustAll(store.acsEntrances, entrances).map((door) => door.acs_entrance_id),
    device_ids: mustAll(store.devices, devices).map(({ device_id }) => device_id),
    ...(access_grant_key === undefined ? {} : { access_grant_key }),
    ...(reservation_key === undefined ? {} : { reservation_key }),
    ...(customization_profile_id === undefined ? {} : { customization_profile_id }),
  }
  mustEndAfterStart(draft)
  mustBeFree(context, store.accessGrants, 'access_grant_key', access_grant_key)
  mustSuitReservation(context, draft)
  return draft
}

function spaceOfKey({ store }: Context, spaceKey: string): string {
  const space = store.spaces.find('space_key', spaceKey)
  if (!space) throw notFound('space', spaceKey)
  return space.space_id
}

interface Selector {
  readonly access_grant_id?: string
  readonly access_grant_key?: string
}

/** The managed grant that a request names. */
export function selectGrant({ store }: Context, selector: Selector): Readonly<AccessGrantRecord> {
  const { access_grant_id: id, access_grant_key: name } = selector
  const grant =
    id === undefined
      ? store.accessGrants.find('access_grant_key', name ?? '')
      : store.accessGrants.get(id)
  if (!grant?.is_managed) throw notFound('access_grant', id ?? name ?? '')
  return grant
}

export const accessGrants = [
  create('/access_grants/create', {
    answer: 'access_grant',
    params: grantParams,
    rules: [exactlyOne('user_identity_id', 'user_identity')],
    handle(given, context) {
      const { store } = context
      const { user_identity: inline, user_identity_id: id } = given
      const newcomer = { ...inline, phone_number: phoneNumber(inline?.phone_number ?? '') || null }
      if (id !== undefined) must(store.userIdentities, id)
      else personMustBeFree(context, newcomer)
      const draft = draftOf(given, context)
      const user_identity_id = id ?? createIdentity(context, newcomer).user_identity_id
      const wanted = given.requested_access_methods
      return accessGrant(addGrant(context, { ...draft, user_identity_id }, wanted), context)
    },
  }),
  read('/access_grants/get', {
    answer: 'access_grant',
    params: { access_grant_id: optional(uuid()), access_grant_key: optional(text()) },
    rules: [exactlyOne('access_grant_id', 'access_grant_key')],
    handle: (given, context) => accessGrant(selectGrant(context, given), context),
  }),
  update('/access_grants/update', {
    params: {
      access_grant_id: optional(uuid()),
      access_grant_key: optional(key()),
      ends_at: optional(nullable(instant())),
      name: optional(nullable(text())),
      starts_at: optional(instant()),
    },
    rules: [atLeastOne('access_grant_id', 'access_grant_key')],
    handle(given, context) {
      const grant = selectGrant(context, given)
      const { starts_at = grant.starts_at, ends_at = grant.ends_at, name = grant.name } = given
      changeTimes(context, grant, { starts_at, ends_at })
      context.store.accessGrants.update(grant.access_grant_id, { name })
    },
  }),
  create('/access_grants/request_access_methods', {
    answer: 'access_grant',
    params: {
      access_grant_id: uuid(),
      requested_access_methods: list(wantedMethod, { min: 1 }),
    },
    handle(given, context) {
      const { access_grant_id: id } = selectGrant(context, given)
      requestMethods(context, id, given.requested_access_methods)
      return accessGrant(must(context.store.accessGrants, id), context)
    },
  }),
  remove('/access_grants/delete', {
    params: { access_grant_id: uuid() },
    handle: (given, context) => deleteGrant(context, selectGrant(context, given).access_grant_id),
  }),
]
