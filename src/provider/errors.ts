import type { Wire } from '../schema'
import { SeamIacError } from '../seam'

/**
 * The object exists, but is not (yet) all that was asked for. Surfaces keep it in state, and the
 * next deployment finishes it.
 */
export class PartialFailure extends SeamIacError {
  override name = 'PartialFailure'

  constructor(
    readonly id: string,
    readonly inputs: Wire,
    readonly outputs: Wire,
    reason: string,
  ) {
    super(reason)
  }
}

/** The object belongs to somebody else, or to nobody that this program knows. */
export class NotOursError extends SeamIacError {
  override name = 'NotOursError'
}
