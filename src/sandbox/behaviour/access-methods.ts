import { randomInt, randomUUID } from 'node:crypto'
import type { Context } from '../context'
import { modeNames } from '../store/modes'
import type {
  AccessGrantRecord,
  AccessMethodRecord,
  Mode,
  Notice,
  RequestedAccessMethod,
} from '../store/collections'
import { deviceIdsOf } from './doors'
import { emit } from './events'
import { beingDeleted, isBeingDeleted, mutation, warning } from './notices'
import { mark, unmark } from './pending'
import { meetProvider } from './provider'
import { settling } from './settlement'

export interface WantedMethod {
  readonly mode: Mode
  readonly code?: string
  readonly instant_key_max_use_count?: number
}

/** What an event about a method says: a method may serve several grants of one person. */
export function methodPayload({ store }: Context, method: AccessMethodRecord) {
  const { access_method_id } = method
  const ids: string[] = []
  const keys: string[] = []
  for (const grant of store.accessGrants.eachWhere('access_method_ids', access_method_id)) {
    ids.push(grant.access_grant_id)
    if (grant.access_grant_key !== undefined) keys.push(grant.access_grant_key)
  }
  return {
    access_method_id,
    access_grant_ids: ids,
    access_grant_keys: keys.length > 0 ? keys : undefined,
  }
}

/** Makes or shares the methods that a grant requests, and adds them to it. */
export function requestMethods(
  context: Context,
  grantId: string,
  wanted: readonly WantedMethod[],
): void {
  const { store } = context
  for (const want of wanted) {
    const grant = store.accessGrants.get(grantId)
    if (!grant) return
    const { method, warnings } = methodFor(context, grant, want)
    const requested: RequestedAccessMethod = {
      ...want,
      display_name: modeNames[want.mode],
      created_at: new Date().toISOString(),
      created_access_method_ids: [method.access_method_id],
    }
    store.accessGrants.update(grantId, {
      access_method_ids: [...new Set([...grant.access_method_ids, method.access_method_id])],
      requested_access_methods: [...grant.requested_access_methods, requested],
      warnings: [...grant.warnings, ...warnings, ...unsupported(context, grant, want)],
      client_session_token: grant.client_session_token ?? method.client_session_token,
    })
    provision(context, grantId, method)
  }
}

interface Chosen {
  readonly method: Readonly<AccessMethodRecord>
  readonly warnings: readonly Notice[]
}

function methodFor(context: Context, grant: AccessGrantRecord, want: WantedMethod): Chosen {
  if (want.mode !== 'code') return { method: createMethod(context, grant, want), warnings: [] }
  const shared = sharedCode(context, grant, want.code)
  if (shared) return { method: shared, warnings: [] }
  const taken = want.code === undefined ? undefined : deviceWithCode(context, grant, want.code)
  if (taken === undefined) {
    const code = want.code ?? freshCode(context)
    return { method: createMethod(context, grant, { ...want, code }), warnings: [] }
  }
  const code = freshCode(context)
  const lost = warning('requested_code_unavailable', 'The requested code is taken on a device.', {
    device_id: taken,
    original_code: want.code,
    new_code: code,
  })
  return { method: createMethod(context, grant, { ...want, code }), warnings: [lost] }
}

/** The PIN of another grant of the same person, unless another PIN is asked for. */
function sharedCode({ store }: Context, grant: AccessGrantRecord, code: string | undefined) {
  if (grant.user_identity_id === undefined) return undefined
  for (const other of store.accessGrants.eachWhere('user_identity_id', grant.user_identity_id)) {
    const isSame = other.access_grant_id === grant.access_grant_id
    if (!other.is_managed || isBeingDeleted(other) || (isSame && code === undefined)) continue
    const found = store.accessMethods
      .pick(other.access_method_ids)
      .find((method) => method.mode === 'code' && fitsCode(method, code))
    if (found) return found
  }
  return undefined
}

const fitsCode = (method: AccessMethodRecord, code: string | undefined): boolean =>
  !isBeingDeleted(method) && (code === undefined || method.code === code)

/** A device of the grant on which someone else's method has this PIN. */
function deviceWithCode(context: Context, grant: AccessGrantRecord, code: string) {
  const { store } = context
  const wanted = deviceIdsOf(store, grant)
  const rivals = store.accessMethods
    .where('code', code)
    .flatMap((method) => store.accessGrants.where('access_method_ids', method.access_method_id))
  return rivals.flatMap((rival) => [...deviceIdsOf(store, rival)]).find((id) => wanted.has(id))
}

function freshCode({ store }: Context): string {
  for (;;) {
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    if (!store.accessMethods.find('code', code)) return code
  }
}

function createMethod(context: Context, grant: AccessGrantRecord, want: WantedMethod) {
  const { store, endpoint } = context
  const id = randomUUID()
  const { customization_profile_id: profile } = grant
  const method = store.accessMethods.add({
    access_method_id: id,
    mode: want.mode,
    is_managed: grant.is_managed,
    is_issued: false,
    issued_at: null,
    created_at: new Date().toISOString(),
    errors: [],
    warnings: [],
    pending_mutations: [],
    ...(want.code === undefined ? {} : { code: want.code }),
    ...(want.mode === 'card' ? { is_encoding_required: true } : {}),
    ...(profile === undefined ? {} : { customization_profile_id: profile }),
    ...(want.mode === 'mobile_key'
      ? {
          instant_key_url: `${endpoint}/instant_keys/${id}`,
          client_session_token: `seam_cst_${randomUUID().replaceAll('-', '')}`,
        }
      : {}),
  })
  meetProvider(context, 'access_methods', id)
  return method
}

function unsupported({ store }: Context, grant: AccessGrantRecord, { mode }: WantedMethod) {
  if (mode !== 'code') return []
  return store.devices
    .pick(deviceIdsOf(store, grant))
    .filter((device) => !device.can_program_online_access_codes)
    .map(({ device_id }) =>
      warning('device_does_not_support_access_codes', 'A device does not support access codes.', {
        device_id,
      }),
    )
}

function provision(context: Context, grantId: string, method: AccessMethodRecord): void {
  const { store } = context
  const grant = store.accessGrants.get(grantId)
  if (!grant) return
  const id = method.access_method_id
  emit(context, 'access_method.created', methodPayload(context, method))
  mark(context, 'access_methods', id, {
    pending_mutations: [
      mutation('provisioning_access', 'Seam is bringing this method to the doors.', {
        from: { device_ids: [] },
        to: { device_ids: [...deviceIdsOf(store, grant)] },
      }),
    ],
  })
  issueLater(context, { access_method_id: id })
}

const issueLater = settling<{ access_method_id: string }>(
  'access_method.issue',
  (context, { access_method_id: id }) => {
    const { store } = context
    const method = store.accessMethods.get(id)
    if (!method) return
    unmark(context, 'access_methods', id, ['provisioning_access'])
    if (method.mode === 'card') {
      const payload = methodPayload(context, method)
      emit(context, 'access_method.card_encoding_required', payload)
      return
    }
    const isRefused = method.errors.some(({ error_code: code }) => code === 'failed_to_issue')
    if (method.is_issued || isRefused) return
    store.accessMethods.update(id, { is_issued: true, issued_at: new Date().toISOString() })
    emit(context, 'access_method.issued', { ...methodPayload(context, method), code: method.code })
  },
)

const removeMethod = settling<{ access_method_id: string }>(
  'access_method.remove',
  (context, { access_method_id: id }) => {
    const { store } = context
    const method = store.accessMethods.get(id)
    if (!method) return
    const payload = methodPayload(context, method)
    for (const grant of store.accessGrants.where('access_method_ids', id)) {
      releaseMethod(context, grant, id)
    }
    store.accessMethods.delete(id)
    emit(context, 'access_method.deleted', payload)
  },
)

/** Deletes a method from every grant that it serves. */
export function deleteMethod(context: Context, id: string): void {
  const method = context.store.accessMethods.get(id)
  if (!method || isBeingDeleted(method)) return
  mark(context, 'access_methods', id, { warnings: [beingDeleted('access method')] })
  removeMethod(context, { access_method_id: id })
}

/** Deletes the methods that serve this grant alone, and takes it from the others. */
export function deleteMethodsOf(context: Context, grant: AccessGrantRecord): void {
  for (const id of grant.access_method_ids) {
    const serves = context.store.accessGrants.where('access_method_ids', id)
    if (serves.length > 1) releaseMethod(context, grant, id)
    else deleteMethod(context, id)
  }
}

function releaseMethod(
  { store, settings }: Context,
  { access_grant_id }: AccessGrantRecord,
  id: string,
) {
  const grant = store.accessGrants.get(access_grant_id)
  if (!grant) return
  const rest = grant.access_method_ids.filter((held) => held !== id)
  const keys = store.accessMethods.pick(rest).some((method) => method.client_session_token)
  const served = ({ created_access_method_ids: ids }: RequestedMethod) => ids.includes(id)
  const isKept = (requested: RequestedMethod) =>
    settings.requestOfDeletedMethod === 'keep' ||
    !served(requested) ||
    requested.created_access_method_ids.length > 1
  store.accessGrants.update(access_grant_id, {
    access_method_ids: rest,
    requested_access_methods: grant.requested_access_methods.filter(isKept).map((requested) => ({
      ...requested,
      created_access_method_ids: requested.created_access_method_ids.filter((one) => one !== id),
    })),
    client_session_token: keys ? grant.client_session_token : undefined,
  })
}

type RequestedMethod = AccessGrantRecord['requested_access_methods'][number]
