import type { ExecutionContext } from 'ava'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox'
import { apiPaths, newerMembers, validate } from '../fixtures/openapi'

type Json = Record<string, any>

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Json
}

export interface Client {
  readonly sandbox: Sandbox
  /** Any call, with the API key unless other headers are given. */
  send(verb: string, path: string, body?: Json, headers?: Record<string, string>): Promise<Answer>
  /** A POST that must succeed; request and answer are held against the vendor's document. */
  call(path: string, body?: Json): Promise<Json>
  /** A POST that must be refused; answers with the status, and the error. */
  refused(path: string, body?: Json): Promise<{ status: number; error: Json }>
  /** Makes a person, and answers with the id. */
  person(name: string): Promise<string>
}

/** A sandbox for one test, stopped with it. */
export async function start(t: ExecutionContext, options: SandboxOptions = {}): Promise<Client> {
  const sandbox = await startSandbox(options)
  t.teardown(() => sandbox.stop())
  return client(t, sandbox)
}

export function client(t: ExecutionContext, sandbox: Sandbox): Client {
  const send: Client['send'] = async (verb, path, body = {}, headers) => {
    const inQuery = verb === 'GET' || verb === 'DELETE'
    const response = await fetch(sandbox.endpoint + path + (inQuery ? queryOf(body) : ''), {
      method: verb,
      headers: {
        ...(headers ?? { authorization: `Bearer ${sandbox.apiKey}` }),
        ...(inQuery ? {} : { 'content-type': 'application/json' }),
      },
      body: inQuery ? null : JSON.stringify(body),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: parse(text) }
  }
  const call: Client['call'] = async (path, body = {}) => {
    expectValid(t, 'request', path, body)
    const answer = await send('POST', path, body)
    t.is(answer.status, 200, `${path}: ${JSON.stringify(answer.body)}`)
    expectValid(t, 'response', path, answer.body)
    return answer.body
  }
  return {
    sandbox,
    send,
    call,
    async refused(path, body) {
      const answer = await send('POST', path, body)
      return { status: answer.status, error: answer.body.error ?? {} }
    },
    async person(name) {
      const { user_identity: made } = await call('/user_identities/create', { full_name: name })
      return made.user_identity_id
    },
  }
}

// Parameters that the service and its clients know, and this version of the document does not yet.
const newer = new Set(['search', 'access_method_id', 'limit', 'page_cursor', 'pagination'])

export function expectValid(
  t: ExecutionContext,
  side: 'request' | 'response',
  path: string,
  body: unknown,
): void {
  if (!apiPaths.has(path)) return
  const { errors, unknownKeys } = validate(side, path, body)
  const unknown = unknownKeys.filter((key) => {
    const name = key.split('.').at(-1) ?? ''
    return !newer.has(name) && !newerMembers.has(name)
  })
  t.deepEqual({ errors, unknown }, { errors: [], unknown: [] }, `${side} of ${path}`)
}

/** A query string in the encoding of the vendor's SDK. */
function queryOf(body: Json): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(body)) {
    const texts = Array.isArray(value) && value.length > 0 ? value : [value]
    for (const text of texts) {
      query.append(name, text === null || Array.isArray(text) ? '' : String(text))
    }
  }
  if (query.size > 0) query.append('_strict', 'true')
  return query.size > 0 ? `?${query}` : ''
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return {}
  }
}
