import type { Wire } from '../../schema'

/** An object in a state, as far as it tells what a deployment has done. */
export interface Kept {
  readonly id: string
  readonly inputs: Wire
  /** It has been deleted, and its successor was not made. */
  readonly isGone: boolean
  /** Its last change failed. */
  readonly isUnfinished: boolean
}
