import { SeamIacError } from '../seam'

/** A plan, its settings or a forge that cannot be used; the message says what to do. */
export class ReviewError extends SeamIacError {
  override name = 'ReviewError'
}
