import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { post } from '../../src/review/post/comment'
import { githubPullRequest } from '../../src/review/post/github'
import { SeamIacError } from '../../src/seam'
import { startForge } from './forge'

const report = { stack: 'acme/prod', render: () => 'new', isEmpty: false }
const env = {
  GITHUB_API_URL: 'http://127.0.0.1:9',
  GITHUB_REPOSITORY: 'acme/doors',
  GITHUB_REF: 'refs/pull/7/merge',
  GITHUB_TOKEN: 'ghs_theTokenOfActions',
}

/** The file in which Actions tells what started the workflow. */
function eventFile(t: ExecutionContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'seam-iac-event-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'event.json'), text)
  return join(folder, 'event.json')
}

const event = (number: number) => JSON.stringify({ pull_request: { number } })

const numbers: [what: string, text: string | undefined, ref: string, given?: number][] = [
  ['the given one', event(8), 'refs/pull/9/merge', 7],
  ['that of the event', event(7), 'refs/pull/9/merge'],
  ['that of a comment’s event', '{ "issue": { "number": 7 } }', 'refs/heads/main'],
  ['that of the ref', undefined, 'refs/pull/7/merge'],
  ['that of the ref, where the event is about something else', '{}', 'refs/pull/7/head'],
  ['that of the ref, where the event cannot be read', 'no JSON', 'refs/pull/7/merge'],
]

for (const [what, text, ref, given] of numbers) {
  test(`Settings: the pull request is ${what}`, async (t) => {
    const forge = await startForge(t)
    const path = text === undefined ? {} : { GITHUB_EVENT_PATH: eventFile(t, text) }
    const pull = githubPullRequest({ ...forge.env(), ...path, GITHUB_REF: ref }, given)
    t.is(await post(pull, report), 'created')
    t.true(forge.requests.some(({ path: asked }) => asked.includes('/issues/7/comments')))
  })
}

const lacks: [what: string, change: NodeJS.ProcessEnv, told: RegExp, given?: number][] = [
  ['no token', { GITHUB_TOKEN: undefined }, /set GITHUB_TOKEN \(or GH_TOKEN\)/],
  ['a blank token', { GITHUB_TOKEN: ' \n' }, /set GITHUB_TOKEN \(or GH_TOKEN\)/],
  ['a token with a line end in it', { GITHUB_TOKEN: 'a\nb' }, /^GITHUB_TOKEN holds a blank/],
  ['no repository', { GITHUB_REPOSITORY: undefined }, /set GITHUB_REPOSITORY .*owner\/name/],
  ['half a repository', { GITHUB_REPOSITORY: 'doors' }, /set GITHUB_REPOSITORY .*owner\/name/],
  ['more than a repository', { GITHUB_REPOSITORY: 'a/b?c=/' }, /set GITHUB_REPOSITORY/],
  ['a branch', { GITHUB_REF: 'refs/heads/main' }, /GITHUB_EVENT_PATH nor GITHUB_REF/],
  ['nothing of a pull request', { GITHUB_REF: undefined }, /GITHUB_EVENT_PATH nor GITHUB_REF/],
  ['an odd number', {}, /^0\.5 is no number of a pull request/, 0.5],
  ['plain HTTP', { GITHUB_API_URL: 'http://github.acme.com' }, /GITHUB_API_URL must be an https/],
  ['HTTP to a like name', { GITHUB_API_URL: 'http://localhost.acme.com' }, /must be an https/],
  [
    'HTTP past a loopback user',
    { GITHUB_API_URL: 'http://127.0.0.1@acme.com' },
    /must be an https/,
  ],
  ['another scheme', { GITHUB_API_URL: 'ftp://127.0.0.1' }, /must be an https/],
  ['no address', { GITHUB_API_URL: 'github' }, /must be an https/],
]

for (const [what, change, told, given] of lacks) {
  test(`Settings: ${what} is an error that names what to set`, (t) => {
    const error = t.throws(() => githubPullRequest({ ...env, ...change }, given))
    t.true(error instanceof SeamIacError)
    t.regex(error.message, told)
    t.notRegex(error.message, /theTokenOfActions/)
  })
}

for (const base of [
  '',
  'https://api.github.com',
  'https://github.acme.com/api/v3/',
  'http://localhost:9',
  'http://[::1]:9',
]) {
  test(`Settings: "${base}" will do as GITHUB_API_URL`, (t) => {
    t.notThrows(() => githubPullRequest({ ...env, GITHUB_API_URL: base }))
  })
}

test('Settings: GH_TOKEN is taken where there is no GITHUB_TOKEN, without its line end', async (t) => {
  const forge = await startForge(t)
  const { GITHUB_TOKEN: token, ...others } = forge.env()
  t.is(await post(githubPullRequest({ ...others, GH_TOKEN: `${token}\n` }), report), 'created')
})
