import { setTimeout as sleep } from 'node:timers/promises'

/** How long no plan must have come for the planning to count as over, and how long to wait for it. */
const usualStillness = 2_500
const longestWait = 60_000

/** A resource of this program, by its seed, that manages something or a part of it. */
export interface Claimant {
  by: string
  className: string
  isWhole: boolean
}

/**
 * What this process knows to be alive, so that no object is taken for another's. Plans tell the keys
 * and ids of what is in state; creates tell what was just bound.
 */
export class Ledger {
  private readonly liveKeys = new Set<string>()
  private readonly keptIds = new Map<string, string | undefined>()
  /** The seed of a resource that has been renamed, by the one that its state still has. */
  private readonly renamed = new Map<string, string>()
  private readonly seenIds = new Set<string>()
  private readonly boundIds = new Set<string>()
  private readonly claims = new Map<string, Claimant[]>()
  private stirredAt = 0
  private readonly takenIds = new Set<string>()
  private readonly releasedIds = new Set<string>()
  private readonly leavingIds = new Set<string>()

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

  /**
   * A resource of the program, told by its seed, has this object.
   *
   * @param formerly its seed under the name that it had when its state was written
   */
  keep(id: string, by?: string, formerly?: string): void {
    this.keptIds.set(id, by)
    if (by && formerly && by !== formerly) this.renamed.set(formerly, by)
  }

  private isSame(one: string | undefined, other: string | undefined): boolean {
    return one === other || this.renamed.get(other ?? '') === one
  }

  /** Whether another resource of the program has the object. */
  isKeptByOther(id: string, than: string | undefined): boolean {
    const by = this.keptIds.get(id)
    return by !== undefined && than !== undefined && !this.isSame(by, than)
  }

  /** This object is in somebody's state; the program may not declare it any more. */
  see(id: string): void {
    this.seenIds.add(id)
  }

  /** The resource that has the object is about to be replaced, so another one may come to have it. */
  leave(id: string): void {
    this.keptIds.delete(id)
    this.seenIds.add(id)
    this.leavingIds.add(id)
  }

  /** Whether the object is being replaced, or was deleted, by this process. */
  isLeaving(id: string): boolean {
    return this.leavingIds.has(id) || this.releasedIds.has(id)
  }

  /** Notes that an object is being taken over; false where that is under way already. */
  take(id: string): boolean {
    if (this.takenIds.has(id)) return false
    this.takenIds.add(id)
    return true
  }

  /** A resource that was created by this process has this object now. */
  bind(id: string): void {
    this.boundIds.add(id)
  }

  /** The class of another resource of the program that manages the whole of something. */
  wholeOf(what: string, than: string | undefined): string | undefined {
    const claimants = this.claims.get(what) ?? []
    return claimants.find(({ by, isWhole }) => isWhole && !this.isSame(by, than))?.className
  }

  /**
   * Notes who manages something, or a part of it.
   *
   * @returns the class of another one with whom that cannot go together
   */
  claim(what: string, claimant: Claimant): string | undefined {
    const others = (this.claims.get(what) ?? []).filter(({ by }) => by !== claimant.by)
    this.claims.set(what, [...others, claimant])
    return others.find(({ isWhole }) => isWhole || claimant.isWhole)?.className
  }

  /** The object is gone. */
  release(id: string): void {
    this.keptIds.delete(id)
    this.seenIds.delete(id)
    this.boundIds.delete(id)
    this.releasedIds.add(id)
  }

  /** Whether this process has deleted anything. */
  hasReleased(): boolean {
    return this.releasedIds.size > 0
  }

  isBound(id: string): boolean {
    return this.boundIds.has(id)
  }

  /** Whether a resource of the program has the object. */
  isDeclared(id: string): boolean {
    return this.boundIds.has(id) || this.keptIds.has(id)
  }

  /** Whether nobody that this process knows has the object. */
  isFree(id: string): boolean {
    return !this.isDeclared(id) && !this.seenIds.has(id)
  }
}
