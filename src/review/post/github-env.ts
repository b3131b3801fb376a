import { readFileSync } from 'node:fs'
import { SeamIacError } from '../../seam'

/** The token, and the variable that it is in. */
export function tokenOf(env: NodeJS.ProcessEnv): [variable: string, token: string] {
  for (const name of ['GITHUB_TOKEN', 'GH_TOKEN']) {
    const token = env[name]?.trim()
    if (!token) continue
    if (/^[\x21-\x7e]+$/.test(token)) return [name, token]
    throw new SeamIacError(`${name} holds a blank or a character that no token has. Set it anew.`)
  }
  throw new SeamIacError(
    'To post a comment, set GITHUB_TOKEN (or GH_TOKEN) to a token; a workflow has one as github.token',
  )
}

export function repositoryOf(env: NodeJS.ProcessEnv): string {
  const repository = env['GITHUB_REPOSITORY'] ?? ''
  if (/^[\w.-]+\/[\w.-]+$/.test(repository)) return repository
  throw new SeamIacError('To post a comment, set GITHUB_REPOSITORY to the repository: owner/name')
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** The token must not travel where others can read it. */
export function baseOf(env: NodeJS.ProcessEnv): string {
  const base = env['GITHUB_API_URL'] || 'https://api.github.com'
  const url = URL.canParse(base) ? new URL(base) : undefined
  const isLocal = url?.protocol === 'http:' && loopback.test(url.hostname)
  if (url?.protocol === 'https:' || isLocal) return base.replace(/(?<!\/)\/+$/, '')
  throw new SeamIacError('GITHUB_API_URL must be an https address, such as https://api.github.com')
}

interface Event {
  pull_request?: { number?: unknown }
  issue?: { number?: unknown }
}

/** The pull request: the given one, that of the event, or that of the ref. */
export function numberOf(env: NodeJS.ProcessEnv, given?: number): number {
  const event = eventOf(env['GITHUB_EVENT_PATH'])
  const ref = /^refs\/pull\/(\d+)\//.exec(env['GITHUB_REF'] ?? '')?.[1]
  const number = Number(given ?? event.pull_request?.number ?? event.issue?.number ?? ref)
  if (Number.isSafeInteger(number) && number > 0) return number
  if (given !== undefined) throw new SeamIacError(`${given} is no number of a pull request.`)
  throw new SeamIacError(
    'No pull request to comment on: neither GITHUB_EVENT_PATH nor GITHUB_REF (refs/pull/N/merge) names one. Run this on pull_request, or give the number.',
  )
}

/** What started the workflow; a file that is missing or no JSON tells nothing. */
function eventOf(path: string | undefined): Event {
  if (!path) return {}
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as Event | null) ?? {}
  } catch {
    return {}
  }
}
