import { atLeastOne, put, read, remove } from '../api/endpoint'
import { key, uuid } from '../api/kinds'
import { optional } from '../api/shape'
import { acsUserIn, selectAcsUser } from '../behaviour/identities'
import { fits, matches, must } from '../behaviour/lookup'
import { addMember, removeMember } from '../behaviour/memberships'
import type { Context } from '../context'
import type { AcsUserRecord } from '../store/collections'
import { acsUser } from '../views/people'
import { acsAccessGroup, acsEntrance } from '../views/systems'

const oneUser = {
  acs_access_group_id: uuid(),
  acs_user_id: optional(uuid()),
  user_identity_id: optional(uuid()),
}
const needsUser = [atLeastOne('acs_user_id', 'user_identity_id')]

interface Member {
  readonly acs_access_group_id: string
  readonly acs_user_id?: string
  readonly user_identity_id?: string
}

/** Takes the ACS user, or the person's ACS user in the group's system, out of a group. */
export function removeGiven(given: Member, context: Context): void {
  const { acs_access_group_id } = given
  const { acs_system_id } = must(context.store.acsAccessGroups, acs_access_group_id)
  const inSystem = given.acs_user_id === undefined ? { acs_system_id } : {}
  const acs_user_id = selectAcsUser(context, { ...given, ...inSystem })
  removeMember(context, { acs_access_group_id, acs_user_id })
}

function addGiven(given: Member, context: Context): void {
  const { store } = context
  const { acs_access_group_id, user_identity_id: person } = given
  const { acs_system_id } = must(store.acsAccessGroups, acs_access_group_id)
  const acs_user_id =
    given.acs_user_id ?? acsUserIn(context, must(store.userIdentities, person ?? ''), acs_system_id)
  addMember(context, { acs_access_group_id, acs_user_id })
}

function membersOf({ store }: Context, groupId: string): Readonly<AcsUserRecord>[] {
  const edges = store.memberships.where('acs_access_group_id', groupId)
  return store.acsUsers.pick(edges.map(({ acs_user_id }) => acs_user_id))
}

/** The groups that hold the ACS user, or one of the person's ACS users; all where none is named. */
function groupsOf({ store }: Context, userId?: string, personId?: string) {
  if (userId === undefined && personId === undefined) return store.acsAccessGroups.all()
  const named =
    userId === undefined
      ? store.acsUsers.where('user_identity_id', personId ?? '')
      : store.acsUsers.pick([userId])
  const edges = named
    .filter((user) => fits(personId, user.user_identity_id))
    .flatMap((user) => store.memberships.where('acs_user_id', user.acs_user_id))
  return store.acsAccessGroups.pickInOrder(edges.map((edge) => edge.acs_access_group_id))
}

export const acsAccessGroups = [
  put('/acs/access_groups/add_user', { params: oneUser, rules: needsUser, handle: addGiven }),
  remove('/acs/access_groups/remove_user', {
    params: oneUser,
    rules: needsUser,
    handle: removeGiven,
  }),
  remove('/acs/access_groups/delete', {
    params: { acs_access_group_id: uuid() },
    handle({ acs_access_group_id: id }, { store }) {
      must(store.acsAccessGroups, id)
      for (const edge of store.memberships.where('acs_access_group_id', id)) {
        store.memberships.delete(edge.membership_id)
      }
      store.acsAccessGroups.delete(id)
    },
  }),
  read('/acs/access_groups/get', {
    answer: 'acs_access_group',
    params: { acs_access_group_id: uuid() },
    handle: ({ acs_access_group_id: id }, context) =>
      acsAccessGroup(must(context.store.acsAccessGroups, id), context),
  }),
  read('/acs/access_groups/list', {
    answer: 'acs_access_groups',
    params: {
      acs_system_id: optional(uuid()),
      acs_user_id: optional(uuid()),
      search: optional(key()),
      user_identity_id: optional(uuid()),
    },
    handle(
      { acs_system_id: system, acs_user_id: user, search, user_identity_id: person },
      context,
    ) {
      return groupsOf(context, user, person)
        .filter((group) => fits(system, group.acs_system_id))
        .filter((group) => matches(search, group.name, group.acs_access_group_id))
        .map((group) => acsAccessGroup(group, context))
    },
  }),
  read('/acs/access_groups/list_users', {
    answer: 'acs_users',
    params: { acs_access_group_id: uuid() },
    handle({ acs_access_group_id: id }, context) {
      must(context.store.acsAccessGroups, id)
      return membersOf(context, id).map((user) => acsUser(user, context))
    },
  }),
  read('/acs/access_groups/list_accessible_entrances', {
    answer: 'acs_entrances',
    params: { acs_access_group_id: uuid() },
    handle({ acs_access_group_id: id }, context) {
      const { acsAccessGroups: groups, acsEntrances } = context.store
      const doors = acsEntrances.pick(must(groups, id).acs_entrance_ids)
      return doors.map((door) => acsEntrance(door, context))
    },
  }),
]
