import { setTimeout as sleep } from 'node:timers/promises'

/** How long no plan must have come for the planning to count as over, and how long to wait for it. */
const usualStillness = 2_500
const longestWait = 60_000

/**
 * What this process knows to be alive, so that no object is taken for another's. Plans tell the keys
 * and ids of what is in state; creates tell what was just bound.
 */
export class Ledger {
  private readonly liveKeys = new Set<string>()
  private readonly keptIds = new Set<string>()
  private readonly boundIds = new Set<string>()
  private stirredAt = 0
  private released = false

  constructor(private readonly stillness = usualStillness) {}

  /** The engine is still planning: what it knows to be alive may not all be told yet. */
  stir(): void {
    this.stirredAt = Date.now()
  }

  /** Waits until the engine has planned nothing more for a while. */
  async quiet(): Promise<void> {
    for (const end = Date.now() + longestWait; Date.now() < end;) {
      const left = this.stirredAt + this.stillness - Date.now()
      if (left <= 0) return
      await sleep(left)
    }
  }

  /** An object under this key is in somebody's state. */
  noteKey(key: unknown): void {
    if (typeof key === 'string') this.liveKeys.add(key)
  }

  isLive(key: string): boolean {
    return this.liveKeys.has(key)
  }

  /** This object is in somebody's state. */
  keep(id: string): void {
    this.keptIds.add(id)
  }

  /** A resource that was created by this process has this object now. */
  bind(id: string): void {
    this.boundIds.add(id)
  }

  /** The object is gone. */
  release(id: string): void {
    this.keptIds.delete(id)
    this.boundIds.delete(id)
    this.released = true
  }

  /** Whether this process has deleted anything. */
  hasReleased(): boolean {
    return this.released
  }

  isBound(id: string): boolean {
    return this.boundIds.has(id)
  }

  /** Whether nobody that this process knows has the object. */
  isFree(id: string): boolean {
    return !this.boundIds.has(id) && !this.keptIds.has(id)
  }
}
