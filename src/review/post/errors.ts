import { SeamIacError } from '../../seam'

/**
 * What a poster can do something about: the comment is `gone`, it is `too-long`, or one is there
 * that nobody confirmed (`unsure`).
 */
export type Trouble = 'gone' | 'too-long' | 'unsure'

/** A forge did not do what it was asked. The message never holds a token or a header. */
export class ForgeError extends SeamIacError {
  override name = 'ForgeError'

  constructor(
    message: string,
    /** What the forge answered; absent where it gave no answer, or only asked to wait. */
    readonly status?: number,
    readonly trouble?: Trouble,
  ) {
    super(message)
  }
}

export const isTrouble = (error: unknown, ...kinds: Trouble[]): boolean =>
  error instanceof ForgeError && error.trouble !== undefined && kinds.includes(error.trouble)
