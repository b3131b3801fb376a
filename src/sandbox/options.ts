import type { SeedData } from './seeds/complete'

/** How a sandbox starts and behaves. */
export interface SandboxOptions {
  /** The port on 127.0.0.1; 0, the default, takes any free one. */
  readonly port?: number
  /** `office` (default), `empty`, the path of a JSON file, or the seed itself. */
  readonly seed?: string | SeedData
  /** Keeps everything in this file from one start to the next; what it holds wins over `seed`. */
  readonly dataFile?: string
  /** Answers every call this much later. */
  readonly latencyMs?: number
  /** Time that a provider takes to carry a change out. With 0, the default, changes show at once. */
  readonly settleMs?: number
  /** Admits this many calls a second, one second's worth at once; answers 429 with `Retry-After` beyond. */
  readonly requestsPerSecond?: number
  /** Makes faults with a probability, or a range of delays, the same each time. */
  readonly randomSeed?: number
  /** The API key, instead of the seed's own. */
  readonly apiKey?: string
  /** The status for a key, e-mail address or phone number that is taken, which Seam does not document. */
  readonly duplicateKeyStatus?: number
  /** Whether a grant still lists the request of a method that was deleted, which Seam does not document. */
  readonly requestOfDeletedMethod?: 'keep' | 'remove'
  /** What becomes of the grants of a deleted user identity, which Seam does not document. */
  readonly grantsOfDeletedIdentity?: 'delete' | 'keep' | 'refuse'
}

/** Options with their defaults, as far as endpoints care. */
export interface Settings {
  readonly settleMs: number
  readonly duplicateKeyStatus: number
  readonly requestOfDeletedMethod: 'keep' | 'remove'
  readonly grantsOfDeletedIdentity: 'delete' | 'keep' | 'refuse'
}

/** The longest time in milliseconds that a timer can wait: 24 days. */
export const longestMs = 2 ** 31 - 1

const bounds = {
  port: [0, 65_535],
  latencyMs: [0, longestMs],
  settleMs: [0, longestMs],
  requestsPerSecond: [1, 1_000_000],
  duplicateKeyStatus: [400, 499],
} as const

/** @throws RangeError for a number that an option cannot have. */
export function mustFit(options: SandboxOptions): void {
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value = options[name as keyof typeof bounds]
    if (value === undefined || (value >= least && value <= most)) continue
    throw new RangeError(`${name} must be from ${least} to ${most}, not ${value}`)
  }
}

export function settingsOf(options: SandboxOptions): Settings {
  return {
    settleMs: options.settleMs ?? 0,
    duplicateKeyStatus: options.duplicateKeyStatus ?? 409,
    requestOfDeletedMethod: options.requestOfDeletedMethod ?? 'keep',
    grantsOfDeletedIdentity: options.grantsOfDeletedIdentity ?? 'delete',
  }
}
