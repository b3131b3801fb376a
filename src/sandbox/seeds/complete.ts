import type * as records from '../store/records'
import { Store, type CollectionName, type Snapshot } from '../store/store'

type Terse<R, K extends keyof R> = Pick<R, K> & Partial<Omit<R, K>>

/**
 * A workspace to start from. Only what identifies a record and places it has to be written; the
 * rest is filled in. What a sandbox keeps in its data file, or answers at `/_sandbox/store`, is a
 * seed as well.
 */
export interface SeedData {
  readonly workspace: Terse<records.WorkspaceRecord, 'workspace_id' | 'name'>
  readonly api_key: string
  readonly personal_access_token?: string
  readonly connected_accounts?: readonly Terse<
    records.ConnectedAccountRecord,
    'connected_account_id'
  >[]
  readonly acs_systems?: readonly Terse<
    records.AcsSystemRecord,
    'acs_system_id' | 'connected_account_id' | 'name'
  >[]
  readonly acs_entrances?: readonly Terse<
    records.AcsEntranceRecord,
    'acs_entrance_id' | 'acs_system_id' | 'display_name'
  >[]
  readonly acs_encoders?: readonly Terse<
    records.AcsEncoderRecord,
    'acs_encoder_id' | 'acs_system_id' | 'display_name'
  >[]
  readonly acs_access_groups?: readonly Terse<
    records.AcsAccessGroupRecord,
    'acs_access_group_id' | 'acs_system_id' | 'name'
  >[]
  readonly acs_users?: readonly Terse<records.AcsUserRecord, 'acs_user_id' | 'acs_system_id'>[]
  readonly memberships?: readonly Terse<
    records.MembershipRecord,
    'acs_access_group_id' | 'acs_user_id'
  >[]
  readonly acs_credentials?: readonly Terse<
    records.AcsCredentialRecord,
    'acs_credential_id' | 'acs_system_id' | 'access_method'
  >[]
  readonly user_identities?: readonly Terse<records.UserIdentityRecord, 'user_identity_id'>[]
  readonly spaces?: readonly Terse<records.SpaceRecord, 'space_id' | 'name'>[]
  readonly devices?: readonly Terse<
    records.DeviceRecord,
    'device_id' | 'connected_account_id' | 'display_name'
  >[]
  readonly access_grants?: readonly Terse<records.AccessGrantRecord, 'access_grant_id'>[]
  readonly access_methods?: readonly Terse<
    records.AccessMethodRecord,
    'access_method_id' | 'mode'
  >[]
  readonly action_attempts?: readonly records.ActionAttemptRecord[]
  readonly events?: readonly records.EventRecord[]
  readonly settlements?: readonly records.SettlementRecord[]
}

const created_at = '2024-01-15T09:00:00.000Z'
const noticed = { created_at, errors: [], warnings: [] }
const pending = { ...noticed, pending_mutations: [] }

// What a record of each kind has where its seed says nothing.
const defaults: Readonly<Partial<Record<CollectionName, object>>> = {
  connected_accounts: {
    account_type: 'salto_ks',
    account_type_display_name: 'Salto KS',
    display_name: 'Access control',
    created_at,
  },
  acs_systems: {
    external_type: 'salto_ks_site',
    external_type_display_name: 'Salto KS site',
    time_zone: null,
    ...noticed,
  },
  acs_entrances: noticed,
  acs_encoders: { created_at, errors: [] },
  acs_access_groups: {
    external_type: 'salto_ks_access_group',
    external_type_display_name: 'Salto KS access group',
    acs_entrance_ids: [],
    ...pending,
  },
  acs_users: { is_suspended: false, ...pending },
  acs_credentials: {
    display_name: 'Credential',
    external_type: 'salto_ks_credential',
    external_type_display_name: 'Salto KS credential',
    is_issued: true,
    issued_at: created_at,
    is_multi_phone_sync_credential: false,
    is_one_time_use: false,
    is_latest_desired_state_synced_with_provider: true,
    latest_desired_state_synced_with_provider_at: created_at,
    allowed_acs_entrance_ids: [],
    ...noticed,
  },
  user_identities: {
    user_identity_key: null,
    full_name: null,
    email_address: null,
    phone_number: null,
    ...noticed,
  },
  spaces: { acs_entrance_ids: [], device_ids: [], connected_account_ids: [], created_at },
  devices: {
    device_type: 'schlage_lock',
    manufacturer: 'schlage',
    can_program_online_access_codes: true,
    online: true,
    ...noticed,
  },
  access_grants: {
    is_managed: true,
    name: null,
    starts_at: created_at,
    ends_at: null,
    space_ids: [],
    acs_entrance_ids: [],
    device_ids: [],
    access_method_ids: [],
    requested_access_methods: [],
    ...pending,
  },
  access_methods: { is_managed: true, is_issued: true, issued_at: created_at, ...pending },
}

const kinds = new Store()

/**
 * A seed with everything that it leaves out.
 *
 * @throws where a record has no id.
 */
export function complete(seed: SeedData): Snapshot {
  const lists = kinds.collectionNames.map((name) => {
    const given: readonly object[] = seed[name] ?? []
    return [name, given.map((record, index) => whole(name, record, index))]
  })
  return {
    workspace: { company_name: seed.workspace.name, ...seed.workspace },
    api_key: seed.api_key,
    personal_access_token: seed.personal_access_token ?? seed.api_key.replace(/^seam_/, 'seam_at_'),
    ...Object.fromEntries(lists),
  } as Snapshot
}

function whole(name: CollectionName, record: object, index: number): object {
  const made: Record<string, unknown> = { ...derived(record), ...defaults[name], ...record }
  const id = kinds.collection(name)?.idMember ?? ''
  if (typeof made[id] !== 'string') throw new Error(`${name}[${index}] has no ${id}`)
  return made
}

/** The id of a membership is made of the ids that it joins. */
function derived(record: object): object {
  if (!('acs_access_group_id' in record && 'acs_user_id' in record)) return {}
  return { membership_id: `${record.acs_access_group_id}/${record.acs_user_id}` }
}

/**
 * What was read from a file, if it is a seed as far as the names in it go.
 *
 * @throws with what is missing.
 */
export function mustBeSeed(read: unknown): SeedData {
  const seed = (read ?? {}) as Partial<SeedData>
  const { workspace, api_key } = seed
  if (
    typeof api_key !== 'string' ||
    typeof workspace?.workspace_id !== 'string' ||
    typeof workspace.name !== 'string'
  ) {
    throw new Error('it needs workspace.workspace_id, workspace.name and api_key')
  }
  for (const name of kinds.collectionNames) {
    const list: unknown = seed[name] ?? []
    if (!Array.isArray(list) || !list.every(isObject)) {
      throw new Error(`${name} must be a list of objects`)
    }
  }
  return { ...seed, workspace, api_key }
}

const isObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
