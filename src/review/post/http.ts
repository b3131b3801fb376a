import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import axios, { isAxiosError, type AxiosError, type AxiosInstance, type AxiosResponse } from 'axios'
import axiosRetry, { exponentialDelay, retryAfter } from 'axios-retry'
import { hide, redact } from '../../seam'
import { isLasting, isUnreachable, wholeAnswer, type Intent } from '../../seam/retry'
import { ForgeError } from './errors'

/** How to talk to the API of a forge, and how to speak of it. */
export interface Service {
  /** Such as `GitHub`. */
  readonly name: string
  readonly base: string
  readonly token: string
  readonly headers: Record<string, string>
  /** Milliseconds to wait, where the answer is that we asked too often. */
  readonly wait: (refusal: AxiosResponse) => number | undefined
  /** What a refusal with this status means, and what to do about it. */
  readonly advice: (status: number) => string
}

/** How long one try may take, and how long all of them together, in milliseconds. */
export interface Patience {
  readonly one: number
  readonly all: number
}

export interface Call {
  /** A `create` is sent again only where it was not carried out; the others whenever it may help. */
  readonly intent: Intent
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  /** In words, such as `list the comments`. */
  readonly what: string
  readonly data?: unknown
  readonly params?: Record<string, number>
}

const usual: Patience = { one: 30_000, all: 90_000 }
/** A wrong address is not worth a long wait. */
const unreachablePatience = 8_000
const longestPause = 10_000
const longestMessage = 300

/** A client of a forge: repeats where they are safe, and errors in words, without headers. */
export class ForgeHttp {
  private readonly http: AxiosInstance
  private began = 0

  constructor(
    private readonly service: Service,
    private readonly patience = usual,
  ) {
    hide(service.token)
    this.http = axios.create({
      baseURL: service.base,
      headers: { ...service.headers, authorization: `Bearer ${service.token}` },
      timeout: patience.one,
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true }),
      // The token is for this address only.
      maxRedirects: 0,
    })
    axiosRetry(this.http, {
      retries: Number.MAX_SAFE_INTEGER,
      retryCondition: (error) => this.mayRepeat(error),
      retryDelay: (attempt, error) => (this.wait(error) ?? 0) + pause(attempt),
      shouldResetTimeout: true,
    })
  }

  async send(call: Call): Promise<AxiosResponse<unknown>> {
    const { what, ...request } = call
    this.began ||= Date.now()
    try {
      return await this.http.request({ ...request, beganAt: Date.now() })
    } catch (error) {
      throw isAxiosError(error) ? this.inWords(call, error) : error
    }
  }

  /** The answer was from somebody else, such as a login page: a comment may be there or not. */
  strange({ intent, what }: Call, found: string): ForgeError {
    const { name, advice } = this.service
    return new ForgeError(
      `${name} was asked to ${what}, and ${found}.\n${advice(0)}`,
      undefined,
      intent === 'create' ? 'unsure' : undefined,
    )
  }

  /** What the forge asks for, in milliseconds; nothing where it asks for none. */
  private wait(error: AxiosError): number | undefined {
    const answer = wholeAnswer(error)
    if (!answer) return undefined
    return this.service.wait(answer) ?? (retryAfter(error) || undefined)
  }

  private mayRepeat(error: AxiosError): boolean {
    const next = Date.now() + (this.wait(error) ?? 0)
    if (next >= this.began + this.patience.all || isLasting(error)) return false
    if (isUnreachable(error)) return next < (error.config?.beganAt ?? 0) + unreachablePatience
    if (this.isLimit(error)) return true
    return error.config?.intent !== 'create' && (wholeAnswer(error)?.status ?? 500) >= 500
  }

  private isLimit(error: AxiosError): boolean {
    const answer = wholeAnswer(error)
    return answer !== undefined && this.service.wait(answer) !== undefined
  }

  /** The failure without the request: axios keeps headers, and so the token, on its errors. */
  private inWords(call: Call, error: AxiosError): ForgeError {
    const answer = wholeAnswer(error)
    if (!answer) return this.strange(call, loss(error))
    const { name, advice } = this.service
    const { status } = answer
    const refused = `${name} refused to ${call.what}: ${said(answer) || 'no reason given'} (${status})`
    if (!this.isLimit(error)) {
      return new ForgeError(`${refused}\n${advice(status)}`, status, trouble(call, answer))
    }
    const seconds = Math.ceil((this.wait(error) ?? 0) / 1000)
    const until = seconds > 0 ? `It asks to wait for ${seconds} s` : 'It did not stop refusing'
    return new ForgeError(
      `${refused}\nWe ask it too often. ${until}, which is too long for a run: start it again later.`,
    )
  }
}

/** 200 ms, 400 ms, 800 ms, …, each with up to a fifth more, so that two runs part. */
const pause = (attempt: number) => Math.min(exponentialDelay(attempt), longestPause)

/** The messages of an answer, in one line, without what is nobody's business. */
export function said({ data }: AxiosResponse): string {
  if (typeof data !== 'object' || data === null) return ''
  const { message, errors } = data as { message?: unknown; errors?: unknown }
  const details = (Array.isArray(errors) ? errors : []).map(
    (one: unknown) => (one as { message?: unknown } | null)?.message ?? one,
  )
  const texts = [message, ...details].filter((text) => typeof text === 'string')
  return redact(texts.join('; ').replace(/\s+/g, ' ')).slice(0, longestMessage)
}

function trouble({ intent }: Call, answer: AxiosResponse) {
  const { status } = answer
  if (intent === 'create' && status >= 500) return 'unsure'
  if (intent === 'write' && (status === 404 || status === 410)) return 'gone'
  return status === 413 || /too long/i.test(said(answer)) ? 'too-long' : undefined
}

function loss(error: AxiosError): string {
  const { code, config, response } = error
  if (code === 'ECONNABORTED') return `there was no answer within ${config!.timeout! / 1000} s`
  if (isUnreachable(error)) return `nobody listens there (${code})`
  if (response) return 'the answer broke off'
  return `the connection was lost (${code ?? 'for no reason given'})`
}
