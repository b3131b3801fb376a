import { setTimeout as sleep } from 'node:timers/promises'

/** How long no plan must have come for the planning to count as over, and how long to wait for it. */
const usualStillness = 2_500
const longestWait = 60_000

/** A resource of this program that manages something, or a part of it. */
export interface Claimant {
  readonly by: string
  readonly className: string
  readonly isWhole: boolean
}

/** What a plan has found out, for those that come after it in the same process. */
export type Fact =
  /** The engine is still planning. */
  | { readonly fact: 'activity' }
  /** An object under this key is in the state. */
  | { readonly fact: 'key'; readonly key: string }
  /** A resource of the program has this object; `formerly` is its seed under the name in the state. */
  | {
      readonly fact: 'holder'
      readonly id: string
      readonly by?: string | undefined
      readonly formerly?: string | undefined
    }
  /** The object is about to be replaced, so another resource may come to have it. */
  | { readonly fact: 'leaving'; readonly id: string }
  /** A resource manages something, or a part of it. */
  | { readonly fact: 'claim'; readonly what: string; readonly claimant: Claimant }

/** What plans have met of a state and a program: ids, and nothing else of them. */
export interface StateObjects {
  readonly holders: readonly string[]
  readonly stored: readonly string[]
  readonly leaving: readonly string[]
  /** What resources manage as a whole, with their classes. */
  readonly wholes: ReadonlyArray<readonly [what: string, className: string]>
}

/**
 * What plans have told of this run. An engine that applies in another process hands over what the state
 * holds; without that, a deployment is as safe, and refuses where a plan would have known.
 *
 * | fact     | noted by           | read by                | protects                                         |
 * | -------- | ------------------ | ---------------------- | ------------------------------------------------ |
 * | activity | every plan         | create                 | an object whose plan has not come yet            |
 * | key      | plan, create       | plan, create           | the object under a key that a replacement leaves |
 * | holder   | plan, update       | create, adopt, delete  | an object of another resource of the program     |
 * | stored   | read               | create, adopt          | an object of the state that no plan has named    |
 * | leaving  | plan               | adopt, take over       | a successor from continuing with what goes       |
 * | unknown  | an engine          | create                 | an object of a state that no plan was seen of    |
 * | claim    | plan               | plan, delete           | a part that is managed together with its whole   |
 */
export class PlanningFacts {
  private readonly keys = new Set<string>()
  private readonly holders = new Map<string, string | undefined>()
  /** The seed of a resource that has been renamed, by the one that its state still has. */
  private readonly renamed = new Map<string, string>()
  private readonly stored = new Set<string>()
  private readonly leaving = new Set<string>()
  private readonly claims = new Map<string, readonly Claimant[]>()
  /** Of another process: who claims is known by what is planned, which may be less there. */
  private readonly toldWholes = new Map<string, string>()
  private lastActivity = 0
  private isStateUnknown = false

  constructor(private readonly stillness = usualStillness) {}

  record(facts: readonly Fact[]): void {
    for (const fact of facts) this.recordOne(fact)
  }

  private recordOne(fact: Fact): void {
    switch (fact.fact) {
      case 'activity':
        this.lastActivity = Date.now()
        break
      case 'key':
        this.keys.add(fact.key)
        break
      case 'holder':
        this.noteHolder(fact.id, fact.by, fact.formerly)
        break
      case 'leaving':
        this.holders.delete(fact.id)
        this.stored.add(fact.id)
        this.leaving.add(fact.id)
        break
      case 'claim':
        this.claims.set(fact.what, [...this.others(fact.what, fact.claimant.by), fact.claimant])
    }
  }

  /** What the state holds, for a process that applies what this one has planned. */
  stateObjects(): StateObjects {
    return {
      holders: [...this.holders.keys()],
      stored: [...this.stored],
      leaving: [...this.leaving],
      wholes: [...this.claims].flatMap(([what, claimants]) =>
        claimants.filter(({ isWhole }) => isWhole).map((one) => [what, one.className] as const),
      ),
    }
  }

  /** What another process has planned; nothing where this one cannot know what the state holds. */
  restore(told: StateObjects | undefined): void {
    this.isStateUnknown = !told
    for (const id of told?.holders ?? []) this.noteHolder(id)
    for (const id of told?.stored ?? []) this.noteStored(id)
    for (const id of told?.leaving ?? []) this.recordOne({ fact: 'leaving', id })
    for (const [what, className] of told?.wholes ?? []) this.toldWholes.set(what, className)
  }

  /** Whether no plan that was seen here tells what the state holds. */
  get knowsNoState(): boolean {
    return this.isStateUnknown
  }

  /** A resource of the program has this object. */
  noteHolder(id: string, by?: string, formerly?: string): void {
    this.holders.set(id, by)
    if (by && formerly && by !== formerly) this.renamed.set(formerly, by)
  }

  /** This object is in the state; the program may not declare it any more. */
  noteStored(id: string): void {
    this.stored.add(id)
  }

  noteKey(key: unknown): void {
    if (typeof key === 'string') this.keys.add(key)
  }

  /** The object is gone. */
  forget(id: string): void {
    this.holders.delete(id)
    this.stored.delete(id)
  }

  /** Waits until the engine has planned nothing more for a while. */
  async untilOver(): Promise<void> {
    for (const end = Date.now() + longestWait; Date.now() < end;) {
      const left = this.lastActivity + this.stillness - Date.now()
      if (left <= 0) return
      await sleep(left)
    }
  }

  hasKey(key: string): boolean {
    return this.keys.has(key)
  }

  /** Whether a resource of the program has the object. */
  hasHolder(id: string): boolean {
    return this.holders.has(id)
  }

  /** Whether another resource of the program has the object. */
  hasOtherHolder(id: string, than: string | undefined): boolean {
    const by = this.holders.get(id)
    return by !== undefined && than !== undefined && !this.isSame(by, than)
  }

  isStored(id: string): boolean {
    return this.stored.has(id)
  }

  isLeaving(id: string): boolean {
    return this.leaving.has(id)
  }

  /** The class of another resource of the program that manages the whole of something. */
  wholeOf(what: string, than: string | undefined): string | undefined {
    const claimants = this.claims.get(what) ?? []
    const other = claimants.find(({ by, isWhole }) => isWhole && !this.isSame(by, than))
    return other?.className ?? this.toldWholes.get(what)
  }

  /** The class of another resource with which a claim cannot go together. */
  rivalOf(what: string, { by, isWhole }: Claimant): string | undefined {
    return this.others(what, by).find((other) => other.isWhole || isWhole)?.className
  }

  private others(what: string, than: string): readonly Claimant[] {
    return (this.claims.get(what) ?? []).filter(({ by }) => by !== than)
  }

  private isSame(one: string | undefined, other: string | undefined): boolean {
    return one === other || this.renamed.get(other ?? '') === one
  }
}
