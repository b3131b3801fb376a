/** Admits so many calls a second, evenly, with at most one second's worth at once. */
export class RateLimit {
  private left: number
  private countedAt = performance.now()

  constructor(private readonly perSecond: number) {
    this.left = perSecond
  }

  /** Whether one more call is allowed now; a refused call does not count. */
  admits(now = performance.now()): boolean {
    const earned = ((now - this.countedAt) / 1000) * this.perSecond
    this.left = Math.min(this.perSecond, this.left + earned)
    this.countedAt = now
    if (this.left < 1) return false
    this.left--
    return true
  }
}
