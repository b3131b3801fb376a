import { Store, type CollectionName } from './store'

interface Late {
  readonly at: number
  apply(): void
}

/** A copy of a store that learns of each change some time after it was made. */
export class Replica {
  private readonly copy = new Store()
  private readonly unwatch: (() => void)[] = []
  private late: Late[] = []

  constructor(
    private readonly source: Store,
    private readonly lagMs: number,
  ) {
    for (const name of source.collectionNames) this.follow(name)
  }

  /** The store as it was. */
  read(): Store {
    const seen = performance.now() - this.lagMs
    const waiting = this.late.findIndex(({ at }) => at > seen)
    const due = this.late.splice(0, waiting < 0 ? this.late.length : waiting)
    for (const change of due) change.apply()
    this.copy.workspace = this.source.workspace
    return this.copy
  }

  close(): void {
    for (const stop of this.unwatch) stop()
    this.late = []
  }

  private follow(name: CollectionName): void {
    const from = this.source.collection(name)
    const to = this.copy.collection(name)
    if (!from || !to) return
    for (const row of from.allRows()) to.copy(row)
    const stop = from.watch((id, row) => {
      const apply = () => {
        if (row) to.copy(row)
        else to.delete(id)
      }
      this.late.push({ at: performance.now(), apply })
    })
    this.unwatch.push(stop)
  }
}
