/** Random choices that are the same for the same seed. */
export class Random {
  private state: number

  constructor(readonly seed: number) {
    this.state = seed >>> 0
  }

  /** From 0 up to 1, without it. */
  private next(): number {
    this.state = (this.state + 0x9e3779b9) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }

  /** A whole number from 0 up to `count`, without it. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  /** One of them, or nothing where there are none. */
  maybe<T>(all: readonly T[]): T | undefined {
    return all[this.below(all.length)]
  }

  one<T>(all: readonly [T, ...T[]]): T
  one<T>(all: readonly T[]): T
  one<T>(all: readonly T[]): T {
    const chosen = this.maybe(all)
    if (chosen === undefined) throw new Error('There is nothing to choose from.')
    return chosen
  }

  /** From `least` to `most` of them, in their order. */
  some<T>(all: readonly T[], least: number, most: number): T[] {
    const count = Math.min(all.length, least + this.below(most - least + 1))
    const left = [...all.keys()]
    const taken = new Set(
      Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0]!),
    )
    return all.filter((_one, at) => taken.has(at))
  }

  /** One of the keys, each as often as its number says. */
  weighted<K>(weights: ReadonlyMap<K, number>): K {
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
    let at = this.next() * total
    for (const [key, weight] of weights) {
      at -= weight
      if (at < 0) return key
    }
    return this.one([...weights.keys()])
  }
}
