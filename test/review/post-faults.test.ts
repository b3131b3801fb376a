import { inspect } from 'node:util'
import test, { type ExecutionContext } from 'ava'
import { post } from '../../src/review/post/comment'
import { ForgeError } from '../../src/review/post/errors'
import { githubPullRequest } from '../../src/review/post/github'
import { actions, startForge, tokens, type Fault, type LocalForge } from './forge'

const marker = '<!-- seam-iac review: acme/prod -->'
const report = { stack: 'acme/prod', render: () => 'new', isEmpty: false }

/** A forge with a comment of ours, or two, so that every kind of request is made. */
async function startWith(t: ExecutionContext, comments: number, ...faults: Fault[]) {
  const forge = await startForge(t)
  for (let nth = 0; nth < comments; nth += 1) forge.add(actions, `${marker}\nold`)
  forge.faults.push(...faults)
  return forge
}

/** Long enough for a busy machine, and short where silence is waited for. */
const patient = { one: 10_000, all: 60_000 }
const soonLost = { one: 1500, all: 60_000 }
const brief = { one: 10_000, all: 4000 }

const run = (forge: LocalForge, patience = patient) =>
  post(githubPullRequest(forge.env(), undefined, patience), report)

async function failure(t: ExecutionContext, forge: LocalForge, patience = brief) {
  const error = await t.throwsAsync(run(forge, patience), { instanceOf: ForgeError })
  t.true(error.message.split('\n').length <= 3, error.message)
  return error
}

function assertPosted(t: ExecutionContext, { comments }: LocalForge) {
  t.deepEqual(
    comments.map(({ body }) => body),
    [`${marker}\nnew`],
  )
}

const lost: [what: string, fault: Omit<Fault, 'method'>][] = [
  ['the connection is cut', { kind: 'reset' }],
  ['nobody answers', { kind: 'silence' }],
  ['GitHub stumbles (500)', { kind: 500 }],
  ['a proxy stumbles (502)', { kind: 502, body: '<html>' }],
  ['GitHub stumbles (503)', { kind: 503 }],
]

for (const [what, fault] of lost) {
  const patience = fault.kind === 'silence' ? soonLost : patient

  test(`Faults: where ${what} before a comment is made, it is made at the second try`, async (t) => {
    const forge = await startWith(t, 0, { ...fault, method: 'POST', path: '/comments' })
    t.is(await run(forge, patience), 'created')
    t.is(forge.writes().length, 2)
    assertPosted(t, forge)
  })

  test(`Faults: where ${what} after a comment is made, it is found, not made again`, async (t) => {
    const late = { ...fault, after: true, method: 'POST', path: '/comments' }
    const forge = await startWith(t, 0, late)
    t.is(await run(forge, patience), 'created')
    t.is(forge.writes().length, 1)
    assertPosted(t, forge)
  })

  for (const method of ['GET', 'PATCH', 'DELETE']) {
    test(`Faults: where ${what}, ${method} is sent again`, async (t) => {
      const forge = await startWith(t, 2, { ...fault, method }, { ...fault, method, after: true })
      t.is(await run(forge, patience), 'updated')
      assertPosted(t, forge)
      t.is(forge.faults.length, 0)
      t.false(forge.writes().some((write) => write.startsWith('POST')))
    })
  }
}

test('Faults: a comment that is never confirmed is an error after a few tries', async (t) => {
  const forge = await startWith(t, 0, { method: 'POST', path: '/comments', kind: 502, times: 99 })
  const { message } = await failure(t, forge)
  t.regex(message, /GitHub refused to make a comment: no reason given \(502\)/)
  t.is(forge.writes().length, 5)
})

test('Faults: a GitHub that only stumbles is left alone after a while', async (t) => {
  const forge = await startWith(t, 1, { method: 'GET', kind: 503, times: 999 })
  const { message } = await failure(t, forge, { one: 1000, all: 1500 })
  t.regex(message, /GitHub refused to tell whose token this is: no reason given \(503\)/)
  t.true(forge.requests.length <= 5, `${forge.requests.length}`)
})

const seconds = (ahead: number) => `${Math.ceil(Date.now() / 1000) + ahead}`
const secondary = {
  message: 'You have exceeded a secondary rate limit. Please wait a few minutes.',
}

const limits: [what: string, fault: () => Omit<Fault, 'method'>][] = [
  ['429 with Retry-After', () => ({ kind: 429, headers: { 'retry-after': '1' } })],
  [
    'the secondary limit, 403 with Retry-After',
    () => ({ kind: 403, body: secondary, headers: { 'retry-after': '1' } }),
  ],
  [
    'the primary limit, 403 with the time of its end',
    () => ({
      kind: 403,
      body: { message: 'API rate limit exceeded for installation.' },
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(1) },
    }),
  ],
]

for (const [what, fault] of limits) {
  for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
    test(`Faults: ${what} is waited for, and then ${method} is sent again`, async (t) => {
      const forge = await startWith(t, method === 'POST' ? 0 : 2)
      const limit = fault()
      forge.faults.push({ ...limit, method, path: 'comments' })
      t.is(await run(forge), method === 'POST' ? 'created' : 'updated')
      assertPosted(t, forge)
      const of = forge.requests.filter((one) => one.method === method && /comm/.test(one.path))
      const reset = Number(limit.headers?.['x-ratelimit-reset'] ?? 0) * 1000
      t.true(of[1]!.at >= (reset || of[0]!.at + 990), `${of[1]!.at - of[0]!.at}`)
      t.is(of[0]!.path, of[1]!.path)
    })
  }
}

test('Faults: a limit at the question whose token this is does not make it a bot’s', async (t) => {
  const forge = await startForge(t)
  const [, fault] = limits[1]!
  forge.faults.push({ ...fault(), method: 'GET', path: '/user' })
  forge.add(actions, `${marker}\nold`)
  const pull = githubPullRequest(forge.env('ghp_thePersonalTokenOfAna'), undefined, brief)
  t.is(await post(pull, report), 'created')
  t.is(forge.comments[0]?.body, `${marker}\nold`)
})

test('Faults: a limit beyond all patience at that question is an error, not a bot’s name', async (t) => {
  const headers = { 'retry-after': '3600' }
  const forge = await startWith(t, 1, { method: 'GET', path: '/user', kind: 403, headers })
  t.regex((await failure(t, forge)).message, /tell whose token this is.*\nWe ask it too often/)
  t.is(forge.requests.length, 1)
})

test('Faults: 429 that says nothing more is tried again after the usual short pause', async (t) => {
  const forge = await startWith(t, 0, { method: 'POST', path: '/comments', kind: 429, times: 2 })
  t.is(await run(forge), 'created')
  t.deepEqual(forge.writes(), ['POST 429', 'POST 429', 'POST 201'])
})

const tooFar: [what: string, fault: Omit<Fault, 'method'>, asked: RegExp][] = [
  ['Retry-After', { kind: 429, headers: { 'retry-after': '3600' } }, /wait for 3600 s/],
  [
    'a limit that ends in an hour',
    { kind: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(3600) } },
    /wait for 3[56]\d\d s/,
  ],
  ['a secondary limit without a time', { kind: 403, body: secondary }, /wait for 60 s/],
]

for (const [what, fault, asked] of tooFar) {
  test(`Faults: ${what} beyond all patience is an error at once, that says so`, async (t) => {
    const forge = await startWith(t, 1, { ...fault, method: 'PATCH' })
    const { message } = await failure(t, forge)
    t.regex(message, asked)
    t.regex(message, /We ask it too often/)
    t.notRegex(message, /permission/)
    t.deepEqual(forge.writes(), [`PATCH ${fault.kind}`])
  })
}

test('Faults: a token that may only read is told so, with the permission and about forks', async (t) => {
  const forge = await startForge(t)
  const pull = githubPullRequest(forge.env('ghs_theTokenOfAFork'), undefined, brief)
  const { message } = await t.throwsAsync(post(pull, report))
  t.regex(
    message,
    /GitHub refused to make a comment: Resource not accessible by integration \(403\)/,
  )
  t.regex(message, /GITHUB_TOKEN needs the permission "pull-requests: write"/)
  t.regex(message, /from a fork may only read/)
  t.is(forge.writes().length, 1)
})

test('Faults: a pull request that is not there, or is hidden, is told with the permission', async (t) => {
  const forge = await startForge(t)
  const pull = githubPullRequest(forge.env(), 8, brief)
  const { message } = await t.throwsAsync(post(pull, report))
  t.regex(message, /GitHub refused to list the comments: Not Found \(404\)/)
  t.regex(message, /pull-requests: write/)
  t.regex(message, /Is there a pull request 8 of acme\/doors\?/)
})

test('Faults: a conversation that is locked is told in GitHub’s words', async (t) => {
  const body = { message: 'Unable to create comment because issue is locked.' }
  const forge = await startWith(t, 0, { method: 'POST', path: '/comments', kind: 403, body })
  t.regex((await failure(t, forge)).message, /because issue is locked/)
})

test('Faults: a token that GitHub does not know is told with its variable', async (t) => {
  const forge = await startForge(t)
  const env = { ...forge.env(), GITHUB_TOKEN: '', GH_TOKEN: 'ghp_anOldToken' }
  const error = await t.throwsAsync(post(githubPullRequest(env, undefined, brief), report))
  t.regex(error.message, /Bad credentials \(401\)\nIs GH_TOKEN whole, and still valid\?/)
  t.is(forge.requests.length, 1)
})

const odd: [what: string, fault: Fault, told: RegExp][] = [
  [
    'a list that is a page of somebody else',
    { method: 'GET', path: '/comments', kind: 200, body: '<html>Log in</html>' },
    /asked to list the comments, and the answer is no list\.\nIs GITHUB_API_URL the address/,
  ],
  [
    'a redirect',
    { method: 'GET', path: '/comments', kind: 301, headers: { location: '/elsewhere' } },
    /\(301\)\nDid the repository move\? Set GITHUB_REPOSITORY anew/,
  ],
]

for (const [what, fault, told] of odd) {
  test(`Faults: ${what} is an error that says what to look at`, async (t) => {
    const forge = await startWith(t, 1, fault)
    t.regex((await failure(t, forge)).message, told)
    t.false(forge.requests.some(({ path }) => path === '/elsewhere'))
  })
}

test('Faults: an answer that is no comment is looked after like a lost one', async (t) => {
  const page = { method: 'POST', path: '/comments', kind: 200, body: '<html>', after: true }
  const forge = await startWith(t, 0, page)
  t.is(await run(forge), 'created')
  assertPosted(t, forge)
  t.is(forge.writes().length, 1)
})

test('Faults: a list without an end is an error', async (t) => {
  const link = '<https://api.github.com/more>; rel="next"'
  const page: Fault = { method: 'GET', path: 'comments', kind: 200, body: [], headers: { link } }
  const forge = await startWith(t, 0, { ...page, times: 9999 })
  t.regex((await failure(t, forge, { one: 5000, all: 9000 })).message, /have no end \(100 pages\)/)
})

test('Faults: where nobody listens, the error names GITHUB_API_URL', async (t) => {
  const env = { ...(await startForge(t)).env(), GITHUB_API_URL: 'http://127.0.0.1:9' }
  const pull = githubPullRequest(env, undefined, { one: 1000, all: 1000 })
  const error = await t.throwsAsync(post(pull, report))
  t.regex(error.message, /nobody listens there \(ECONNREFUSED\)\.\nIs GITHUB_API_URL the address/)
})

const prints: ((error: unknown) => string)[] = [
  (error) => inspect(error, { depth: 20, showHidden: true }),
  (error) => inspect(error, { depth: 20, getters: true }),
  String,
  (error) => String((error as Error).stack),
  (error) => JSON.stringify(error),
]

const token = Object.keys(tokens)[0]!
const echo = { message: `No: Bearer ${token}`, errors: [{ message: token }, token] }

for (const kind of [301, 400, 401, 403, 404, 422, 429, 500, 'reset', 'silence'] as const) {
  test(`Faults: the error after ${kind} shows neither the token nor a header`, async (t) => {
    const forge = await startWith(t, 1, { method: 'PATCH', kind, times: 99, body: echo })
    const error = await failure(t, forge, { one: 300, all: 500 })
    for (const print of prints) {
      t.false(print(error).includes(token), print(error))
      t.notRegex(print(error), /authorization|user-agent/i)
    }
  })
}
