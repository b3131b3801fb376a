import type { AxiosError } from 'axios'
import isRetryAllowed from 'is-retry-allowed'
import { exponentialDelay, retryAfter, type IAxiosRetryConfig } from 'axios-retry'

/**
 * What a request does to Seam, which says when it may be sent again:
 * a `read` changes nothing; a `write` leaves the same behind when it is carried out twice;
 * a `create` makes another object each time, so it is repeated only when it was not carried out.
 */
export type Intent = 'read' | 'write' | 'create'

declare module 'axios' {
  interface AxiosRequestConfig {
    intent?: Intent
    /** When the first try began, in milliseconds since the epoch. */
    beganAt?: number
    /** For how long it is repeated, in milliseconds. */
    patience?: number
  }
}

/** For how long a request is repeated before its failure is final, in milliseconds, unless told. */
export const usualPatience = 90_000
/** The same where nobody listens: a wrong address is not worth a long wait. */
const connectPatience = 8_000
/** How often, where a change of somebody else is in the way, which may be for good. */
const mostConflicts = 4
const longestPause = 20_000

/** No connection came about, by any address of the host: nothing was sent. */
export const isUnreachable = ({ cause }: AxiosError): boolean =>
  cause instanceof AggregateError ? cause.errors.every(isOfConnecting) : isOfConnecting(cause)

const isOfConnecting = (cause: unknown) =>
  /^(connect|getaddrinfo)$/.test((cause as NodeJS.ErrnoException | undefined)?.syscall ?? '')

/** No waiting mends it: an untrusted certificate, an unknown name, a permission, an address. */
export const isLasting = (error: AxiosError): boolean =>
  !isRetryAllowed(error) || isInsecure(error) || lastingCodes.has(error.code ?? '')

const lastingCodes = new Set(['EACCES', 'EPERM', 'ERR_INVALID_URL'])

/** The other side speaks no TLS or another one, or is not whom its certificate is for. */
const isInsecure = ({ code = '' }: AxiosError) => /^(EPROTO$|ERR_(TLS|SSL)_)/.test(code)

/** What was answered, unless its body broke off: of that, axios keeps the beginning. */
export const wholeAnswer = ({ response }: AxiosError) =>
  response && response.status >= 300 ? response : undefined

/** Whether the next try, after the pause that Seam asks for, still falls into our patience. */
const isTimely = (error: AxiosError) => {
  const next = Date.now() + retryAfter(error)
  const patience = error.config?.patience ?? usualPatience
  const limit = isUnreachable(error) ? Math.min(connectPatience, patience) : patience
  return next - (error.config?.beganAt ?? 0) < limit
}

/** Seam turned the request away, or never saw it. */
const wasNotCarriedOut = (error: AxiosError) =>
  error.response?.status === 429 || isUnreachable(error)

const mayHaveBeenCarriedOut = (error: AxiosError) => (wholeAnswer(error)?.status ?? 500) >= 500

const meetsAnotherChange = ({ config, response }: AxiosError) =>
  config?.intent === 'write' &&
  response?.status === 409 &&
  (config['axios-retry']?.retryCount ?? 0) < mostConflicts

export const shouldRepeat = (error: AxiosError): boolean => {
  if (!isTimely(error) || isLasting(error)) return false
  if (error.code === 'ERR_CANCELED') return false
  if (wasNotCarriedOut(error)) return true
  if (meetsAnotherChange(error)) return true
  return error.config?.intent !== 'create' && mayHaveBeenCarriedOut(error)
}

/** Seam's own wish when it has one; else 200 ms, 400 ms, 800 ms, …, each with up to a fifth more. */
export const pause = (attempt: number, error: AxiosError): number =>
  Math.max(retryAfter(error), Math.min(exponentialDelay(attempt, error, 100), longestPause))

export const retryPolicy: IAxiosRetryConfig = {
  retries: Number.MAX_SAFE_INTEGER,
  retryDelay: pause,
  shouldResetTimeout: true,
}
