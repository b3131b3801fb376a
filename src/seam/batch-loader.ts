import { setTimeout as sleep } from 'node:timers/promises'
import type { Calls } from './calls'
import { SeamApiError } from './errors'
import type { ObjectSource } from './object-source'

type Body = Record<string, unknown>

/** How long a call waits for others who want objects of the same kind, in milliseconds. */
const gathering = 10
/** How many ids go into one call; Seam names 100 as the most of its other lists of ids. */
const mostIds = 100
/** How many objects are asked for by id before pages of the list may be worth their calls. */
const few = 8

interface Question {
  answer(object: Body | undefined): void
  fail(error: unknown): void
}

/** The objects of one source, or of one container on it, as one process reads them. */
export class BatchLoader {
  private readonly waiting = new Map<string, Question[]>()
  private readonly known = new Map<string, Body>()
  private serving = false
  private changes: number
  /** Objects that were asked for by id, the calls this took, and the pages of the list since. */
  private asked = 0
  private calls = 0
  private paged = 0
  private list: AsyncIterator<Body[]> | undefined
  private isListed = false

  constructor(
    private readonly seam: Calls,
    private readonly source: ObjectSource,
    private readonly within: string,
    private readonly remembers: boolean,
  ) {
    this.changes = seam.changes
  }

  one(id: string): Promise<Body | undefined> {
    this.forgetWhatChanged()
    const known = this.known.get(id)
    if (known) return Promise.resolve(known)
    return new Promise((resolve, reject) => {
      const question = { answer: resolve, fail: reject }
      this.waiting.set(id, [...(this.waiting.get(id) ?? []), question])
      if (!this.serving) this.serve().catch(reject)
    })
  }

  private async serve(): Promise<void> {
    this.serving = true
    while (this.waiting.size > 0) {
      await sleep(gathering)
      const batch = new Map([...this.waiting].slice(0, mostIds))
      for (const id of batch.keys()) this.waiting.delete(id)
      try {
        await this.answer(batch)
      } catch (error) {
        for (const { fail } of [...batch.values()].flat()) fail(error)
      }
    }
    this.serving = false
  }

  private async answer(batch: Map<string, Question[]>): Promise<void> {
    const before = this.seam.changes
    const tell = (id: string, object: Body | undefined) => {
      for (const question of batch.get(id) ?? []) question.answer(object)
      batch.delete(id)
    }
    const found = (objects: Body[]) => {
      for (const object of objects) {
        const id = String(object[this.source.id])
        this.remember(id, object, before)
        tell(id, object)
      }
    }
    found(await this.page())
    found(await this.several([...batch.keys()]))
    await Promise.all(
      [...batch].map(async ([id, questions]) => {
        try {
          this.calls += 1
          const object = await this.source.one(this.seam, id)
          if (object) this.remember(id, object, before)
          tell(id, object)
        } catch (error) {
          for (const { fail } of questions) fail(error)
        }
      }),
    )
  }

  /**
   * The next page of the list. Nobody says how many objects will be asked for, nor how long the list
   * is: a page for each call by ids costs at most twice what the better way would have cost.
   */
  private async page(): Promise<Body[]> {
    const { pages } = this.source
    this.forgetWhatChanged()
    const isWorthIt = this.remembers && this.asked >= few && this.paged < this.calls
    if (!pages || !isWorthIt || this.isListed) return []
    this.list ??= pages(this.seam, this.within || undefined)[Symbol.asyncIterator]()
    try {
      this.paged += 1
      const { value, done } = await this.list.next()
      this.isListed = done ?? false
      return done ? [] : value
    } catch {
      // The calls by id that follow tell what is wrong, if anything is.
      this.isListed = true
      return []
    }
  }

  private async several(ids: string[]): Promise<Body[]> {
    this.asked += ids.length
    if (!this.source.some || ids.length < 2) return []
    try {
      this.calls += 1
      return await this.source.some(this.seam, ids)
    } catch (error) {
      // One id that Seam does not take must not fail the others.
      if (error instanceof SeamApiError && [400, 404].includes(error.status)) return []
      throw error
    }
  }

  /** What is read while something changes may be older than the change. */
  private remember(id: string, object: Body, before: number): void {
    if (this.remembers && before === this.seam.changes) this.known.set(id, object)
  }

  private forgetWhatChanged(): void {
    if (this.changes === this.seam.changes) return
    this.changes = this.seam.changes
    this.known.clear()
    this.list = undefined
    this.isListed = false
    this.paged = 0
  }
}
