import { create, exactlyOne, pages, put, read, remove, update } from '../api/endpoint'
import { conflict, notFound } from '../api/errors'
import { email, instant, key, list, nullable, phone, text, uuid } from '../api/kinds'
import { optional } from '../api/shape'
import { deviceIdsOf, entrancesOfIdentity } from '../behaviour/doors'
import {
  acsUserIn,
  createIdentity,
  deleteIdentity,
  identityById,
  identityByKey,
  mergeIdentity,
  personMustBeFree,
  phoneNumber,
  type Person,
} from '../behaviour/identities'
import { matches, must, mustAll, olderThan } from '../behaviour/lookup'
import type { Context } from '../context'
import type { UserIdentityRecord } from '../store/collections'
import { acsUser, userIdentity } from '../views/people'
import { device } from '../views/places'
import { acsEntrance, acsSystem } from '../views/systems'

const profile = {
  email_address: optional(nullable(email())),
  full_name: optional(nullable(key())),
  phone_number: optional(nullable(phone())),
  user_identity_key: optional(nullable(key())),
}

/** The members of a request that describe a person, with the phone number as it is kept. */
function personOf(given: Person): Person {
  const { user_identity_key, full_name, email_address, phone_number: tel } = given
  return {
    ...(user_identity_key === undefined ? {} : { user_identity_key }),
    ...(full_name === undefined ? {} : { full_name }),
    ...(email_address === undefined ? {} : { email_address }),
    ...(tel === undefined ? {} : { phone_number: tel === null ? null : phoneNumber(tel) }),
  }
}

interface Selector {
  readonly user_identity_id?: string
  readonly user_identity_key?: string
}

function selectIdentity({ store }: Context, given: Selector): Readonly<UserIdentityRecord> {
  const { user_identity_id: id, user_identity_key: name } = given
  const found = id === undefined ? identityByKey(store, name ?? '') : identityById(store, id)
  if (!found) throw notFound('user_identity', id ?? name ?? '')
  return found
}

/** Links an ACS user to a person; an unknown key makes the person from the ACS user's data. */
function link(context: Context, acsUserId: string, given: Selector): void {
  const { store } = context
  const user = must(store.acsUsers, acsUserId)
  const name = given.user_identity_key
  const isNew = name !== undefined && !identityByKey(store, name)
  const { user_identity_id } = isNew
    ? createIdentity(context, { ...personOf(user), user_identity_key: name })
    : selectIdentity(context, given)
  const rival = store.acsUsers
    .where('user_identity_id', user_identity_id)
    .find((other) => other.acs_system_id === user.acs_system_id && other !== user)
  if (rival) {
    const message = 'The user identity has an ACS user in this system already'
    throw conflict('user_identity_already_has_acs_user', message)
  }
  store.acsUsers.update(acsUserId, { user_identity_id })
}

export const userIdentities = [
  create('/user_identities/create', {
    answer: 'user_identity',
    params: { ...profile, acs_system_ids: optional(list(uuid())) },
    handle(given, context) {
      const systems = mustAll(context.store.acsSystems, given.acs_system_ids)
      const person = createIdentity(context, personOf(given))
      for (const { acs_system_id } of systems) acsUserIn(context, person, acs_system_id)
      return userIdentity(person, context)
    },
  }),
  read('/user_identities/get', {
    answer: 'user_identity',
    params: { user_identity_id: optional(uuid()), user_identity_key: optional(text()) },
    rules: [exactlyOne('user_identity_id', 'user_identity_key')],
    handle: (given, context) => userIdentity(selectIdentity(context, given), context),
  }),
  pages('/user_identities/list', {
    answer: 'user_identities',
    params: {
      created_before: optional(instant()),
      credential_manager_acs_system_id: optional(uuid()),
      search: optional(text()),
      user_identity_ids: optional(list(uuid())),
    },
    from: ({ store }) => store.userIdentities,
    view: userIdentity,
    select(given, { store }) {
      // No system of the sandbox manages credentials.
      if (given.credential_manager_acs_system_id !== undefined) return []
      const ids = given.user_identity_ids
      const known = ids?.map((id) => identityById(store, id)?.user_identity_id ?? id)
      const all = known ? store.userIdentities.pickInOrder(known) : store.userIdentities.all()
      return all.filter(
        (one) =>
          olderThan(given.created_before, one) &&
          matches(
            given.search,
            one.full_name,
            one.email_address,
            one.phone_number,
            one.user_identity_key,
            one.user_identity_id,
          ),
      )
    },
  }),
  update('/user_identities/update', {
    params: { ...profile, user_identity_id: uuid() },
    handle(given, context) {
      const { userIdentities: people } = context.store
      const id = must(people, given.user_identity_id).user_identity_id
      const changes = personOf(given)
      personMustBeFree(context, changes, id)
      people.update(id, changes)
    },
  }),
  remove('/user_identities/delete', {
    params: { user_identity_id: uuid() },
    handle: ({ user_identity_id: id }, context) => deleteIdentity(context, id),
  }),
  put('/user_identities/add_acs_user', {
    params: {
      acs_user_id: uuid(),
      user_identity_id: optional(uuid()),
      user_identity_key: optional(text()),
    },
    rules: [exactlyOne('user_identity_id', 'user_identity_key')],
    handle: (given, context) => link(context, given.acs_user_id, given),
  }),
  remove('/user_identities/remove_acs_user', {
    params: { acs_user_id: uuid(), user_identity_id: uuid() },
    handle({ acs_user_id: id, user_identity_id: person }, { store }) {
      must(store.userIdentities, person)
      const user = must(store.acsUsers, id)
      if (user.user_identity_id === person) {
        store.acsUsers.update(id, { user_identity_id: undefined })
      }
    },
  }),
  read('/user_identities/list_acs_users', {
    answer: 'acs_users',
    params: { user_identity_id: uuid() },
    handle({ user_identity_id: id }, context) {
      must(context.store.userIdentities, id)
      const users = context.store.acsUsers.where('user_identity_id', id)
      return users.map((user) => acsUser(user, context))
    },
  }),
  read('/user_identities/list_acs_systems', {
    answer: 'acs_systems',
    params: { user_identity_id: uuid() },
    handle({ user_identity_id: id }, context) {
      const { store } = context
      must(store.userIdentities, id)
      const users = store.acsUsers.where('user_identity_id', id)
      const systems = store.acsSystems.pick(users.map((user) => user.acs_system_id))
      return systems.map((system) => acsSystem(system, context))
    },
  }),
  read('/user_identities/list_accessible_devices', {
    answer: ['devices', 'accessible_devices'],
    params: { user_identity_id: uuid() },
    handle({ user_identity_id: id }, context) {
      const { store } = context
      must(store.userIdentities, id)
      const grants = store.accessGrants.where('user_identity_id', id)
      const ids = grants.flatMap((grant) => [...deviceIdsOf(store, grant)])
      return store.devices.pick(ids).map((one) => device(one, context))
    },
  }),
  create('/user_identities/merge', {
    answer: [],
    params: {
      user_identity_id: optional(uuid()),
      user_identity_key: optional(key()),
      merged_user_identity_ids: optional(list(uuid(), { min: 1, max: 20 })),
      merged_user_identity_keys: optional(list(key(), { min: 1, max: 20 })),
    },
    rules: [
      exactlyOne('user_identity_id', 'user_identity_key'),
      exactlyOne('merged_user_identity_ids', 'merged_user_identity_keys'),
    ],
    handle(given, context) {
      const { merged_user_identity_ids: ids = [], merged_user_identity_keys: keys = [] } = given
      const into = selectIdentity(context, given).user_identity_id
      const merged = [
        ...ids.map((user_identity_id) => selectIdentity(context, { user_identity_id })),
        ...keys.map((user_identity_key) => selectIdentity(context, { user_identity_key })),
      ]
      for (const { user_identity_id: id } of merged) mergeIdentity(context, into, id)
    },
  }),
  read('/user_identities/list_accessible_entrances', {
    answer: 'acs_entrances',
    params: { user_identity_id: uuid() },
    handle({ user_identity_id: id }, context) {
      const { store } = context
      must(store.userIdentities, id)
      const doors = store.acsEntrances.pick(entrancesOfIdentity(store, id))
      return doors.map((door) => acsEntrance(door, context))
    },
  }),
]
