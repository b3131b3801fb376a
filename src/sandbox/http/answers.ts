import { ApiError } from '../api/errors'
import type { FaultSpec } from './fault-spec'

/** An answer before it is sent. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export function answerOf(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
}

/** The answer to a call that failed. */
export function failure(error: Error): Answer {
  if (!(error instanceof ApiError)) {
    const { message } = error
    return answerOf(500, new ApiError(500, 'internal_server_error', message).body())
  }
  const retry = error.status === 429 ? { 'retry-after': '1' } : undefined
  return answerOf(error.status, error.body(), retry)
}

const typeOfStatus: Readonly<Record<number, string>> = {
  400: 'invalid_input',
  401: 'unauthorized',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  429: 'too_many_requests',
  500: 'internal_server_error',
  501: 'not_implemented',
  502: 'bad_gateway',
  503: 'service_unavailable',
  504: 'gateway_timeout',
}

const loginPage = `<!doctype html>
<html><head><title>Sign in</title></head><body><form method="post"><input name="user"></form></body></html>
`

/** The answer of a `status` fault. */
export function faultAnswer(fault: FaultSpec): Answer {
  const { status = 503, body = 'json' } = fault
  const headers = retryHeader(fault)
  if (body === 'empty') return { status, headers, body: null }
  if (body === 'html') {
    const html = status < 300 ? loginPage : `<html><body><h1>${status}</h1></body></html>`
    return { status, headers: { 'content-type': 'text/html', ...headers }, body: html }
  }
  const type = typeOfStatus[status] ?? 'unknown_error'
  return answerOf(status, new ApiError(status, type, `Injected fault ${status}`).body(), headers)
}

function retryHeader({ retryAfter: seconds, retryAfterAs: form }: FaultSpec): {
  'retry-after'?: string
} {
  if (seconds === undefined) return {}
  // A date has no fractions of a second: never one that is over too early.
  const date = () => new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString()
  return { 'retry-after': form === 'date' ? date() : String(seconds) }
}

/** The same answer with members that no document knows, in every object of it. */
export function withUnknownFields(answer: Answer): Answer {
  const { body } = answer
  return body === null ? answer : { ...answer, body: JSON.stringify(extended(JSON.parse(body))) }
}

function extended(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(extended)
  if (typeof value !== 'object' || value === null) return value
  const known = Object.entries(value).map(([name, member]) => [name, extended(member)] as const)
  return {
    ...Object.fromEntries(known),
    unknown_text: 'from a later version',
    unknown_object: { unknown_list: [{ unknown_number: 1 }], unknown_nothing: null },
  }
}
