import { Collection, type Changes } from './collection'
import type * as records from './records'

/** Everything that a sandbox holds, as it is written to a file or read from a seed. */
export interface Snapshot {
  workspace: records.WorkspaceRecord
  api_key: string
  personal_access_token: string
  connected_accounts: records.ConnectedAccountRecord[]
  acs_systems: records.AcsSystemRecord[]
  acs_entrances: records.AcsEntranceRecord[]
  acs_encoders: records.AcsEncoderRecord[]
  acs_access_groups: records.AcsAccessGroupRecord[]
  acs_users: records.AcsUserRecord[]
  memberships: records.MembershipRecord[]
  acs_credentials: records.AcsCredentialRecord[]
  user_identities: records.UserIdentityRecord[]
  spaces: records.SpaceRecord[]
  devices: records.DeviceRecord[]
  access_grants: records.AccessGrantRecord[]
  access_methods: records.AccessMethodRecord[]
  action_attempts: records.ActionAttemptRecord[]
  events: records.EventRecord[]
  settlements: records.SettlementRecord[]
}

/** The name of a collection in a snapshot and in the control API. */
export type CollectionName = Exclude<
  keyof Snapshot,
  'workspace' | 'api_key' | 'personal_access_token'
>

/** A record as it is from now on, or the id of one that is gone. */
export type Change = readonly [collection: CollectionName, now: object | string]

type Noticed = { errors: readonly records.Notice[]; warnings: readonly records.Notice[] }
type Reason = { readonly message?: string; readonly [member: string]: unknown }

/**
 * What the sandbox holds, for tests to look at and to change behind the API's back:
 * `store.accessGrants.get(id)`, `.all()`, `.where(member, value)`, `.update(id, changes)`, `.delete(id)`.
 */
export class Store {
  workspace!: records.WorkspaceRecord
  apiKey!: string
  personalAccessToken!: string

  readonly connectedAccounts = this.collect<records.ConnectedAccountRecord>('connected_account_id')
  readonly acsSystems = this.collect<records.AcsSystemRecord>('acs_system_id')
  readonly acsEntrances = this.collect<records.AcsEntranceRecord>('acs_entrance_id')
  readonly acsEncoders = this.collect<records.AcsEncoderRecord>('acs_encoder_id')
  readonly acsAccessGroups = this.collect<records.AcsAccessGroupRecord>('acs_access_group_id')
  readonly acsUsers = this.collect<records.AcsUserRecord>('acs_user_id', [
    'acs_system_id',
    'user_identity_id',
    'email_address',
    'phone_number',
  ])

  readonly memberships = this.collect<records.MembershipRecord>('membership_id', [
    'acs_access_group_id',
    'acs_user_id',
  ])

  readonly acsCredentials = this.collect<records.AcsCredentialRecord>('acs_credential_id', [
    'acs_user_id',
  ])

  readonly userIdentities = this.collect<records.UserIdentityRecord>('user_identity_id', [
    'user_identity_key',
    'email_address',
    'phone_number',
    'merged_user_identity_ids',
    'merged_user_identity_keys',
  ])

  readonly spaces = this.collect<records.SpaceRecord>('space_id', [
    'space_key',
    'acs_entrance_ids',
    'device_ids',
  ])

  readonly devices = this.collect<records.DeviceRecord>('device_id')
  readonly accessGrants = this.collect<records.AccessGrantRecord>('access_grant_id', [
    'access_grant_key',
    'user_identity_id',
    'reservation_key',
    'access_method_ids',
    'space_ids',
    'acs_entrance_ids',
    'device_ids',
  ])

  readonly accessMethods = this.collect<records.AccessMethodRecord>('access_method_id', ['code'])
  readonly actionAttempts = this.collect<records.ActionAttemptRecord>('action_attempt_id')
  readonly events = this.collect<records.EventRecord>('event_id')
  readonly settlements = this.collect<records.SettlementRecord>('settlement_id')

  private readonly named = {
    connected_accounts: this.connectedAccounts,
    acs_systems: this.acsSystems,
    acs_entrances: this.acsEntrances,
    acs_encoders: this.acsEncoders,
    acs_access_groups: this.acsAccessGroups,
    acs_users: this.acsUsers,
    memberships: this.memberships,
    acs_credentials: this.acsCredentials,
    user_identities: this.userIdentities,
    spaces: this.spaces,
    devices: this.devices,
    access_grants: this.accessGrants,
    access_methods: this.accessMethods,
    action_attempts: this.actionAttempts,
    events: this.events,
    settlements: this.settlements,
  } satisfies { [N in CollectionName]: Collection<Snapshot[N][number]> }

  /** The names of all collections. */
  get collectionNames(): readonly CollectionName[] {
    return Object.keys(this.named) as CollectionName[]
  }

  /** A collection by its name on the wire, such as `access_grants`. */
  collection(name: string): Collection<object> | undefined {
    return Object.hasOwn(this.named, name)
      ? (this.named[name as CollectionName] as unknown as Collection<object>)
      : undefined
  }

  /** Adds a warning to the object of this id, whatever its kind; `reason` carries `warning_code`. */
  warn(id: string, reason: Reason & { readonly warning_code: string }): void {
    this.notice(id, 'warnings', reason.warning_code, reason)
  }

  /** Adds an error to the object of this id, whatever its kind; `reason` carries `error_code`. */
  fail(id: string, reason: Reason & { readonly error_code: string }): void {
    this.notice(id, 'errors', reason.error_code, reason)
  }

  /** Takes all warnings and errors from the object of this id. */
  clearNotices(id: string): void {
    this.holderOf(id).update(id, { warnings: [], errors: [] } as Changes<object>)
  }

  load(snapshot: Snapshot): void {
    this.workspace = snapshot.workspace
    this.apiKey = snapshot.api_key
    this.personalAccessToken = snapshot.personal_access_token
    for (const name of this.collectionNames) {
      const collection = this.collection(name)
      collection?.clear()
      for (const record of snapshot[name]) collection?.add(record)
    }
  }

  /** Carries out what happened to another store that held the same. */
  apply([name, now]: Change): void {
    const collection = this.collection(name)
    if (typeof now === 'string') collection?.delete(now)
    else collection?.put(now)
  }

  snapshot(): Snapshot {
    const lists = Object.entries(this.named).map(([name, held]) => [name, held.all()])
    return {
      workspace: this.workspace,
      api_key: this.apiKey,
      personal_access_token: this.personalAccessToken,
      ...Object.fromEntries(lists),
    } as Snapshot
  }

  private collect<R extends object>(
    id: keyof R & string,
    indexed: readonly (keyof R & string)[] = [],
  ): Collection<R> {
    return new Collection<R>(id, indexed)
  }

  private notice(id: string, list: keyof Noticed, code: string, reason: Reason): void {
    const holder = this.holderOf(id)
    const held = holder.get(id) as Noticed
    const notice = { created_at: new Date().toISOString(), message: code, ...reason }
    holder.update(id, { [list]: [...held[list], notice] } as Changes<object>)
  }

  private holderOf(id: string): Collection<object> {
    for (const name of this.collectionNames) {
      const held = this.collection(name)
      const record = held?.get(id)
      if (held && record && 'warnings' in record) return held
    }
    throw new Error(`The sandbox holds no object ${id} that could carry warnings`)
  }
}
