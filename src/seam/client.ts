import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { AxiosError, AxiosInstance } from 'axios'
import axiosRetry from 'axios-retry'
import { SeamApiError, SeamIacError, SeamLostAnswerError, type Refusal } from './errors'
import { lossReason } from './loss'
import { Pace } from './pace'
import { CachedReads } from './cached-reads'
import { hide, redact } from './redact'
import { retryPolicy, shouldRepeat, wholeAnswer, type Intent } from './retry'
import { connection, type SeamSettings } from './settings'

type Body = Record<string, unknown>

/** Loaded where something is asked: most processes of an engine only check and compare. */
const loaded = () => require('axios') as typeof import('axios')

/** How long one try may take, in milliseconds. */
const mostPatient = 30_000

/**
 * A client of the Seam API: JSON over POST, kept-alive connections, repeats where they are safe,
 * and errors without headers. See https://docs.seam.co/latest/api
 */
export class Seam {
  /** Answers with what is read after the question. */
  readonly fresh = new CachedReads(this)
  /** Answers with what was read since the last change that this client made. */
  readonly remembered = new CachedReads(this, this.fresh)
  /** Grows with every change that this client begins or ends. */
  changes = 0
  /** Somebody wants it all to end: what is under way ends, and nothing is repeated or waited for. */
  isStopped = false
  private readonly http: AxiosInstance
  private readonly pace: Pace
  /** How far Seam's clock is ahead of ours, in milliseconds. */
  private ahead = 0

  /** @param timeout how long one try may take, in milliseconds. */
  constructor(settings: SeamSettings, timeout = mostPatient) {
    const { endpoint, headers } = connection(settings)
    const { patience, concurrency } = settings
    this.pace = new Pace(concurrency)
    hide(headers['authorization']!.slice('Bearer '.length))
    this.http = loaded().create({
      baseURL: endpoint,
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'seam-iac' },
      timeout,
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true }),
      maxRedirects: 0,
      ...(patience !== undefined && { patience }),
    })
    axiosRetry(this.http, {
      ...retryPolicy,
      retryCondition: (error) => !this.isStopped && shouldRepeat(error),
      onRetry: (_count, error) => {
        if (error.response?.status === 429) this.pace.slower()
      },
    })
  }

  /** Asks for something; repeated until an answer arrives or patience ends. */
  read<T>(path: string, body: Body, key: string): Promise<T> {
    return this.send<T>('read', path, body, key)
  }

  /** Changes or removes something in a way that may be repeated. */
  async write(path: string, body: Body): Promise<void> {
    await this.send('write', path, body)
  }

  /** Makes something; sent again only where Seam did nothing. */
  create<T>(path: string, body: Body, key: string): Promise<T> {
    return this.send<T>('create', path, body, key)
  }

  /** Every member of a list, page after page. */
  async list<T>(path: string, body: Body, key: string): Promise<T[]> {
    const members: T[] = []
    for await (const page of this.pages<T>(path, body, key)) {
      for (const one of page) members.push(one)
    }
    return members
  }

  /** The time by Seam's clock, in milliseconds since the epoch; to the second, as it tells it. */
  now(): number {
    return Math.floor((Date.now() + this.ahead) / 1000) * 1000
  }

  /** The pages of a list, each read when it is asked for. */
  async *pages<T>(path: string, body: Body, key: string): AsyncGenerator<T[]> {
    let cursor: string | null = null
    const seen = new Set<unknown>()
    do {
      const answer: Body = await this.send(
        'read',
        path,
        cursor ? { ...body, page_cursor: cursor } : body,
      )
      yield listed<T>(answer, key, path)
      const pagination = answer['pagination'] as { next_page_cursor?: string | null } | undefined
      cursor = pagination?.next_page_cursor || null
      if (seen.has(cursor)) throw strange(path, 'the pages of the list have no end')
      seen.add(cursor)
    } while (cursor !== null)
  }

  private async send<T>(intent: Intent, path: string, body: Body, key?: string): Promise<T> {
    const change = intent === 'read' ? 0 : 1
    this.changes += change
    try {
      const { data, headers } = await this.pace.run(() =>
        this.http.post<Body>(path, body, { intent, beganAt: Date.now() }),
      )
      this.pace.steady()
      this.ahead = (Date.parse(String(headers['date'])) || Date.now()) - Date.now()
      if (key !== undefined) return member<T>(data, key, path)
      return (intent === 'write' ? done(data, path) : record(data, path)) as T
    } catch (error) {
      throw loaded().isAxiosError(error) ? plainError(path, error) : error
    } finally {
      this.changes += change
    }
  }
}

/** A proxy or a login page answers 200 too, and a change that it answered may not have happened. */
function record(answer: unknown, path: string): Body {
  if (isObject(answer) && !Array.isArray(answer)) return answer as Body
  throw strange(path, isObject(answer) ? 'the answer is a list' : 'the answer is no JSON')
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null

/** Every answer of Seam's says `ok`; other JSON is from somebody else. */
function done(answer: unknown, path: string): Body {
  const answered = record(answer, path)
  if (answered['ok'] === true) return answered
  throw strange(path, 'the answer does not say "ok"')
}

function member<T>(answer: unknown, key: string, path: string): T {
  const answered = record(answer, path)
  if (!Object.hasOwn(answered, key)) throw strange(path, `the answer has no "${key}"`)
  const value = answered[key]
  if (isObject(value)) return value as T
  throw strange(path, `"${key}" of the answer is no object`)
}

function listed<T>(answer: Body, key: string, path: string): T[] {
  const list = member<unknown>(answer, key, path)
  if (Array.isArray(list) && list.every(isObject)) return list as T[]
  throw strange(path, `"${key}" of the answer is no list of objects`)
}

const strange = (path: string, what: string) =>
  new SeamLostAnswerError(path, `${what}. Is SEAM_ENDPOINT the address of the Seam API?`)

interface ErrorBody {
  error?: { type?: unknown; message?: unknown; validation_errors?: unknown }
}

/** The failure without the request: axios keeps headers, and so the token, on its errors. */
function plainError(path: string, error: AxiosError): SeamIacError {
  const response = wholeAnswer(error)
  if (!response) return new SeamLostAnswerError(path, lossReason(error, error.config!.baseURL!))
  const said = (response.data as ErrorBody | undefined)?.error
  const requestId: unknown = response.headers['seam-request-id']
  const refusal: Refusal = {
    path,
    status: response.status,
    validation: validationMessages(said?.validation_errors),
    ...(typeof said?.type === 'string' && { type: redact(said.type) }),
    ...(typeof said?.message === 'string' && { message: redact(said.message) }),
    ...(typeof requestId === 'string' && { requestId }),
  }
  return new SeamApiError(refusal)
}

/** Flattens `{ starts_at: { _errors: ['Required'] } }` to `{ starts_at: ['Required'] }`. */
function validationMessages(errors: unknown, path = ''): Record<string, string[]> {
  if (typeof errors !== 'object' || errors === null) return {}
  return Object.entries(errors).reduce<Record<string, string[]>>((found, [name, inner]) => {
    if (name !== '_errors') {
      return { ...found, ...validationMessages(inner, path ? `${path}.${name}` : name) }
    }
    const messages = (Array.isArray(inner) ? inner : []).map((text) => redact(String(text)))
    return messages.length > 0 && path ? { ...found, [redact(path)]: messages } : found
  }, {})
}
