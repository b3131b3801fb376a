import PQueue from 'p-queue'

const usual = 64
const oneSign = 250

/**
 * How many requests are under way at once. A 429 halves it; every quiet round adds one again. The
 * engines start more work than an API with limits likes, and waiting here costs nothing.
 */
export class Pace {
  private readonly queue: PQueue
  private quiet = 0
  private slowedAt = 0

  /** @param most how many requests are under way at once at most. */
  constructor(private readonly most = usual) {
    this.queue = new PQueue({ concurrency: most })
  }

  run<T>(task: () => Promise<T>): Promise<T> {
    return this.queue.add(task)
  }

  slower(): void {
    // Requests that were under way together are turned away together: that is one sign, not many.
    if (Date.now() - this.slowedAt < oneSign) return
    this.slowedAt = Date.now()
    this.quiet = 0
    this.queue.concurrency = Math.max(1, Math.floor(this.queue.concurrency / 2))
  }

  /** Called after an answer that was no 429. */
  steady(): void {
    this.quiet += 1
    if (this.quiet < this.queue.concurrency || this.queue.concurrency >= this.most) return
    this.quiet = 0
    this.queue.concurrency += 1
  }
}
