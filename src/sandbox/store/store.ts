import type { Collection } from './collection'
import {
  collectionNames,
  Collections,
  isCollectionName,
  type CollectionName,
  type RecordLists,
} from './members'
import type * as records from './collections'

export type { CollectionName } from './members'

/** Everything that a sandbox holds, as it is written to a file or read from a seed. */
export interface Snapshot extends RecordLists {
  workspace: records.WorkspaceRecord
  api_key: string
  personal_access_token: string
}

/** A record as it is from now on, or the id of one that is gone. */
export type Change = readonly [collection: CollectionName, now: object | string]

type Noticed = { errors: readonly records.Notice[]; warnings: readonly records.Notice[] }
type Reason = { readonly message?: string; readonly [member: string]: unknown }

/**
 * What the sandbox holds, for tests to look at and to change behind the API's back:
 * `store.accessGrants.get(id)`, `.all()`, `.where(member, value)`, `.update(id, changes)`, `.delete(id)`.
 * Every collection is such a member; `where` takes the members that it is indexed by.
 */
export class Store extends Collections {
  workspace!: records.WorkspaceRecord
  apiKey!: string
  personalAccessToken!: string

  /** The names of all collections. */
  get collectionNames(): readonly CollectionName[] {
    return collectionNames
  }

  /** A collection by its name on the wire, such as `access_grants`. */
  collection(name: string): Collection<object> | undefined {
    return isCollectionName(name) ? this.named.get(name) : undefined
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
    this.holderOf(id).update(id, { warnings: [], errors: [] })
  }

  /** Holds this instead; a collection that is not in it, as in an older one, is empty. */
  load(snapshot: Snapshot): void {
    const lists: Partial<RecordLists> = snapshot
    this.workspace = snapshot.workspace
    this.apiKey = snapshot.api_key
    this.personalAccessToken = snapshot.personal_access_token
    for (const [name, collection] of this.named) {
      collection.clear()
      for (const record of lists[name] ?? []) collection.add(record)
    }
  }

  /** Carries out what happened to another store that held the same. */
  apply([name, now]: Change): void {
    const collection = this.collection(name)
    if (typeof now === 'string') collection?.delete(now)
    else collection?.put(now)
  }

  snapshot(): Snapshot {
    const lists = [...this.named].map(([name, held]) => [name, held.all()])
    return {
      workspace: this.workspace,
      api_key: this.apiKey,
      personal_access_token: this.personalAccessToken,
      ...Object.fromEntries(lists),
    } as Snapshot
  }

  private notice(id: string, list: keyof Noticed, code: string, reason: Reason): void {
    const holder = this.holderOf(id)
    const held = holder.get(id) as Noticed
    const notice = { created_at: new Date().toISOString(), message: code, ...reason }
    holder.update(id, { [list]: [...held[list], notice] })
  }

  private holderOf(id: string): Collection<object> {
    for (const held of this.named.values()) {
      const record = held.get(id)
      if (record && 'warnings' in record) return held
    }
    throw new Error(`The sandbox holds no object ${id} that could carry warnings`)
  }
}
