import { randomInt, randomUUID } from 'node:crypto'
import { atLeastOne, create, pages, read, remove, revise, type Rule } from '../api/endpoint'
import { invalidParameter, notFound } from '../api/errors'
import { choice, digits, flag, instant, key, list, uuid } from '../api/kinds'
import { optional, record, type Values } from '../api/shape'
import { deleteCredential, syncCredential } from '../behaviour/credentials'
import { acsUserIn } from '../behaviour/identities'
import { fits, matches, must, mustAll, olderThan } from '../behaviour/lookup'
import { meetProvider } from '../behaviour/provider'
import type { Context } from '../context'
import { modeNames, modes } from '../store/modes'
import type { AcsCredentialRecord, Mode } from '../store/collections'
import { acsCredential, acsEntrance } from '../views/systems'

const newCredential = {
  access_method: choice(...modes),
  acs_user_id: optional(uuid()),
  user_identity_id: optional(uuid()),
  acs_system_id: optional(uuid()),
  allowed_acs_entrance_ids: optional(list(uuid())),
  assa_abloy_vostio_metadata: optional(
    record({
      auto_join: optional(flag()),
      join_all_guest_acs_entrances: optional(flag()),
      override_all_guest_acs_entrances: optional(flag()),
      override_guest_acs_entrance_ids: optional(list(uuid())),
    }),
  ),
  code: optional(digits()),
  credential_manager_acs_system_id: optional(uuid()),
  ends_at: optional(instant()),
  hotek_metadata: optional(record({ auto_join: optional(flag()), override: optional(flag()) })),
  is_multi_phone_sync_credential: optional(flag()),
  salto_space_metadata: optional(
    record({ assign_new_key: optional(flag()), update_current_key: optional(flag()) }),
  ),
  starts_at: optional(instant()),
  visionline_metadata: optional(
    record({
      assa_abloy_credential_service_mobile_endpoint_id: optional(uuid()),
      auto_join: optional(flag()),
      card_format: optional(choice('TLCode', 'rfid48')),
      card_function_type: optional(choice('guest', 'staff')),
      is_override_key: optional(flag()),
      joiner_acs_credential_ids: optional(list(uuid())),
      override: optional(flag()),
    }),
  ),
}

const owned: Rule = (given, issues) => {
  if (given.acs_user_id !== undefined) return
  if (given.user_identity_id === undefined || given.acs_system_id === undefined) {
    issues.add('acs_user_id, or user_identity_id and acs_system_id, are required')
  }
}

/** The ACS user that a credential is for, linked or made where a person and a system are named. */
function ownerOf(context: Context, given: Values<typeof newCredential>) {
  const { store } = context
  const { acs_user_id: userId, user_identity_id: personId, acs_system_id: systemId } = given
  if (userId === undefined) {
    const person = must(store.userIdentities, personId ?? '')
    const system = must(store.acsSystems, systemId ?? '')
    return must(store.acsUsers, acsUserIn(context, person, system.acs_system_id))
  }
  const user = must(store.acsUsers, userId)
  if (!fits(systemId, user.acs_system_id)) {
    throw invalidParameter('acs_system_id', 'The user belongs to another system')
  }
  return user
}

/** The system that a new credential will be in, known before anything is made. */
function systemOf({ store }: Context, given: Values<typeof newCredential>): string {
  return given.acs_user_id === undefined
    ? (given.acs_system_id ?? '')
    : must(store.acsUsers, given.acs_user_id).acs_system_id
}

const typeOfSystem: Readonly<Record<string, readonly [string, string]>> = {
  salto_ks_site: ['salto_ks_credential', 'Salto KS credential'],
  salto_space_system: ['salto_space_key', 'Salto Space key'],
  brivo_account: ['brivo_credential', 'Brivo credential'],
  visionline_system: ['visionline_card', 'Visionline card'],
  pti_site: ['pti_card', 'PTI card'],
}

function issueCredential(given: Values<typeof newCredential>, context: Context) {
  const { store } = context
  const { access_method: mode } = given
  const allowed = mustAll(store.acsEntrances, given.allowed_acs_entrance_ids)
  const system = must(store.acsSystems, systemOf(context, given))
  if (allowed.some((door) => door.acs_system_id !== system.acs_system_id)) {
    throw invalidParameter('allowed_acs_entrance_ids', 'An entrance belongs to another system')
  }
  if (given.credential_manager_acs_system_id !== undefined) {
    must(store.acsSystems, given.credential_manager_acs_system_id)
  }
  const { acs_user_id, acs_system_id } = ownerOf(context, given)
  const [external_type, external_type_display_name] = typeOfSystem[system.external_type] ?? [
    'brivo_credential',
    'Credential',
  ]
  const now = new Date().toISOString()
  const { acs_credential_id } = store.acsCredentials.add({
    acs_credential_id: randomUUID(),
    acs_system_id,
    acs_user_id,
    access_method: mode,
    display_name: modeNames[mode],
    external_type,
    external_type_display_name,
    starts_at: given.starts_at ?? now,
    is_issued: mode !== 'card',
    issued_at: mode === 'card' ? null : now,
    is_multi_phone_sync_credential: given.is_multi_phone_sync_credential ?? false,
    is_one_time_use: false,
    is_latest_desired_state_synced_with_provider: false,
    latest_desired_state_synced_with_provider_at: null,
    created_at: now,
    errors: [],
    warnings: [],
    allowed_acs_entrance_ids: allowed.map((door) => door.acs_entrance_id),
    ...secretOf(mode, given.code),
    ...(given.ends_at === undefined ? {} : { ends_at: given.ends_at }),
    ...metadataOf(given),
  })
  syncCredential(context, acs_credential_id)
  meetProvider(context, 'acs_credentials', acs_credential_id)
  return acsCredential(must(store.acsCredentials, acs_credential_id), context)
}

function secretOf(mode: Mode, code: string | undefined) {
  if (mode === 'card') return { card_number: null }
  if (mode !== 'code') return {}
  return { code: code ?? String(randomInt(1_000_000)).padStart(6, '0') }
}

// Of what a system is told about a credential, answers show only these.
const shown = {
  visionline_metadata: ['auto_join', 'card_function_type', 'joiner_acs_credential_ids'],
  assa_abloy_vostio_metadata: ['auto_join', 'override_guest_acs_entrance_ids'],
  salto_space_metadata: [],
  hotek_metadata: [],
} as const

/** What a system is told: the members that answers show, and whole, for those who look into the store. */
function metadataOf(given: Values<typeof newCredential>) {
  const { credential_manager_acs_system_id: manager } = given
  const asked: Record<string, object | string> = manager
    ? { credential_manager_acs_system_id: manager }
    : {}
  const seen: Record<string, object> = {}
  for (const [name, members] of Object.entries(shown)) {
    const told = given[name as keyof typeof shown]
    if (!told) continue
    asked[name] = told
    const kept = Object.entries(told).filter(([member]) => members.some((one) => one === member))
    if (members.length > 0) seen[name] = Object.fromEntries(kept)
  }
  return { ...seen, ...(Object.keys(asked).length > 0 ? { asked } : {}) }
}

const holder = {
  params: {
    acs_credential_id: uuid(),
    acs_user_id: optional(uuid()),
    user_identity_id: optional(uuid()),
  },
  rules: [atLeastOne('acs_user_id', 'user_identity_id')],
}
type Holder = Values<typeof holder.params>

function assign(given: Holder, context: Context) {
  const { store } = context
  const { acs_credential_id: id, acs_system_id } = must(
    store.acsCredentials,
    given.acs_credential_id,
  )
  const user =
    given.acs_user_id ??
    acsUserIn(context, must(store.userIdentities, given.user_identity_id ?? ''), acs_system_id)
  store.acsCredentials.update(id, { acs_user_id: must(store.acsUsers, user).acs_user_id })
  return acsCredential(syncCredential(context, id), context)
}

function unassign(given: Holder, context: Context) {
  const { store } = context
  const credential = must(store.acsCredentials, given.acs_credential_id)
  const user = store.acsUsers.get(credential.acs_user_id ?? '')
  const held =
    fits(given.acs_user_id, user?.acs_user_id) &&
    fits(given.user_identity_id, user?.user_identity_id)
  if (!user || !held) throw notFound('acs_user', 'that holds this credential')
  const id = credential.acs_credential_id
  store.acsCredentials.update(id, { acs_user_id: undefined })
  return acsCredential(syncCredential(context, id), context)
}

interface Filter {
  readonly acs_user_id?: string
  readonly acs_system_id?: string
  readonly user_identity_id?: string
  readonly created_before?: string
  readonly is_multi_phone_sync_credential?: boolean
  readonly search?: string
}

const chosen =
  (filter: Filter, { store }: Context) =>
  (one: Readonly<AcsCredentialRecord>) =>
    fits(filter.acs_user_id, one.acs_user_id) &&
    fits(filter.acs_system_id, one.acs_system_id) &&
    fits(filter.user_identity_id, store.acsUsers.get(one.acs_user_id ?? '')?.user_identity_id) &&
    fits(filter.is_multi_phone_sync_credential, one.is_multi_phone_sync_credential) &&
    matches(filter.search, one.display_name, one.acs_credential_id, one.card_number) &&
    olderThan(filter.created_before, one)

export const acsCredentials = [
  create('/acs/credentials/create', {
    answer: 'acs_credential',
    params: newCredential,
    rules: [owned],
    handle: issueCredential,
  }),
  read('/acs/credentials/get', {
    answer: 'acs_credential',
    params: { acs_credential_id: uuid() },
    handle: ({ acs_credential_id: id }, context) =>
      acsCredential(must(context.store.acsCredentials, id), context),
  }),
  pages('/acs/credentials/list', {
    answer: 'acs_credentials',
    params: {
      acs_user_id: optional(uuid()),
      acs_system_id: optional(uuid()),
      user_identity_id: optional(uuid()),
      created_before: optional(instant()),
      is_multi_phone_sync_credential: optional(flag()),
      search: optional(key()),
    },
    from: ({ store }) => store.acsCredentials,
    select: (given, context) => context.store.acsCredentials.all().filter(chosen(given, context)),
    view: acsCredential,
  }),
  revise('/acs/credentials/update', {
    answer: 'acs_credential',
    params: { acs_credential_id: uuid(), code: optional(digits()), ends_at: optional(instant()) },
    handle({ acs_credential_id: id, code, ends_at }, context) {
      const { acsCredentials: credentials } = context.store
      must(credentials, id)
      if (code !== undefined) credentials.update(id, { code })
      if (ends_at !== undefined) credentials.update(id, { ends_at })
      return acsCredential(syncCredential(context, id), context)
    },
  }),
  revise('/acs/credentials/assign', { ...holder, answer: 'acs_credential', handle: assign }),
  revise('/acs/credentials/unassign', { ...holder, answer: 'acs_credential', handle: unassign }),
  remove('/acs/credentials/delete', {
    params: { acs_credential_id: uuid() },
    handle: ({ acs_credential_id: id }, context) => deleteCredential(context, id),
  }),
  read('/acs/credentials/list_accessible_entrances', {
    answer: 'acs_entrances',
    params: { acs_credential_id: uuid() },
    handle({ acs_credential_id: id }, context) {
      const { store } = context
      const { allowed_acs_entrance_ids: allowed } = must(store.acsCredentials, id)
      return store.acsEntrances.pick(allowed).map((door) => acsEntrance(door, context))
    },
  }),
]
