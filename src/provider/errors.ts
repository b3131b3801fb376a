import type { SeamResource } from '../resources'
import { className, type Wire } from '../schema'
import { SeamApiError, SeamIacError, SeamLostAnswerError } from '../seam'

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
    /** What people should know of what was done before the failure. */
    readonly notices: string[] = [],
    /** How far it is: not as declared, or as declared and not at the doors yet. */
    readonly stage: 'unfinished' | 'unprovisioned' = 'unfinished',
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

/** The failure of a call together with the object that it was for: its class, and its id or key. */
export function naming(definition: SeamResource, which: unknown, error: unknown): unknown {
  const isCall = error instanceof SeamApiError || error instanceof SeamLostAnswerError
  if (!isCall) return error
  return error.of([className(definition.name), which].filter(Boolean).join(' '))
}
