import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Answer } from './answers'

const withoutBody = new Set([204, 205, 304])

export function send({ status, headers, body }: Answer): Response {
  return new Response(withoutBody.has(status) ? null : body, { status, headers })
}

/** Cuts the connection instead of answering. */
export function cut({ incoming }: HttpBindings): Response {
  incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

/** Cuts the connection in the middle of the body. */
export function truncate(
  { incoming, outgoing }: HttpBindings,
  { status, headers, body }: Answer,
): Response {
  const bytes = Buffer.from(body ?? '')
  outgoing.writeHead(status, { ...headers, 'content-length': bytes.length + 1 })
  outgoing.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => incoming.socket.destroy())
  return RESPONSE_ALREADY_SENT
}

/** Sends an answer with a pause in the middle of its body. */
export function sendSlowly({ status, headers, body }: Answer, ms: number): Response {
  const bytes = Buffer.from(body ?? '')
  const half = Math.ceil(bytes.length / 2)
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(bytes.subarray(0, half))
      await sleep(ms)
      controller.enqueue(bytes.subarray(half))
      controller.close()
    },
  })
  return new Response(stream, { status, headers })
}
