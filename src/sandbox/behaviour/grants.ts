import { randomUUID } from 'node:crypto'
import { invalidParameter } from '../api/errors'
import type { Context } from '../context'
import type { AccessGrantRecord } from '../store/collections'
import { deleteMethodsOf, methodPayload, requestMethods, type WantedMethod } from './access-methods'
import { doorIdsOf, entranceIdsOf } from './doors'
import { emit } from './events'
import { must } from './lookup'
import { beingDeleted, isBeingDeleted, mutation, warning } from './notices'
import { mark, markUntilSettled, unmark } from './pending'
import { meetProvider } from './provider'
import { settling } from './settlement'

/** A grant that passed every check and has no methods yet. */
export type GrantDraft = Omit<
  AccessGrantRecord,
  | 'access_grant_id'
  | 'is_managed'
  | 'created_at'
  | 'errors'
  | 'warnings'
  | 'pending_mutations'
  | 'access_method_ids'
  | 'requested_access_methods'
>

export function addGrant(
  context: Context,
  draft: GrantDraft,
  wanted: readonly WantedMethod[],
): Readonly<AccessGrantRecord> {
  const { store } = context
  const grant = store.accessGrants.add({
    ...draft,
    access_grant_id: randomUUID(),
    is_managed: true,
    access_method_ids: [],
    requested_access_methods: [],
    created_at: new Date().toISOString(),
    errors: [],
    warnings: [],
    pending_mutations: [],
  })
  const { access_grant_id } = grant
  emit(context, 'access_grant.created', { access_grant_id })
  requestMethods(context, access_grant_id, wanted)
  const message = 'Access is being brought to the doors of this grant.'
  mark(context, 'access_grants', access_grant_id, {
    warnings: [warning('underprovisioned_access', message)],
  })
  openDoors(context, { access_grant_id })
  meetProvider(context, 'access_grants', access_grant_id)
  return must(store.accessGrants, access_grant_id)
}

const openDoors = settling<{ access_grant_id: string }>(
  'access_grant.open_doors',
  (context, { access_grant_id }) => {
    const { store } = context
    unmark(context, 'access_grants', access_grant_id, ['underprovisioned_access'])
    const grant = store.accessGrants.get(access_grant_id)
    if (!grant || doorIdsOf(store, grant).size === 0) return
    for (const acs_entrance_id of entranceIdsOf(store, grant)) {
      emit(context, 'access_grant.access_granted_to_door', { access_grant_id, acs_entrance_id })
    }
    emit(context, 'access_grant.access_granted_to_all_doors', { access_grant_id })
  },
)

interface Times {
  readonly starts_at: string
  readonly ends_at: string | null
}

/** Refuses a grant that ends before it starts. */
export function mustEndAfterStart({ starts_at: start, ends_at: end }: Times): void {
  if (end !== null && Date.parse(end) <= Date.parse(start)) {
    throw invalidParameter('ends_at', 'ends_at must be after starts_at')
  }
}

/** Moves a grant's window of time; its methods are programmed anew. */
export function changeTimes(context: Context, grant: AccessGrantRecord, to: Times): void {
  const { store } = context
  const { access_grant_id, access_grant_key, access_method_ids } = grant
  const from: Times = { starts_at: grant.starts_at, ends_at: grant.ends_at }
  if (from.starts_at === to.starts_at && from.ends_at === to.ends_at) return
  mustEndAfterStart(to)
  store.accessGrants.update(access_grant_id, { ...to })
  const message = 'Seam is updating the access times.'
  const changing = mutation('updating_access_times', message, { from, to })
  markUntilSettled(context, 'access_grants', access_grant_id, {
    pending_mutations: [{ ...changing, access_method_ids }],
    warnings: [warning('updating_access_times', message, { access_method_ids })],
  })
  for (const method of store.accessMethods.pick(access_method_ids)) {
    const id = method.access_method_id
    if (method.is_issued) {
      emit(context, 'access_method.revoked', methodPayload(context, method))
      store.accessMethods.update(id, { is_issued: false })
    }
    mark(context, 'access_methods', id, {
      pending_mutations: [changing],
      warnings: [warning('updating_access_times', message)],
    })
    reissue(context, { access_method_id: id, was_issued: method.is_issued })
  }
  emit(context, 'access_grant.access_times_changed', {
    access_grant_id,
    access_grant_key,
    starts_at: to.starts_at,
    ends_at: to.ends_at ?? undefined,
  })
}

const reissue = settling<{ access_method_id: string; was_issued: boolean }>(
  'access_method.reissue',
  (context, { access_method_id: id, was_issued: wasIssued }) => {
    const { store } = context
    unmark(context, 'access_methods', id, ['updating_access_times'])
    if (!wasIssued) return
    const issued_at = new Date().toISOString()
    const method = store.accessMethods.update(id, { is_issued: true, issued_at })
    if (!method) return
    const payload = methodPayload(context, method)
    emit(context, 'access_method.reissued', { ...payload, code: method.code })
  },
)

const removeGrant = settling<{ access_grant_id: string }>(
  'access_grant.remove',
  (context, { access_grant_id }) => {
    const { store } = context
    if (!store.accessGrants.has(access_grant_id)) return
    store.accessGrants.delete(access_grant_id)
    emit(context, 'access_grant.deleted', { access_grant_id })
  },
)

/** Deletes a grant, and the methods that serve no other grant. */
export function deleteGrant(context: Context, id: string): void {
  const grant = must(context.store.accessGrants, id)
  if (isBeingDeleted(grant)) return
  mark(context, 'access_grants', id, { warnings: [beingDeleted('access grant')] })
  deleteMethodsOf(context, grant)
  removeGrant(context, { access_grant_id: id })
}
