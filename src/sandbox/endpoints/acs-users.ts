import {
  act,
  atLeastOne,
  create,
  pages,
  put,
  read,
  remove,
  update,
  type Rule,
} from '../api/endpoint'
import { badRequest, conflict } from '../api/errors'
import { email, instant, key, list, nullable, phone, text, uuid } from '../api/kinds'
import { optional, record } from '../api/shape'
import { createAcsUser, deleteAcsUser } from '../behaviour/acs-users'
import { entrancesOfAcsUser } from '../behaviour/doors'
import { phoneNumber, selectAcsUser } from '../behaviour/identities'
import { fits, matches, must, mustAll, olderThan } from '../behaviour/lookup'
import { addMember } from '../behaviour/memberships'
import { mutation } from '../behaviour/notices'
import { markUntilSettled } from '../behaviour/pending'
import type { Context } from '../context'
import type { Schedule } from '../store/collections'
import { acsUser } from '../views/people'
import { acsEntrance } from '../views/systems'
import { removeGiven } from './acs-access-groups'

const selector = {
  acs_user_id: optional(uuid()),
  user_identity_id: optional(uuid()),
  acs_system_id: optional(uuid()),
}

const selects: Rule = (given, issues) => {
  if (given.acs_user_id !== undefined) return
  if (given.user_identity_id === undefined || given.acs_system_id === undefined) {
    issues.add('acs_user_id, or user_identity_id and acs_system_id, are required')
  }
}
const selecting = { params: selector, rules: [selects] }

const profile = {
  email: optional(email()),
  email_address: optional(email()),
  phone_number: optional(phone()),
}

interface Profile {
  readonly email?: string
  readonly email_address?: string
  readonly phone_number?: string
}

function profileOf({ email: old, email_address = old, phone_number }: Profile) {
  return {
    ...(email_address === undefined ? {} : { email_address }),
    ...(phone_number === undefined ? {} : { phone_number: phoneNumber(phone_number) }),
  }
}

interface GivenSchedule {
  readonly starts_at?: string
  readonly ends_at?: string | null
}

const scheduleOf = ({ starts_at, ends_at = null }: GivenSchedule): Schedule => ({
  starts_at: starts_at ?? new Date().toISOString(),
  ends_at,
})

function suspend(context: Context, id: string, to: boolean): void {
  const { acsUsers } = context.store
  const was = must(acsUsers, id).is_suspended
  acsUsers.update(id, { is_suspended: to })
  if (was === to) return
  markUntilSettled(context, 'acs_users', id, {
    pending_mutations: [
      mutation('updating_suspension_state', 'Seam is updating the suspension of this user.', {
        from: { is_suspended: was },
        to: { is_suspended: to },
      }),
    ],
  })
}

/** A person has at most one ACS user in a system. */
function mustBeLinkable({ store }: Context, personId: string | undefined, systemId: string): void {
  if (personId === undefined) return
  if (!store.userIdentities.has(personId)) {
    throw badRequest('user_identity_not_found', `Could not find user identity ${personId}`)
  }
  const users = store.acsUsers.where('user_identity_id', personId)
  if (users.some((user) => user.acs_system_id === systemId)) {
    const message = 'The user identity has an ACS user in this system already'
    throw conflict('user_identity_already_has_acs_user', message)
  }
}

const createUser = create('/acs/users/create', {
  answer: 'acs_user',
  params: {
    acs_system_id: uuid(),
    full_name: text(),
    access_schedule: optional(
      record({ starts_at: optional(instant()), ends_at: optional(nullable(instant())) }),
    ),
    acs_access_group_ids: optional(list(uuid())),
    user_identity_id: optional(uuid()),
    ...profile,
  },
  handle(given, context) {
    const { store } = context
    const { acs_system_id, full_name, user_identity_id: person, access_schedule } = given
    if (full_name === '') throw badRequest('full_name_required', 'full_name must not be empty')
    must(store.acsSystems, acs_system_id)
    const groups = mustAll(store.acsAccessGroups, given.acs_access_group_ids)
    if (groups.some((group) => group.acs_system_id !== acs_system_id)) {
      throw badRequest('invalid_input', 'An access group belongs to another system')
    }
    mustBeLinkable(context, person, acs_system_id)
    const { acs_user_id } = createAcsUser(context, {
      acs_system_id,
      full_name,
      ...profileOf(given),
      ...(person === undefined ? {} : { user_identity_id: person }),
      ...(access_schedule ? { access_schedule: scheduleOf(access_schedule) } : {}),
    })
    for (const { acs_access_group_id } of groups) {
      addMember(context, { acs_access_group_id, acs_user_id })
    }
    return acsUser(must(store.acsUsers, acs_user_id), context)
  },
})

const updateUser = update('/acs/users/update', {
  params: {
    ...selector,
    ...profile,
    access_schedule: optional(nullable(record({ starts_at: instant(), ends_at: instant() }))),
    full_name: optional(key()),
    hid_acs_system_id: optional(uuid()),
  },
  rules: [selects],
  handle(given, context) {
    const { acsUsers } = context.store
    const id = selectAcsUser(context, given)
    const before = must(acsUsers, id)
    const { full_name = before.full_name, access_schedule: schedule } = given
    const { hid_acs_system_id: hid = before.hid_acs_system_id } = given
    const access_schedule =
      schedule === undefined ? before.access_schedule : (schedule ?? undefined)
    const information = { full_name, ...profileOf(given) }
    acsUsers.update(id, { ...information, access_schedule, hid_acs_system_id: hid })
    const message = 'Seam is updating this user at the provider.'
    markUntilSettled(context, 'acs_users', id, {
      pending_mutations: [
        mutation('updating_user_information', message, {
          from: { full_name: before.full_name ?? null },
          to: { ...information, full_name: full_name ?? null },
        }),
      ],
    })
  },
})

export const acsUsers = [
  createUser,
  updateUser,
  read('/acs/users/get', {
    ...selecting,
    answer: 'acs_user',
    handle: (given, context) =>
      acsUser(must(context.store.acsUsers, selectAcsUser(context, given)), context),
  }),
  pages('/acs/users/list', {
    answer: 'acs_users',
    params: {
      acs_system_id: optional(uuid()),
      created_before: optional(instant()),
      search: optional(key()),
      user_identity_email_address: optional(nullable(text())),
      user_identity_id: optional(uuid()),
      user_identity_phone_number: optional(nullable(text())),
    },
    from: ({ store }) => store.acsUsers,
    view: acsUser,
    select(given, { store }) {
      const { user_identity_email_address: mail, user_identity_phone_number: tel } = given
      const { acsUsers: held } = store
      const { user_identity_id: personId } = given
      const candidates =
        personId === undefined ? held.all() : held.where('user_identity_id', personId)
      return candidates.filter((user) => {
        const person = () => store.userIdentities.get(user.user_identity_id ?? '')
        const { full_name, email_address, phone_number, acs_user_id } = user
        return (
          fits(given.acs_system_id, user.acs_system_id) &&
          fits(given.user_identity_id, user.user_identity_id) &&
          (mail === undefined || mail === (person()?.email_address ?? null)) &&
          (tel === undefined || tel === (person()?.phone_number ?? null)) &&
          matches(given.search, full_name, email_address, phone_number, acs_user_id) &&
          olderThan(given.created_before, user)
        )
      })
    },
  }),
  remove('/acs/users/delete', {
    ...selecting,
    handle: (given, context) => deleteAcsUser(context, selectAcsUser(context, given)),
  }),
  act('/acs/users/suspend', {
    ...selecting,
    handle: (given, context) => suspend(context, selectAcsUser(context, given), true),
  }),
  act('/acs/users/unsuspend', {
    ...selecting,
    handle: (given, context) => suspend(context, selectAcsUser(context, given), false),
  }),
  put('/acs/users/add_to_access_group', {
    params: { acs_access_group_id: uuid(), acs_user_id: uuid() },
    handle: (given, context) => addMember(context, given),
  }),
  remove('/acs/users/remove_from_access_group', {
    params: {
      acs_access_group_id: uuid(),
      acs_user_id: optional(uuid()),
      user_identity_id: optional(uuid()),
    },
    rules: [atLeastOne('acs_user_id', 'user_identity_id')],
    handle: removeGiven,
  }),
  read('/acs/users/list_accessible_entrances', {
    ...selecting,
    answer: 'acs_entrances',
    handle(given, context) {
      const { store } = context
      const ids = entrancesOfAcsUser(store, selectAcsUser(context, given))
      return store.acsEntrances.pick(ids).map((door) => acsEntrance(door, context))
    },
  }),
]
