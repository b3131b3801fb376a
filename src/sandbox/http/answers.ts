import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { ApiError } from '../api/errors'
import type { Fault } from './faults'

export function answerOf(status: number, body: object, headers: object = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })
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

/** The answer of a `status` fault. */
export function faultAnswer({ status = 503, retryAfter, body = 'json' }: Fault): Response {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  if (body === 'empty') return new Response(null, { status, headers })
  if (body === 'html') {
    const html = `<html><body><h1>${status}</h1></body></html>`
    return new Response(html, { status, headers: { 'content-type': 'text/html', ...headers } })
  }
  const type = typeOfStatus[status] ?? 'unknown_error'
  return answerOf(status, new ApiError(status, type, `Injected fault ${status}`).body(), headers)
}

/** Cuts the connection instead of answering. */
export function cut({ incoming }: HttpBindings): Response {
  incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

/** The same answer, with a pause in the middle of its body. */
export async function slowly(response: Response, ms: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const half = Math.ceil(bytes.length / 2)
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(bytes.slice(0, half))
      await sleep(ms)
      controller.enqueue(bytes.slice(half))
      controller.close()
    },
  })
  return new Response(stream, { status: response.status, headers: response.headers })
}
