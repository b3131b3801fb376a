import { ApiError } from '../api/errors'

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i

/**
 * Refuses what a page of another site has a browser send: by a name of its own that leads to this
 * machine, or from another origin. The keys of the named seeds are published, so that this counts
 * for the API as it does for the control API.
 */
export function mustBeLocal(headers: Headers): void {
  const host = headers.get('host') ?? ''
  if (!loopback.test(host)) {
    throw forbidden(`The Host must be 127.0.0.1, localhost or [::1], not ${host || 'missing'}`)
  }
  const origin = headers.get('origin')
  if (origin !== null && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    throw forbidden(`Requests from ${origin} are refused: the sandbox takes none of other origins`)
  }
}

const forbidden = (message: string) => new ApiError(403, 'forbidden', message)
