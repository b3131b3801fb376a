import { invalidParameter } from '../api/errors'
import type { Context } from '../context'
import { must } from './lookup'
import { mutation } from './notices'
import { markUntilSettled } from './pending'
import { settling } from './settlement'

interface Edge {
  readonly acs_access_group_id: string
  readonly acs_user_id: string
}

const idOf = (edge: Edge) => `${edge.acs_access_group_id}/${edge.acs_user_id}`

const add = settling<Edge & Record<string, unknown>>('membership.add', ({ store }, edge) => {
  const { acs_access_group_id, acs_user_id } = edge
  if (!store.acsUsers.has(acs_user_id)) return
  store.memberships.add({ membership_id: idOf(edge), acs_access_group_id, acs_user_id })
})

const remove = settling<Edge & Record<string, unknown>>('membership.remove', ({ store }, edge) => {
  store.memberships.delete(idOf(edge))
})

/** Puts an ACS user into a group; one that is in it already stays. */
export function addMember(context: Context, edge: Edge): void {
  const { store } = context
  const group = must(store.acsAccessGroups, edge.acs_access_group_id)
  const user = must(store.acsUsers, edge.acs_user_id)
  if (group.acs_system_id !== user.acs_system_id) {
    throw invalidParameter('acs_user_id', 'The user and the group belong to different systems')
  }
  if (store.memberships.has(idOf(edge)) && !isMoving(context, edge)) return
  add(context, { ...edge })
  show(context, edge, 'to')
}

/** Takes an ACS user out of a group; one that is not in it is no error. */
export function removeMember(context: Context, edge: Edge): void {
  const { store } = context
  must(store.acsAccessGroups, edge.acs_access_group_id)
  must(store.acsUsers, edge.acs_user_id)
  if (!store.memberships.has(idOf(edge)) && !isMoving(context, edge)) return
  remove(context, { ...edge })
  show(context, edge, 'from')
}

/** Whether this user is about to join or to leave; what is asked for last then comes last. */
function isMoving({ store }: Context, edge: Edge): boolean {
  return store.settlements
    .all()
    .some(
      ({ details, task }) =>
        task.startsWith('membership.') && idOf(details as never) === idOf(edge),
    )
}

function show(context: Context, edge: Edge, side: 'from' | 'to'): void {
  const { acs_access_group_id, acs_user_id } = edge
  const none = { from: { acs_user_id: null }, to: { acs_user_id: null } }
  const noGroup = { from: { acs_access_group_id: null }, to: { acs_access_group_id: null } }
  markUntilSettled(context, 'acs_access_groups', acs_access_group_id, {
    pending_mutations: [
      mutation('updating_user_membership', 'Seam is updating the members of this group.', {
        ...none,
        [side]: { acs_user_id },
      }),
    ],
  })
  markUntilSettled(context, 'acs_users', acs_user_id, {
    pending_mutations: [
      mutation('updating_group_membership', 'Seam is updating the groups of this user.', {
        ...noGroup,
        [side]: { acs_access_group_id },
      }),
    ],
  })
}
