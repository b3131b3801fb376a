import { setTimeout as sleep } from 'node:timers/promises'
import type { Calls } from './calls'
import { BatchLoader } from './batch-loader'
import type { ObjectSource } from './object-source'

type Body = Record<string, unknown>

/** How long a list waits for others who want it as well, in milliseconds. */
const gathering = 5

/**
 * Reads for many callers at once: who asks at about the same time is served by one call.
 *
 * A reader that remembers answers again what it has read, and reads whole lists where many objects
 * are asked for; it forgets with every change that this client makes. One that does not answers only
 * with what was read after the question.
 */
export class CachedReads {
  private readonly loaders = new Map<ObjectSource, Map<string, BatchLoader>>()
  private readonly lists = new Map<string, Promise<unknown[]>>()
  private readonly underWay = new Map<string, Promise<unknown>>()
  private changes = 0
  private readonly remembers: boolean

  /** Answers only with what is read from now on. */
  readonly fresh: CachedReads

  /** @param fresh the reads that remember nothing; left out where these are they */
  constructor(
    private readonly seam: Calls,
    fresh?: CachedReads,
  ) {
    this.remembers = fresh !== undefined
    this.fresh = fresh ?? this
  }

  /** @param within what holds the object, where its kind is listed so */
  one(source: ObjectSource, id: string, within = ''): Promise<Body | undefined> {
    const loaders = this.loaders.get(source) ?? new Map<string, BatchLoader>()
    this.loaders.set(source, loaders)
    const loader = loaders.get(within) ?? new BatchLoader(this.seam, source, within, this.remembers)
    loaders.set(within, loader)
    return loader.one(id)
  }

  /** Every member of a list. */
  all<T>(path: string, body: Body, key: string): Promise<T[]> {
    if (this.remembers && this.changes !== this.seam.changes) this.lists.clear()
    this.changes = this.seam.changes
    const name = JSON.stringify([path, body])
    const known = this.lists.get(name)
    if (known) return known as Promise<T[]>
    const list = this.read<T>(name, () => this.seam.list<T>(path, body, key))
    this.lists.set(name, list)
    return list
  }

  /** Reads a list after the reading of it that is under way: that one may have begun too early. */
  private async read<T>(name: string, list: () => Promise<T[]>): Promise<T[]> {
    await (this.underWay.get(name)?.catch(() => {}) ?? (this.remembers || sleep(gathering)))
    const reading = list()
    this.underWay.set(name, reading)
    if (!this.remembers) this.lists.delete(name)
    try {
      return await reading
    } catch (error) {
      this.lists.delete(name)
      throw error
    } finally {
      if (this.underWay.get(name) === reading) this.underWay.delete(name)
    }
  }
}
