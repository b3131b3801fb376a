import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { open, rename, type FileHandle } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Row } from './collection'
import { readDataFile, type DataText } from './data-text'
import { lock } from './lock'
import type { Change, CollectionName, Store } from './store'

const leastToRewrite = 16 * 1024 * 1024

/**
 * Keeps a store in a file: a line with everything, and below it a line for each write, so that what
 * a change costs does not depend on how much is held. A line is added whole or not at all; the
 * whole is written anew at a start, at the end, and when the changes outgrow it.
 */
export class DataFile {
  private readonly file: string
  /** Lets go of the file without a word. */
  readonly release: () => void
  private store: Store | undefined
  private changes: Change[] = []
  private readonly last = new Map<string, { at: number; order: number }>()
  private handle: FileHandle | undefined
  private mustRewrite = true
  private sizes = { whole: 0, added: 0 }
  private writing: Promise<void> = Promise.resolve()
  private waiting: Promise<void> | undefined

  /** @throws where another sandbox uses the file. */
  constructor(file: string) {
    this.file = existsSync(file) ? realpathSync(file) : resolve(file)
    mkdirSync(dirname(this.file), { recursive: true })
    this.release = lock(this.file)
  }

  /**
   * What the file says, or undefined where there is none yet.
   *
   * @throws where it is broken.
   */
  read(): DataText | undefined {
    return readDataFile(this.file)
  }

  /** Keeps what this store holds, from now on. */
  keep(store: Store): void {
    this.store = store
    for (const name of store.collectionNames) {
      store.collection(name)?.watch((id, row) => this.note(name, id, row))
    }
  }

  /** The store was loaded anew: what has changed is everything. */
  replaced(): void {
    this.mustRewrite = true
  }

  /** Resolves once every change made so far is in the file; changes made meanwhile share a write. */
  flush(): Promise<void> {
    this.waiting ??= this.writing
      .catch(() => {})
      .then(() => {
        this.waiting = undefined
        this.writing = this.save()
        return this.writing
      })
    return this.waiting
  }

  /** Writes what is left, as one document, and lets go of the file. */
  async close(): Promise<void> {
    try {
      // First what is left, or under way: only then is it known whether lines were added.
      await this.flush()
      if (this.sizes.added > 0) this.mustRewrite = true
      await this.flush()
    } finally {
      // A call that is still under way must not write over the file of the next start.
      this.store = undefined
      await this.handle?.close()
      this.release()
    }
  }

  private note(name: CollectionName, id: string, row: Row<object> | undefined): void {
    const key = `${name}/${id}`
    const last = this.last.get(key)
    if (row && last?.order === row.order) {
      this.changes[last.at] = [name, row.record]
      return
    }
    const at = this.changes.push([name, row?.record ?? id]) - 1
    if (row) this.last.set(key, { at, order: row.order })
    else this.last.delete(key)
  }

  private async save(): Promise<void> {
    if (!this.store) return
    const { whole, added } = this.sizes
    const rewrites = this.mustRewrite || added > Math.max(leastToRewrite, whole)
    if (!rewrites && this.changes.length === 0) return
    this.mustRewrite = false
    try {
      if (rewrites) await this.rewrite(this.store)
      else await this.append()
    } catch (error) {
      // Half of it may be there; only a new file is sure.
      this.mustRewrite = true
      throw error
    }
  }

  private async append(): Promise<void> {
    const line = `${JSON.stringify(this.taken())}\n`
    await this.handle?.appendFile(line)
    this.sizes.added += line.length
  }

  private async rewrite(store: Store): Promise<void> {
    this.taken()
    const text = `${JSON.stringify(store.snapshot())}\n`
    const draft = `${this.file}.tmp`
    await this.handle?.close()
    this.handle = await open(draft, 'w')
    await this.handle.writeFile(text)
    await rename(draft, this.file)
    this.sizes = { whole: text.length, added: 0 }
  }

  private taken(): Change[] {
    const { changes } = this
    this.changes = []
    this.last.clear()
    return changes
  }
}
