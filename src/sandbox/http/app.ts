import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context as HonoContext } from 'hono'
import { settleDue } from '../behaviour/settlement'
import { ApiError } from '../api/errors'
import type { Endpoint } from '../api/endpoint'
import type { Context } from '../context'
import { endpoints } from '../endpoints'
import { answerOf, cut, faultAnswer, slowly } from './answers'
import { authenticate } from './auth'
import { control, type Controls } from './control'
import { readParameters, type Parameters } from './parameters'
import type { RateLimit } from './rate-limit'

/** All that the routes need to know. */
export interface Service extends Controls {
  readonly latencyMs: number
  readonly rateLimit: RateLimit | undefined
  context(): Context
  /** Resolves once the changes made so far are kept. */
  flush(): Promise<void>
}

type Http = HonoContext<{ Bindings: HttpBindings }>

/** The API and, beside it, the control API. */
export function createApp(service: Service): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.route('/_sandbox', control(service))
  for (const endpoint of endpoints) {
    app.all(endpoint.path, (http) => serve(service, http, endpoint))
  }
  app.notFound((http) => serve(service, http))
  return app
}

/** One call, from the log's entry to the last byte, with the faults that it meets on its way. */
async function serve(service: Service, http: Http, endpoint?: Endpoint): Promise<Response> {
  const { path, method } = http.req
  const entry = service.requests.open(method, path)
  const parameters = await readParameters(http.req.raw, endpoint?.params ?? {})
  entry.body = parameters.given
  const plan = service.faults.plan(path)
  if (service.latencyMs + plan.delayMs > 0) await sleep(service.latencyMs + plan.delayMs)
  const { ending } = plan
  if (ending?.kind === 'reset-before') return cut(http.env)

  const response =
    ending?.kind === 'status'
      ? faultAnswer(ending)
      : await attempt(() => act(service, http.req.raw, parameters, endpoint))
  if (ending?.kind === 'reset-after') return cut(http.env)
  entry.status = response.status
  response.headers.set('seam-request-id', randomUUID())
  return plan.slowBodyMs > 0 ? slowly(response, plan.slowBodyMs) : response
}

/** Does what a call asks for: once it may, and only if it is a call that there is. */
async function act(
  service: Service,
  { method, headers, url }: Request,
  { given, error }: Parameters,
  endpoint: Endpoint | undefined,
): Promise<object> {
  if (service.rateLimit && !service.rateLimit.admits()) {
    throw new ApiError(429, 'too_many_requests', 'Too many requests; try again later')
  }
  if (!endpoint) {
    throw new ApiError(404, 'not_found', `No such endpoint: ${new URL(url).pathname}`)
  }
  if (!endpoint.verbs.some((verb) => verb === method)) {
    throw new ApiError(405, 'method_not_allowed', `${endpoint.path} does not take ${method}`)
  }
  const context = service.context()
  authenticate(context.store, headers, endpoint.path)
  if (error) throw error
  settleDue(context)
  const answer = endpoint.call(given, context)
  await service.flush()
  return { ...answer, ok: true }
}

async function attempt(work: () => Promise<object>): Promise<Response> {
  try {
    return answerOf(200, await work())
  } catch (error) {
    if (error instanceof ApiError) {
      const retry = error.status === 429 ? { 'retry-after': '1' } : {}
      return answerOf(error.status, error.body(), retry)
    }
    const { message } = error as Error
    return answerOf(500, new ApiError(500, 'internal_server_error', message).body())
  }
}
