/** Counts calls in a sliding second. */
export class RateLimit {
  private recent: number[] = []

  constructor(private readonly perSecond: number) {}

  /** Whether one more call is allowed now; a refused call does not count. */
  admits(now = Date.now()): boolean {
    this.recent = this.recent.filter((time) => time > now - 1000)
    if (this.recent.length >= this.perSecond) return false
    this.recent.push(now)
    return true
  }
}
