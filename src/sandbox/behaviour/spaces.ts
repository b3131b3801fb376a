import type { Context } from '../context'
import type { SpaceRecord } from '../store/collections'
import { deviceIdsOf } from './doors'
import { emit } from './events'
import { must } from './lookup'
import { mutation, warning } from './notices'
import { markUntilSettled } from './pending'

type Members = Pick<SpaceRecord, 'acs_entrance_ids' | 'device_ids'>

/** What an event about a space says. */
export const spacePayload = (space: SpaceRecord) => ({
  space_id: space.space_id,
  space_key: space.space_key,
  acs_entrance_ids: space.acs_entrance_ids,
  device_ids: space.device_ids,
})

/** Replaces the members of a space; the grants on it follow. */
export function changeMembers(context: Context, id: string, members: Partial<Members>): void {
  const { store } = context
  const before = must(store.spaces, id)
  const after: Members = {
    acs_entrance_ids: [...new Set(members.acs_entrance_ids ?? before.acs_entrance_ids)],
    device_ids: [...new Set(members.device_ids ?? before.device_ids)],
  }
  const added = difference(doors(after), doors(before))
  const lost = difference(doors(before), doors(after))
  if (added.length + lost.length === 0) return
  const grants = store.accessGrants.where('space_ids', id)
  const devicesBefore = new Map(
    grants.map((grant) => [grant.access_grant_id, [...deviceIdsOf(store, grant)]]),
  )
  store.spaces.update(id, after)
  const space = must(store.spaces, id)
  emit(context, 'space.device_membership_changed', spacePayload(space))
  for (const grant of grants) {
    const { access_grant_id } = grant
    const from = { device_ids: devicesBefore.get(access_grant_id) ?? [] }
    const to = { device_ids: [...deviceIdsOf(store, grant)] }
    showMove(context, access_grant_id, { from, to }, added.length > 0)
    const opened = difference(after.acs_entrance_ids, before.acs_entrance_ids)
    const closed = difference(before.acs_entrance_ids, after.acs_entrance_ids)
    for (const acs_entrance_id of opened) {
      emit(context, 'access_grant.access_granted_to_door', { access_grant_id, acs_entrance_id })
    }
    for (const acs_entrance_id of closed) {
      emit(context, 'access_grant.access_to_door_lost', { access_grant_id, acs_entrance_id })
    }
  }
}

function showMove(context: Context, grantId: string, move: object, grows: boolean): void {
  const code = grows ? 'underprovisioned_access' : 'overprovisioned_access'
  const message = 'Seam is updating the doors of this grant.'
  markUntilSettled(context, 'access_grants', grantId, {
    pending_mutations: [mutation('updating_spaces', message, { ...move })],
    warnings: [warning(code, message)],
  })
}

/** Deletes a space; grants on it lose its doors and no longer name it. */
export function deleteSpace(context: Context, id: string): void {
  const { store } = context
  const space = must(store.spaces, id)
  changeMembers(context, id, { acs_entrance_ids: [], device_ids: [] })
  for (const grant of store.accessGrants.where('space_ids', id)) {
    const space_ids = grant.space_ids.filter((held) => held !== id)
    store.accessGrants.update(grant.access_grant_id, { space_ids })
  }
  store.spaces.delete(id)
  emit(context, 'space.deleted', spacePayload(space))
}

const doors = (members: Members) => [...members.acs_entrance_ids, ...members.device_ids]

function difference(some: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others)
  return some.filter((id) => !known.has(id))
}
