import type { Wire } from '../schema'

/** An object as an engine keeps it. */
export interface Stored {
  readonly id: string
  readonly inputs: Wire
  readonly outputs: Wire
  /** What people should know of what was just done. */
  readonly notices?: string[]
}
