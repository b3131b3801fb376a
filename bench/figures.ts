import { performance } from 'node:perf_hooks'

/** What one run of one side was like. */
export interface Figures {
  seconds: number
  calls: number
  /** The size of the state file afterwards. */
  stateBytes?: number | undefined
  /** The most memory that the provider's process had, in MiB; not told by every system. */
  memoryMiB?: number | undefined
}

/** One thing done by two sides. */
export interface Comparison {
  /** Such as `pulumi` or `core`. */
  section: string
  size: number
  step: string
  ours: Figures
  other: Figures
}

/** A bound, and what was measured. */
export interface Verdict {
  what: string
  value: number
  target: number
  /** Whether more is better; else less is. */
  isLeast?: boolean
  holds: boolean
}

export const median = (numbers: number[]): number => {
  const sorted = [...numbers].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1]!, sorted[middle]!]
  return (low + high) / 2
}

/** The median of each figure of several runs. */
export function medians(runs: Figures[]): Figures {
  const of = (name: keyof Figures) => {
    const numbers = runs.map((run) => run[name]).filter((number) => number !== undefined)
    return numbers.length > 0 ? median(numbers) : undefined
  }
  return {
    seconds: of('seconds')!,
    calls: of('calls')!,
    stateBytes: of('stateBytes'),
    memoryMiB: of('memoryMiB'),
  }
}

/** How many seconds some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

export const atMost = (what: string, value: number, target: number): Verdict => ({
  what,
  value,
  target,
  holds: value <= target,
})

export const atLeast = (what: string, value: number, target: number): Verdict => ({
  what,
  value,
  target,
  isLeast: true,
  holds: value >= target,
})
