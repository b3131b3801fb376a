import type { AxiosError, AxiosResponse } from 'axios'
import { retryAfter } from 'axios-retry'
import type { Comment, Forge } from './comment'
import { ForgeError } from './errors'
import { baseOf, numberOf, repositoryOf, tokenOf } from './github-env'
import { ForgeHttp, said, type Call, type Patience, type Service } from './http'

/**
 * The pull request on GitHub that this process runs for, by the variables that GitHub Actions sets:
 * `GITHUB_REPOSITORY`, `GITHUB_EVENT_PATH` or `GITHUB_REF`, `GITHUB_API_URL`; and a token in
 * `GITHUB_TOKEN` or `GH_TOKEN`, with the permission `pull-requests: write`.
 * See https://docs.github.com/rest/issues/comments
 */
export function githubPullRequest(
  env: NodeJS.ProcessEnv,
  number?: number,
  patience?: Patience,
): Forge {
  const [variable, token] = tokenOf(env)
  const repository = repositoryOf(env)
  const pull = numberOf(env, number)
  const service: Service = {
    name: 'GitHub',
    base: baseOf(env),
    token,
    headers: {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      'user-agent': 'seam-iac',
    },
    wait,
    advice: (status) => advice(status, variable, `pull request ${pull} of ${repository}`),
  }
  return new GithubPullRequest(new ForgeHttp(service, patience), service.base, repository, pull)
}

/** What we read of a comment as GitHub tells it; `user` is null where the account is gone. */
interface GithubComment {
  readonly id: number
  readonly body?: string | null
  readonly user: { readonly login: string; readonly type: string } | null
}

type IsOurs = (comment: GithubComment) => boolean

/** More than GitHub allows on one pull request. */
const mostPages = 100

class GithubPullRequest implements Forge {
  readonly limit = 65_536
  private readonly issues: string
  private readonly list: string
  private isOurs: Promise<IsOurs> | undefined

  constructor(
    private readonly http: ForgeHttp,
    private readonly base: string,
    repository: string,
    pull: number,
  ) {
    this.issues = `/repos/${repository}/issues`
    this.list = `${this.issues}/${pull}/comments`
  }

  async *comments(): AsyncGenerator<Comment> {
    const isOurs = await (this.isOurs ??= this.identify())
    for (let page = 1; page <= mostPages; page += 1) {
      const params = { per_page: 100, page }
      const call = read('list the comments', { method: 'GET', url: this.list, params })
      const { data, headers } = await this.http.send(call)
      if (!Array.isArray(data)) throw this.http.strange(call, 'the answer is no list')
      for (const comment of (data as GithubComment[]).filter(isOurs)) {
        yield { id: comment.id, body: comment.body ?? '' }
      }
      // A page may be short and not the last: GitHub leaves out what nobody may see.
      if (!/;\s*rel="?next"?/.test(String(headers['link']))) return
    }
    throw new ForgeError(`The comments of the pull request have no end (${mostPages} pages).`)
  }

  async create(body: string): Promise<Comment> {
    const what = 'make a comment'
    const data = { body }
    const call: Call = { intent: 'create', method: 'POST', url: this.list, what, data }
    const answer = (await this.http.send(call)).data as Partial<GithubComment> | null
    if (typeof answer?.id !== 'number') throw this.http.strange(call, 'the answer is no comment')
    return { id: answer.id, body }
  }

  async update(id: Comment['id'], body: string): Promise<void> {
    await this.write('PATCH', id, 'change its comment', { body })
  }

  async remove(id: Comment['id']): Promise<void> {
    await this.write('DELETE', id, 'delete a comment')
  }

  private async write(method: Call['method'], id: Comment['id'], what: string, data?: unknown) {
    const url = `${this.issues}/comments/${id}`
    await this.http.send({ intent: 'write', method, url, what, data })
  }

  /**
   * Whose comments are ours. GET /user is refused to the tokens of Actions and of apps; GraphQL
   * tells their name. Where it does not, any bot's comment may be ours, but no person's.
   */
  private async identify(): Promise<IsOurs> {
    const user = await this.ask<Named>({ method: 'GET', url: '/user' })
    const login = user?.login ?? (await this.viewer())
    if (login) return ({ user }) => user?.login === login
    return ({ user }) => user?.type === 'Bot'
  }

  private async viewer(): Promise<string | undefined> {
    const url = `${this.base.replace(/\/v3$/, '')}/graphql`
    const data = { query: '{ viewer { login } }' }
    const answer = await this.ask<{ data?: { viewer?: Named } }>({ method: 'POST', url, data })
    return answer?.data?.viewer?.login
  }

  /** The answer, or nothing where the token may not ask this. */
  private async ask<T>(request: Pick<Call, 'method' | 'url' | 'data'>): Promise<T | undefined> {
    try {
      return (await this.http.send(read('tell whose token this is', request))).data as T
    } catch (error) {
      if (error instanceof ForgeError && (error.status === 403 || error.status === 404)) return
      throw error
    }
  }
}

interface Named {
  login?: string
}

const read = (what: string, request: Omit<Call, 'intent' | 'what'>): Call => ({
  intent: 'read',
  what,
  ...request,
})

/** As https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api asks for. */
function wait(refusal: AxiosResponse): number | undefined {
  const { status, headers } = refusal
  if (status !== 403 && status !== 429) return undefined
  const asked = retryAfter({ response: refusal } as AxiosError)
  if (asked > 0) return asked
  if (headers['x-ratelimit-remaining'] === '0') {
    const now = Date.parse(String(headers['date'])) || Date.now()
    return Math.max(0, Number(headers['x-ratelimit-reset']) * 1000 - now) || 0
  }
  if (status === 429) return 0
  return /secondary rate limit|abuse detection/i.test(said(refusal)) ? 60_000 : undefined
}

function advice(status: number, token: string, pull: string): string {
  if (status === 401) return `Is ${token} whole, and still valid?`
  if (status === 403 || status === 404) {
    return [
      `The token in ${token} needs the permission "pull-requests: write"; one of a pull request from a fork may only read.`,
      ...(status === 404 ? [`Is there a ${pull}?`] : []),
    ].join('\n')
  }
  if (status === 413 || status === 422) return 'Nothing was posted.'
  if (status >= 300 && status < 400) return 'Did the repository move? Set GITHUB_REPOSITORY anew.'
  return 'Is GITHUB_API_URL the address of the GitHub API, and is GitHub up? Start the run again.'
}
