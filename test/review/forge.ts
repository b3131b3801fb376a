import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'

/** The longest comment that GitHub takes, in characters. */
export const longest = 65_536

export interface Account {
  login: string
  type: 'User' | 'Bot'
}

export const actions: Account = { login: 'github-actions[bot]', type: 'Bot' }
export const ana: Account = { login: 'ana', type: 'User' }
export const mallory: Account = { login: 'mallory', type: 'User' }
export const otherBot: Account = { login: 'echo[bot]', type: 'Bot' }

/** Who has which token, and what it may. */
export const tokens = {
  ghs_theTokenOfActions: { account: actions, mayWrite: true },
  ghs_theTokenOfAFork: { account: actions, mayWrite: false },
  ghp_thePersonalTokenOfAna: { account: ana, mayWrite: true },
}

type Token = keyof typeof tokens
const tokenOfActions: Token = 'ghs_theTokenOfActions'

export interface Stored {
  id: number
  body: string
  user: Account | null
  /** When it began to be, in milliseconds since the epoch. */
  since: number
}

export interface Logged {
  method: string
  path: string
  /** 0 where the connection was cut. */
  status: number
  at: number
}

/** What goes wrong with the next requests of a kind. */
export interface Fault {
  method: string
  /** Once when left out. */
  times?: number
  /** A part of the path; any when left out. */
  path?: string
  /** The request is carried out, and then the answer gets lost. */
  after?: boolean
  /** Cuts the connection, or never answers; else a status. */
  kind: 'reset' | 'silence' | number
  body?: unknown
  headers?: Record<string, string>
}

export interface Knobs {
  /** Milliseconds before and after each request is carried out. */
  delay?: () => number
  /** Milliseconds until a new comment is in the list. */
  lag?: number
  /** Whether GraphQL tells bots their name. */
  tellsBots?: boolean
  /** Whether a page leaves its place empty for what nobody may see. */
  hides?: (comment: Stored) => boolean
  /** What somebody else does just before a request is carried out. */
  meanwhile?: (method: string, path: string) => void
}

export interface LocalForge {
  url: string
  comments: Stored[]
  requests: Logged[]
  faults: Fault[]
  knobs: Knobs
  /** How many comments there were after each change. */
  sizes: number[]
  /** Somebody comments, past the API. */
  add(user: Account | null, body: string): Stored
  /** The environment of a run of GitHub Actions on pull request 7. */
  env(token?: Token): Record<string, string>
  /** `POST 201`, and so on, of everything that was to change something. */
  writes(): string[]
}

interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

const repository = 'acme/doors'
const root = `/repos/${repository}/issues`

/** The comments of one pull request, as GitHub's API has them, on 127.0.0.1. */
export async function startForge(t: ExecutionContext, knobs: Knobs = {}): Promise<LocalForge> {
  const forge = new Forge(knobs)
  const server = createServer((request, response) => {
    forge.serve(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  forge.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return forge
}

class Forge implements LocalForge {
  url = ''
  comments: Stored[] = []
  requests: Logged[] = []
  faults: Fault[] = []
  sizes: number[] = []
  private lastId = 1000

  constructor(readonly knobs: Knobs) {}

  add(user: Account | null, body: string): Stored {
    // Ids of GitHub grow, and not by one.
    this.lastId += 1 + Math.floor(Math.random() * 9000)
    const comment = { id: this.lastId, body, user, since: Date.now() }
    this.comments.push(comment)
    return comment
  }

  env(token: Token = tokenOfActions) {
    return {
      GITHUB_API_URL: this.url,
      GITHUB_REPOSITORY: repository,
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_TOKEN: token,
    }
  }

  writes(): string[] {
    return this.requests
      .filter(({ method, path }) => method !== 'GET' && path !== '/graphql')
      .map(({ method, status }) => `${method} ${status}`)
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url: path = '' } = request
    const logged: Logged = { method, path, status: 0, at: Date.now() }
    this.requests.push(logged)
    const fault = this.takeFault(method, path)
    await sleep(this.knobs.delay?.() ?? 0)
    const text = Buffer.concat(chunks).toString()
    this.knobs.meanwhile?.(method, path)
    const done = !fault || fault.after ? this.carryOut(request, path, text) : undefined
    await sleep(this.knobs.delay?.() ?? 0)
    if (fault?.kind === 'reset') request.socket.destroy()
    if (fault?.kind === 'reset' || fault?.kind === 'silence') return
    const answer = fault ? { ...fault, status: fault.kind } : done!
    logged.status = answer.status
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
  }

  private takeFault(method: string, path: string): Fault | undefined {
    const fits = (one: Fault) => one.method === method && path.includes(one.path ?? '')
    const fault = this.faults.find(fits)
    if (!fault) return undefined
    fault.times = (fault.times ?? 1) - 1
    if (fault.times <= 0) this.faults.splice(this.faults.indexOf(fault), 1)
    return fault
  }

  private carryOut(request: IncomingMessage, path: string, text: string): Answer {
    const { method, headers } = request
    const url = new URL(path, this.url)
    const bearer = headers.authorization?.replace(/^Bearer /, '') as Token
    if (!Object.hasOwn(tokens, bearer)) return refusal(401, 'Bad credentials')
    if (!headers['user-agent']) return refusal(403, 'Request forbidden by administrative rules.')
    const { account, mayWrite } = tokens[bearer]
    if (url.pathname === '/user') return this.whoAmI(account)
    if (url.pathname === '/graphql') return this.viewer(account)
    if (!url.pathname.startsWith(`${root}/`)) return refusal(404, 'Not Found')
    if (method === 'GET') return this.read(url)
    if (!mayWrite) return refusal(403, 'Resource not accessible by integration')
    const answer = this.write(method ?? '', url.pathname, account, text)
    this.sizes.push(this.comments.length)
    return answer
  }

  private whoAmI(account: Account): Answer {
    if (account.type === 'User') return { status: 200, body: account }
    return refusal(403, 'Resource not accessible by integration')
  }

  private viewer({ login, type }: Account): Answer {
    if (type === 'Bot' && this.knobs.tellsBots === false) {
      return refusal(403, 'Resource not accessible by integration')
    }
    return { status: 200, body: { data: { viewer: { login } } } }
  }

  private read(url: URL): Answer {
    const one = this.comments.find(({ id }) => url.pathname === `${root}/comments/${id}`)
    if (one) return { status: 200, body: one }
    if (url.pathname !== `${root}/7/comments`) return refusal(404, 'Not Found')
    return this.page(url)
  }

  private page(url: URL): Answer {
    const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100)
    const page = Number(url.searchParams.get('page') ?? 1)
    const now = Date.now() - (this.knobs.lag ?? 0)
    const listed = this.comments.filter(({ since }) => since <= now)
    const shown = listed.slice((page - 1) * size, page * size)
    const body = shown.filter((comment) => !this.knobs.hides?.(comment))
    if (page * size >= listed.length) return { status: 200, body }
    const link = (rel: string, to: number) =>
      `<${this.url}${url.pathname}?per_page=${size}&page=${to}>; rel="${rel}"`
    const links = [link('next', page + 1), link('last', Math.ceil(listed.length / size))]
    return { status: 200, body, headers: { link: links.join(', ') } }
  }

  private write(method: string, path: string, user: Account, text: string): Answer {
    const { body } = JSON.parse(text || '{}') as { body?: string }
    if (method !== 'DELETE') {
      const error = !body ? 'Body cannot be blank' : tooLong(body)
      if (error) return invalid(error)
    }
    if (method === 'POST' && path === `${root}/7/comments`) {
      return { status: 201, body: this.add(user, body!) }
    }
    const comment = this.comments.find(({ id }) => path === `${root}/comments/${id}`)
    if (!comment) return refusal(404, 'Not Found')
    if (method === 'PATCH') return { status: 200, body: Object.assign(comment, { body }) }
    this.comments.splice(this.comments.indexOf(comment), 1)
    return { status: 204 }
  }
}

const tooLong = (body: string) =>
  [...body].length > longest && `Body is too long (maximum is ${longest} characters)`

const refusal = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: `${status}` },
})

const invalid = (message: string): Answer => ({
  status: 422,
  body: {
    message: 'Validation Failed',
    errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }],
  },
})
