import type { Collection } from './collection'
import { collections } from './collections'
import type { RecordKind } from './kind'

type Table = typeof collections

/** The name of a collection in a snapshot and in the control API. */
export type CollectionName = keyof Table

/** The lists of a snapshot. */
export type RecordLists = { [N in keyof Table]: ReturnType<Table[N]['complete']>[] }

/** The lists of a seed, which may leave any of them out. */
export type SeedLists = {
  readonly [N in keyof Table]?: readonly Parameters<Table[N]['complete']>[0][]
}

type CamelCase<S extends string> = S extends `${infer Head}_${infer Rest}`
  ? `${Head}${Capitalize<CamelCase<Rest>>}`
  : S

type Members = { readonly [N in keyof Table as CamelCase<N>]: ReturnType<Table[N]['open']> }

/** The names of all collections. */
export const collectionNames = Object.keys(collections) as readonly CollectionName[]

/** Whether a collection has this name. */
export const isCollectionName = (name: unknown): name is CollectionName =>
  typeof name === 'string' && Object.hasOwn(collections, name)

/** What is common to the records of a collection. */
export const kindOf = (name: CollectionName) =>
  collections[name] as unknown as RecordKind<Record<string, unknown>, object>

class Opened {
  protected readonly named: ReadonlyMap<CollectionName, Collection<object>>

  constructor() {
    const opened = collectionNames.map((name) => [name, collections[name].open()] as const)
    this.named = new Map(opened as unknown as [CollectionName, Collection<object>][])
    for (const [name, held] of opened) Object.assign(this, { [camelCase(name)]: held })
  }
}

/** Something with an empty collection of each kind, as a member in camelCase and by its name. */
export const Collections = Opened as new () => Opened & Members

const camelCase = (name: string) =>
  name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
