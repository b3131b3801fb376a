import { atLeastOne, read } from '../api/endpoint'
import { notFound } from '../api/errors'
import { choice, list, text, uuid } from '../api/kinds'
import { optional } from '../api/shape'
import { devicesOf, entrancesOf } from '../behaviour/doors'
import { must, mustAll } from '../behaviour/lookup'
import type { Context } from '../context'
import type { AccessGrantRecord, SpaceRecord } from '../store/collections'
import * as grants from '../views/grants'
import { userIdentity } from '../views/people'
import { device, space } from '../views/places'
import { acsEntrance, acsSystem, connectedAccount } from '../views/systems'

type Parts = Readonly<Record<string, () => readonly object[]>>

/** The parts of a batch that were asked for: all of them where nothing was said. */
function batchOf(
  parts: Parts,
  include?: readonly string[],
  exclude: readonly string[] = [],
): object {
  const wanted = Object.entries(parts).filter(
    ([name]) => (include?.includes(name) ?? true) && !exclude.includes(name),
  )
  return Object.fromEntries(wanted.map(([name, list]) => [name, list()]))
}

const unique = <T>(items: Iterable<T>): T[] => [...new Set(items)]

/** The spaces, doors and what belongs to them, of a set of targets. */
function doorParts(
  context: Context,
  targets: Pick<AccessGrantRecord, 'space_ids' | 'acs_entrance_ids' | 'device_ids'>,
) {
  const { store } = context
  const entrances = () => entrancesOf(store, targets)
  const systems = () => store.acsSystems.pick(entrances().map((door) => door.acs_system_id))
  const accounts = () => [
    ...systems().map((system) => system.connected_account_id),
    ...devicesOf(store, targets).map((one) => one.connected_account_id),
  ]
  return {
    spaces: () => store.spaces.pick(targets.space_ids).map((one) => space(one, context)),
    devices: () => devicesOf(store, targets).map((one) => device(one, context)),
    acs_entrances: () => entrances().map((one) => acsEntrance(one, context)),
    acs_systems: () => systems().map((one) => acsSystem(one, context)),
    connected_accounts: () => store.connectedAccounts.pick(accounts()).map(connectedAccount),
  }
}

const joined = (targets: readonly AccessGrantRecord[]) => ({
  space_ids: unique(targets.flatMap(({ space_ids }) => space_ids)),
  acs_entrance_ids: unique(targets.flatMap(({ acs_entrance_ids }) => acs_entrance_ids)),
  device_ids: unique(targets.flatMap(({ device_ids }) => device_ids)),
})

const methodIds = (of: readonly AccessGrantRecord[]) =>
  unique(of.flatMap(({ access_method_ids }) => access_method_ids))

const ofGrants = [
  'spaces',
  'devices',
  'acs_entrances',
  'connected_accounts',
  'acs_systems',
  'user_identities',
  'acs_access_groups',
  'access_methods',
] as const

const ofMethods = [
  'spaces',
  'devices',
  'acs_entrances',
  'access_grants',
  'access_methods',
  'instant_keys',
  'client_sessions',
  'acs_credentials',
] as const

const ofSpaces = [
  'spaces',
  'devices',
  'acs_entrances',
  'connected_accounts',
  'acs_systems',
  'access_methods',
] as const

const parts = <const P extends string>(names: readonly P[]) => ({
  include: optional(list(choice(...names))),
  exclude: optional(list(choice(...names))),
})

function relatedToGrants(context: Context, found: readonly Readonly<AccessGrantRecord>[]): Parts {
  const { store } = context
  const people = found.flatMap(({ user_identity_id: id }) => id ?? [])
  return {
    ...doorParts(context, joined(found)),
    user_identities: () =>
      store.userIdentities.pick(people).map((person) => userIdentity(person, context)),
    // Groups that Seam makes itself to serve a grant; the sandbox needs none.
    acs_access_groups: () => [],
    access_methods: () =>
      store.accessMethods.pick(methodIds(found)).map((one) => grants.accessMethod(one, context)),
  }
}

function spaceOfKey({ store }: Context, name: string): Readonly<SpaceRecord> {
  const found = store.spaces.find('space_key', name)
  if (!found) throw notFound('space', name)
  return found
}

function relatedToSpaces(context: Context, found: readonly Readonly<SpaceRecord>[]): Parts {
  const { store } = context
  const space_ids = found.map(({ space_id }) => space_id)
  const on = space_ids.flatMap((id) => store.accessGrants.where('space_ids', id))
  return {
    ...doorParts(context, { space_ids, acs_entrance_ids: [], device_ids: [] }),
    access_methods: () =>
      store.accessMethods.pick(methodIds(on)).map((one) => grants.accessMethod(one, context)),
  }
}

export const related = [
  read('/access_grants/get_related', {
    answer: 'batch',
    params: {
      access_grant_ids: optional(list(uuid())),
      access_grant_keys: optional(list(text())),
      ...parts(ofGrants),
    },
    rules: [atLeastOne('access_grant_ids', 'access_grant_keys')],
    handle(given, context) {
      const { accessGrants } = context.store
      const keyed = (given.access_grant_keys ?? []).map((name) => {
        const grant = accessGrants.find('access_grant_key', name)
        if (!grant) throw notFound('access_grant', name)
        return grant
      })
      const found = [...mustAll(accessGrants, given.access_grant_ids), ...keyed]
      return batchOf(relatedToGrants(context, found), given.include, given.exclude)
    },
  }),
  read('/access_methods/get_related', {
    answer: 'batch',
    params: { access_method_ids: list(uuid()), ...parts(ofMethods) },
    handle(given, context) {
      const { accessGrants, accessMethods } = context.store
      const found = mustAll(accessMethods, given.access_method_ids)
      const ids = given.access_method_ids
      const serving = unique(ids.flatMap((id) => accessGrants.where('access_method_ids', id)))
      const { spaces, devices, acs_entrances } = doorParts(context, joined(serving))
      const nothing = () => []
      const whole: Parts = {
        spaces,
        devices,
        acs_entrances,
        access_grants: () => serving.map((grant) => grants.accessGrant(grant, context)),
        access_methods: () => found.map((method) => grants.accessMethod(method, context)),
        instant_keys: nothing,
        client_sessions: nothing,
        acs_credentials: nothing,
      }
      return batchOf(whole, given.include, given.exclude)
    },
  }),
  read('/spaces/get_related', {
    answer: 'batch',
    params: {
      space_ids: optional(list(uuid())),
      space_keys: optional(list(text())),
      ...parts(ofSpaces),
    },
    rules: [atLeastOne('space_ids', 'space_keys')],
    handle(given, context) {
      const byId = (given.space_ids ?? []).map((id) => must(context.store.spaces, id))
      const byKey = (given.space_keys ?? []).map((name) => spaceOfKey(context, name))
      const found = unique([...byId, ...byKey])
      return batchOf(relatedToSpaces(context, found), given.include, given.exclude)
    },
  }),
]
