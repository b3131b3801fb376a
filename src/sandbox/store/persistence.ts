import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Snapshot, Store } from './store'

/** Keeps a store in a file: whole, or as it was before. */
export class Persistence {
  private savedVersion = -1
  private writing: Promise<void> = Promise.resolve()
  private waiting: Promise<void> | undefined

  constructor(
    private readonly file: string,
    private readonly store: Store,
  ) {}

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

  private async save(): Promise<void> {
    const { version } = this.store
    if (version === this.savedVersion) return
    if (this.savedVersion < 0) await mkdir(dirname(this.file), { recursive: true })
    const draft = `${this.file}.${process.pid}.tmp`
    await writeFile(draft, JSON.stringify(this.store.snapshot()))
    await rename(draft, this.file)
    this.savedVersion = version
  }
}

/** The snapshot in a file, or undefined where there is no such file. */
export function readSnapshot(file: string): Snapshot | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Snapshot
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(`Cannot read the sandbox data in ${file}: ${(error as Error).message}`)
  }
}
