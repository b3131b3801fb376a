/** Random choices that are the same for the same seed. */
export class Random {
  private state: number

  constructor(readonly seed: number) {
    this.state = seed >>> 0
  }

  /** From 0 up to 1, without it. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  one<T>(all: readonly T[]): T {
    if (all.length === 0) throw new Error('There is nothing to choose from.')
    return all[this.below(all.length)]!
  }

  /** Between one and so many of them, in their order. */
  some<T>(all: readonly T[], most: number): T[] {
    const count = 1 + this.below(Math.min(most, all.length))
    const left = [...all]
    const taken: unknown[] = Array.from(
      { length: count },
      () => left.splice(this.below(left.length), 1)[0]!,
    )
    return all.filter((one) => taken.includes(one))
  }
}
