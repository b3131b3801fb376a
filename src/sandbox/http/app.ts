import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context as HonoContext } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { settleDue } from '../behaviour/settlement'
import { ApiError } from '../api/errors'
import type { Endpoint } from '../api/endpoint'
import type { Context } from '../context'
import { endpoints, unserved } from '../endpoints'
import { answerOf, failure, faultAnswer, withUnknownFields, type Answer } from './answers'
import { authenticate } from './auth'
import { control, type Controls } from './control'
import type { FaultPlan } from './faults'
import { mustBeLocal } from './local'
import { readParameters, type Parameters } from './parameters'
import type { RateLimit } from './rate-limit'
import { cut, send, sendSlowly, truncate } from './sending'

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
  // As fast a call as by the default router, whose compilation doubles what it takes to start.
  const app = new Hono<{ Bindings: HttpBindings }>({ router: new TrieRouter() })
  app.onError((error) => send(failure(error)))
  app.use(async (http, next) => {
    mustBeLocal(http.req.raw.headers)
    await next()
  })
  app.route('/_sandbox', control(service))
  for (const endpoint of endpoints) {
    app.all(endpoint.path, (http) => serve(service, http, endpoint))
  }
  app.notFound((http) => serve(service, http))
  return app
}

/** One call, from the log's entry to the last byte, with the faults that it meets on its way. */
async function serve(service: Service, http: Http, endpoint?: Endpoint): Promise<Response> {
  const { path, method, raw } = http.req
  const entry = service.requests.open(method, path)
  const parameters = await readParameters(raw, endpoint?.params ?? {})
  service.requests.describe(entry, parameters.given, parameters.characters)
  const plan = service.faults.plan(path, endpoint?.reads ?? false)
  if (service.latencyMs + plan.delayMs > 0) await sleep(service.latencyMs + plan.delayMs)
  const { ending } = plan
  if (ending?.kind === 'reset-before') return cut(http.env)

  const instead = ending?.kind === 'status' ? faultAnswer(ending) : undefined
  const isSpared = instead !== undefined && ending?.when !== 'after'
  const done = isSpared
    ? instead
    : await attempt(() => act(service, raw, parameters, endpoint, plan))
  if (ending?.kind === 'reset-after') return cut(http.env)
  const answer = dressed(instead ?? done, plan)
  entry.status = answer.status
  if (ending?.kind === 'truncated-body') return truncate(http.env, answer)
  return plan.slowBodyMs > 0 ? sendSlowly(answer, plan.slowBodyMs) : send(answer)
}

/** The answer with what the plan puts on it. */
function dressed(answer: Answer, { unknownFields, contentType }: FaultPlan): Answer {
  const isJson = answer.headers['content-type']?.startsWith('application/json') ?? false
  const whole = unknownFields && isJson ? withUnknownFields(answer) : answer
  const type = contentType === undefined || !isJson ? {} : { 'content-type': contentType }
  return { ...whole, headers: { ...whole.headers, ...type, 'seam-request-id': randomUUID() } }
}

/** Does what a call asks for: once it may, and only if it is a call that there is. */
async function act(
  service: Service,
  { method, headers, url }: Request,
  { given, error }: Parameters,
  endpoint: Endpoint | undefined,
  { stale }: FaultPlan,
): Promise<object> {
  if (service.rateLimit && !service.rateLimit.admits()) {
    throw new ApiError(429, 'too_many_requests', 'Too many requests; try again later')
  }
  if (!endpoint) {
    const { pathname } = new URL(url)
    const why = unserved.get(pathname)
    if (why === undefined) throw new ApiError(404, 'not_found', `No such endpoint: ${pathname}`)
    throw new ApiError(501, 'not_implemented', `The sandbox does not serve ${pathname}. ${why}`)
  }
  if (!endpoint.verbs.some((verb) => verb === method)) {
    throw new ApiError(405, 'method_not_allowed', `${endpoint.path} does not take ${method}`)
  }
  const context = service.context()
  authenticate(context.store, headers, endpoint.path)
  if (error) throw error
  settleDue(context)
  const answer = endpoint.call(given, stale ? { ...context, store: stale.read() } : context)
  await service.flush()
  return { ...answer, ok: true }
}

async function attempt(work: () => Promise<object>): Promise<Answer> {
  try {
    return answerOf(200, await work())
  } catch (error) {
    return failure(error as Error)
  }
}
