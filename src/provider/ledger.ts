/**
 * What this process knows to be alive, so that no object is taken for another's. Plans tell the keys
 * and ids of what exists; creates tell what was just bound.
 */
export class Ledger {
  private readonly liveKeys = new Set<string>()
  private readonly boundIds = new Set<string>()

  /** An object under this key is in somebody's state. */
  noteKey(key: unknown): void {
    if (typeof key === 'string') this.liveKeys.add(key)
  }

  isLive(key: string): boolean {
    return this.liveKeys.has(key)
  }

  /** A resource of this process has this object now. */
  bind(id: string): void {
    this.boundIds.add(id)
  }

  isBound(id: string): boolean {
    return this.boundIds.has(id)
  }
}
