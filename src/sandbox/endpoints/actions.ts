import { randomUUID } from 'node:crypto'
import { create, exactlyOne, pages, read } from '../api/endpoint'
import { invalidParameter } from '../api/errors'
import { key, list, refused, uuid } from '../api/kinds'
import { optional } from '../api/shape'
import { methodPayload } from '../behaviour/access-methods'
import { action, actionAttempt, failed, succeeded } from '../behaviour/action-attempts'
import { entrancesOfMethod, opens } from '../behaviour/doors'
import { emit } from '../behaviour/events'
import { must } from '../behaviour/lookup'
import type { Context } from '../context'
import { accessMethod } from '../views/grants'
import { acsCredential, acsEncoder } from '../views/systems'

const encodeMethod = action<{ access_method_id: string; acs_encoder_id: string }>(
  'ENCODE_CREDENTIAL',
  'access_method.encode',
  (context, { access_method_id: id, acs_encoder_id }) => {
    if (!issue(context, id)) return gone()
    const { acs_system_id } = must(context.store.acsEncoders, acs_encoder_id)
    const created_at = new Date().toISOString()
    return succeeded({
      acs_credential_id: randomUUID(),
      acs_system_id,
      connected_account_id: must(context.store.acsSystems, acs_system_id).connected_account_id,
      access_method: 'card',
      display_name: 'Plastic Card',
      created_at,
      is_issued: true,
      issued_at: created_at,
      is_managed: true,
      workspace_id: context.store.workspace.workspace_id,
      errors: [],
      warnings: [],
    })
  },
)

const encodeCredential = action<{ acs_credential_id: string }>(
  'ENCODE_CREDENTIAL',
  'acs_credential.encode',
  (context, { acs_credential_id: id }) => {
    const issued_at = new Date().toISOString()
    const credential = context.store.acsCredentials.update(id, { is_issued: true, issued_at })
    return credential ? succeeded(acsCredential(credential, context)) : gone()
  },
)

const assignCard = action<{ access_method_id: string; card_number: string }>(
  'ASSIGN_CREDENTIAL',
  'access_method.assign_card',
  (context, { access_method_id: id, card_number: number }) => {
    const { acsCredentials, accessMethods } = context.store
    for (const credential of acsCredentials.each()) {
      if (credential.card_number !== number) continue
      return issue(context, id) ? succeeded(accessMethod(must(accessMethods, id), context)) : gone()
    }
    return failed('credential_not_found', 'No credential of the systems has this card number.')
  },
)

const unlock = action<Record<string, never>>('UNLOCK_DOOR', 'door.unlock', () =>
  succeeded({ was_confirmed_by_device: true }),
)

const gone = () => failed('uncategorized_error', 'What was to be done is there no longer.')

/** Marks a card as issued, unless it was deleted meanwhile. */
function issue(context: Context, id: string): boolean {
  const issued_at = new Date().toISOString()
  const changes = { is_issued: true, issued_at, is_encoding_required: false }
  const method = context.store.accessMethods.update(id, changes)
  if (method) emit(context, 'access_method.issued', methodPayload(context, method))
  return method !== undefined
}

function mustBe(mode: string, wanted: string, parameter: string): void {
  if (mode !== wanted) throw invalidParameter(parameter, `Must be a ${wanted}, and is a ${mode}`)
}

/** The managed card that a request is about. */
function cardOf({ store }: Context, id: string): string {
  mustBe(must(store.accessMethods, id).mode, 'card', 'access_method_id')
  return id
}

export const actions = [
  create('/access_methods/encode', {
    answer: 'action_attempt',
    params: { access_method_id: uuid(), acs_encoder_id: uuid() },
    handle({ access_method_id: id, acs_encoder_id: encoder }, context) {
      const { acs_encoder_id } = must(context.store.acsEncoders, encoder)
      return encodeMethod(context, { access_method_id: cardOf(context, id), acs_encoder_id })
    },
  }),
  create('/access_methods/assign_card', {
    answer: 'action_attempt',
    params: { access_method_id: uuid(), card_number: key() },
    handle: ({ access_method_id: id, card_number }, context) =>
      assignCard(context, { access_method_id: cardOf(context, id), card_number }),
  }),
  create('/access_methods/unlock_door', {
    answer: 'action_attempt',
    params: { access_method_id: uuid(), acs_entrance_id: uuid() },
    handle({ access_method_id: id, acs_entrance_id: door }, context) {
      const { store } = context
      const method = must(store.accessMethods, id)
      mustBe(method.mode, 'cloud_key', 'access_method_id')
      must(store.acsEntrances, door)
      if (!entrancesOfMethod(store, method).has(door)) {
        throw invalidParameter('acs_entrance_id', 'The access method does not open this entrance')
      }
      return unlock(context, {})
    },
  }),
  create('/acs/entrances/unlock', {
    answer: 'action_attempt',
    params: { acs_credential_id: uuid(), acs_entrance_id: uuid() },
    handle({ acs_credential_id: id, acs_entrance_id: door }, context) {
      const { store } = context
      const credential = must(store.acsCredentials, id)
      mustBe(credential.access_method, 'cloud_key', 'acs_credential_id')
      must(store.acsEntrances, door)
      if (!opens(store, credential, door)) {
        throw invalidParameter('acs_entrance_id', 'The credential does not open this entrance')
      }
      return unlock(context, {})
    },
  }),
  create('/acs/encoders/encode_credential', {
    answer: 'action_attempt',
    params: {
      acs_encoder_id: uuid(),
      access_method_id: optional(uuid()),
      acs_credential_id: optional(uuid()),
    },
    rules: [exactlyOne('access_method_id', 'acs_credential_id')],
    handle({ acs_encoder_id: encoder, access_method_id: id, acs_credential_id: other }, context) {
      const { store } = context
      const { acs_encoder_id } = must(store.acsEncoders, encoder)
      if (id !== undefined) {
        return encodeMethod(context, { access_method_id: cardOf(context, id), acs_encoder_id })
      }
      const credential = must(store.acsCredentials, other ?? '')
      mustBe(credential.access_method, 'card', 'acs_credential_id')
      return encodeCredential(context, { acs_credential_id: credential.acs_credential_id })
    },
  }),
  read('/acs/encoders/get', {
    answer: 'acs_encoder',
    params: { acs_encoder_id: uuid() },
    handle: ({ acs_encoder_id: id }, context) =>
      acsEncoder(must(context.store.acsEncoders, id), context),
  }),
  pages('/acs/encoders/list', {
    answer: 'acs_encoders',
    params: {
      acs_system_id: optional(uuid()),
      acs_system_ids: optional(list(uuid())),
      acs_encoder_ids: optional(list(uuid())),
    },
    rules: [exactlyOne('acs_system_id', 'acs_system_ids', 'acs_encoder_ids')],
    from: ({ store }) => store.acsEncoders,
    view: acsEncoder,
    select: ({ acs_system_id: one, acs_system_ids: systems, acs_encoder_ids: ids }, { store }) =>
      store.acsEncoders
        .all()
        .filter((encoder) => one === undefined || encoder.acs_system_id === one)
        .filter((encoder) => systems?.includes(encoder.acs_system_id) ?? true)
        .filter((encoder) => ids?.includes(encoder.acs_encoder_id) ?? true),
  }),
  read('/action_attempts/get', {
    answer: 'action_attempt',
    params: { action_attempt_id: uuid() },
    handle: ({ action_attempt_id: id }, { store }) => actionAttempt(must(store.actionAttempts, id)),
  }),
  pages('/action_attempts/list', {
    answer: 'action_attempts',
    params: {
      action_attempt_ids: optional(list(uuid())),
      // No action of the sandbox is one of a device.
      device_id: optional(refused()),
    },
    from: ({ store }) => store.actionAttempts,
    view: actionAttempt,
    select: ({ action_attempt_ids: ids }, { store }) =>
      ids ? store.actionAttempts.pickInOrder(ids) : store.actionAttempts.all(),
  }),
]
