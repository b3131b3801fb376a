import { echoed } from './redact'

/** The base of every error of this package. Messages never hold a token, a PIN or a header. */
export class SeamIacError extends Error {
  override name = 'SeamIacError'
}

/** The settings do not say which workspace to talk to, or say it twice. */
export class SeamSettingsError extends SeamIacError {
  override name = 'SeamSettingsError'
}

/** What Seam answered instead of a result. */
export interface Refusal {
  path: string
  status: number
  /** Seam's word for the error, such as `invalid_input`; absent where a proxy answered. */
  type?: string
  message?: string
  requestId?: string
  /** What is wrong with which parameter. */
  validation?: Record<string, string[]>
  /** Which object the request was for. */
  object?: string
}

/** Seam refused a request. Nothing was changed, except perhaps where `isAmbiguous` says so. */
export class SeamApiError extends SeamIacError implements Refusal {
  override name = 'SeamApiError'
  readonly path: string
  readonly status: number
  readonly type?: string
  readonly requestId?: string
  readonly validation: Record<string, string[]>
  readonly #refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusalMessage(refusal))
    this.#refusal = refusal
    this.path = refusal.path
    this.status = refusal.status
    this.validation = refusal.validation ?? {}
    if (refusal.type !== undefined) this.type = refusal.type
    if (refusal.requestId !== undefined) this.requestId = refusal.requestId
  }

  /** The same, said of an object, or of what a part that was named already belongs to. */
  of(object: string): SeamApiError {
    return new SeamApiError({ ...this.#refusal, object: within(object, this.#refusal.object) })
  }
}

/** No answer arrived: the request may have been carried out, or may not. */
export class SeamLostAnswerError extends SeamIacError {
  override name = 'SeamLostAnswerError'

  constructor(
    readonly path: string,
    readonly reason: string,
    private readonly object?: string,
  ) {
    super(`Seam did not answer ${path}${forObject(object)}: ${reason}`)
  }

  /** The same, said of an object, or of what a part that was named already belongs to. */
  of(object: string): SeamLostAnswerError {
    return new SeamLostAnswerError(this.path, this.reason, within(object, this.object))
  }
}

const within = (object: string, part: string | undefined) =>
  part === undefined || part.startsWith(object) ? object : `${object} (${part})`

const forObject = (object: string | undefined) => (object ? ` for ${echoed(object, mostSaid)}` : '')

/** A refusal may repeat all that was sent. */
const mostSaid = 500
const mostParameters = 10

function refusalMessage(refusal: Refusal): string {
  const { path, status, type, message, requestId, validation, object } = refusal
  const said = message && echoed(message, mostSaid)
  const what = said ?? (status === 429 ? 'too many requests' : 'no explanation given')
  const parameters = Object.entries(validation ?? {})
    .slice(0, mostParameters)
    .map(([name, reasons]) => `${echoed(name)}: ${echoed(reasons.join(', '))}`)
  return [
    `Seam refused ${path}${forObject(object)}: ${what} (${[status, type && echoed(type)].filter(Boolean).join(' ')})`,
    ...(parameters.length > 0 ? [parameters.join('; ')] : []),
    ...(status === 401
      ? ['Check SEAM_API_KEY: is it whole, still valid, and of this endpoint?']
      : []),
    ...(requestId ? [`Seam's request id: ${requestId}`] : []),
  ].join('\n')
}

export const isNotFound = (error: unknown): boolean =>
  error instanceof SeamApiError && error.status === 404

/** What a call answers, or nothing where Seam knows no such object (any more). */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** Whether the request may have been carried out although it failed. */
export const isAmbiguous = (error: unknown): boolean =>
  error instanceof SeamLostAnswerError || (error instanceof SeamApiError && error.status >= 500)

/** Whether Seam refused because of what is there already: a taken key, or a rule between objects. */
export const isConflict = (error: unknown): boolean =>
  error instanceof SeamApiError && (error.status === 409 || error.status === 400)
