import { collectionNames, kindOf, type CollectionName, type SeedLists } from '../store/members'
import type { WorkspaceRecord } from '../store/collections'
import type { Snapshot } from '../store/store'

/**
 * A workspace to start from. Only what identifies a record and places it has to be written; the
 * rest is filled in. What a sandbox keeps in its data file, or answers at `/_sandbox/store`, is a
 * seed as well.
 */
export interface SeedData extends SeedLists {
  readonly workspace: Pick<WorkspaceRecord, 'workspace_id' | 'name'> & Partial<WorkspaceRecord>
  readonly api_key: string
  readonly personal_access_token?: string
}

/** What something that was read has, and a sandbox does not keep. */
export const unkept = (read: object, snapshot: Snapshot): string[] =>
  Object.keys(read).filter((name) => !Object.hasOwn(snapshot, name))

/**
 * A seed with everything that it leaves out.
 *
 * @throws where a record has no id.
 */
export function complete(seed: SeedData): Snapshot {
  const lists = collectionNames.map((name) => {
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
  const kind = kindOf(name)
  const made = kind.complete(record)
  if (typeof made[kind.id] !== 'string') throw new Error(`${name}[${index}] has no ${kind.id}`)
  return made
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
  for (const name of collectionNames) {
    const list: unknown = seed[name] ?? []
    if (!Array.isArray(list) || !list.every(isObject)) {
      throw new Error(`${name} must be a list of objects`)
    }
  }
  return { ...seed, workspace, api_key }
}

const isObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
