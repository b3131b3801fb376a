import type { Wire } from '../schema'
import { SeamIacError } from '../seam'

/**
 * The object exists, but is not (yet) all that was asked for. Surfaces keep it in state, and the
 * next deployment finishes it.
 */
export class PartialFailure extends SeamIacError {
  override name = 'PartialFailure'

  // Private, because they hold PINs, and whoever prints an error prints its properties.
  readonly #inputs: Wire
  readonly #outputs: Wire

  constructor(
    readonly id: string,
    inputs: Wire,
    outputs: Wire,
    reason: string,
  ) {
    super(reason)
    this.#inputs = inputs
    this.#outputs = outputs
  }

  get inputs(): Wire {
    return this.#inputs
  }

  get outputs(): Wire {
    return this.#outputs
  }
}

/** The object belongs to somebody else, or to nobody that this program knows. */
export class NotOursError extends SeamIacError {
  override name = 'NotOursError'
}
