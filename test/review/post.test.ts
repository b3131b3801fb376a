import test from 'ava'
import { post } from '../../src/review/post/comment'
import { githubPullRequest } from '../../src/review/post/github'
import { actions, ana, longest, mallory, otherBot, startForge } from './forge'

const marker = '<!-- seam-iac review: acme/prod -->'
const gain = 'Ana Ruiz **gains** Lab A'
const loss = 'Emre Kaya **loses** Lab B'
const nothing = 'Nobody gains or loses access'

const changes = (report: string, stack = 'acme/prod') => ({
  stack,
  render: () => report,
  isEmpty: false,
})
const empty = { ...changes(nothing), isEmpty: true }

test('Post: the first report makes a comment that begins with the marker of its stack', async (t) => {
  const forge = await startForge(t)
  t.is(await post(githubPullRequest(forge.env()), changes(gain)), 'created')
  t.deepEqual(
    forge.comments.map(({ body, user }) => [body, user]),
    [[`${marker}\n${gain}`, actions]],
  )
  t.deepEqual(forge.writes(), ['POST 201'])
})

test('Post: a later report rewrites the comment', async (t) => {
  const forge = await startForge(t)
  const { id } = forge.add(actions, `${marker}\n${gain}`)
  t.is(await post(githubPullRequest(forge.env()), changes(loss)), 'updated')
  t.like(forge.comments, [{ id, body: `${marker}\n${loss}` }])
  t.is(forge.comments.length, 1)
  t.deepEqual(forge.writes(), ['PATCH 200'])
})

for (const [what, body] of [
  ['', `${marker}\n${gain}\n\nUntil Friday`],
  [', with the line ends of a browser', `${marker}\r\n${gain}\r\n\r\nUntil Friday\r\n`],
] as const) {
  test(`Post: the same report writes nothing${what}`, async (t) => {
    const forge = await startForge(t)
    forge.add(actions, body)
    const report = changes(`${gain}\n\nUntil Friday`)
    t.is(await post(githubPullRequest(forge.env()), report), 'unchanged')
    t.deepEqual(forge.writes(), [])
    t.is(forge.comments[0]?.body, body)
  })
}

test('Post: a report of no changes makes no comment', async (t) => {
  const forge = await startForge(t)
  t.is(await post(githubPullRequest(forge.env()), empty), 'nothing')
  t.deepEqual(forge.writes(), [])
  t.deepEqual(forge.comments, [])
})

test('Post: a report of no changes is told in the comment that is there, once', async (t) => {
  const forge = await startForge(t)
  forge.add(actions, `${marker}\n${gain}`)
  const pull = githubPullRequest(forge.env())
  t.is(await post(pull, empty), 'updated')
  t.is(forge.comments[0]?.body, `${marker}\n${nothing}`)
  t.is(await post(pull, empty), 'unchanged')
  t.deepEqual(forge.writes(), ['PATCH 200'])
})

test('Post: each stack has a comment of its own', async (t) => {
  const forge = await startForge(t)
  const pull = githubPullRequest(forge.env())
  for (const stack of ['acme/prod', 'acme/prod-eu', 'acme/pro']) {
    t.is(await post(pull, changes(gain, stack)), 'created')
  }
  t.is(await post(pull, changes(loss, 'acme/pro')), 'updated')
  t.deepEqual(
    forge.comments.map(({ body }) => body),
    [
      `${marker}\n${gain}`,
      `<!-- seam-iac review: acme/prod-eu -->\n${gain}`,
      `<!-- seam-iac review: acme/pro -->\n${loss}`,
    ],
  )
})

test('Post: nothing in the name of a stack ends the marker, and each name has its own', async (t) => {
  const forge = await startForge(t)
  const pull = githubPullRequest(forge.env())
  const names = ['a/b-->**c**', 'a/b--!>c', 'a/b\n-->', 'a/ü b', 'a/%C3%BC%20b', 'a/--', 'a/b c/d']
  for (const name of names) t.is(await post(pull, changes(gain, name)), 'created')
  for (const name of names) t.is(await post(pull, changes(gain, name)), 'unchanged')
  for (const { body } of forge.comments) {
    t.regex(body, /^<!-- seam-iac review: [^\s<>]+ -->\nAna Ruiz/)
  }
  t.is(forge.comments.length, names.length)
})

for (const others of [99, 100, 250]) {
  test(`Post: the comment is found behind ${others} others`, async (t) => {
    const forge = await startForge(t)
    for (let nth = 0; nth < others; nth += 1) forge.add(mallory, `LGTM ${nth}`)
    const { id } = forge.add(actions, `${marker}\n${gain}`)
    t.is(await post(githubPullRequest(forge.env()), changes(loss)), 'updated')
    t.is(forge.comments.find((comment) => comment.id === id)?.body, `${marker}\n${loss}`)
    t.is(forge.comments.length, others + 1)
    const lists = forge.requests.filter(({ path }) => path.includes('per_page=100'))
    t.is(lists.length, Math.ceil((others + 1) / 100))
  })
}

test('Post: a page that is short, or empty, is not taken for the last', async (t) => {
  const forge = await startForge(t, { hides: ({ body }) => body === 'spam' })
  for (let nth = 0; nth < 120; nth += 1) forge.add(mallory, 'spam')
  forge.add(actions, `${marker}\n${gain}`)
  t.is(await post(githubPullRequest(forge.env()), changes(gain)), 'unchanged')
})

test('Post: the marker of somebody else is neither touched nor taken for ours', async (t) => {
  const forge = await startForge(t)
  const foreign = [mallory, otherBot, ana, null].map((user) =>
    forge.add(user, `${marker}\n${gain}`),
  )
  const before = structuredClone(foreign)
  t.is(await post(githubPullRequest(forge.env()), changes(gain)), 'created')
  t.is(await post(githubPullRequest(forge.env()), changes(loss)), 'updated')
  t.deepEqual(forge.comments.slice(0, 4), before)
  t.like(forge.comments[4], { body: `${marker}\n${loss}`, user: actions })
  t.is(forge.comments.length, 5)
})

test('Post: a personal token works on the comments of its owner alone', async (t) => {
  const forge = await startForge(t)
  const pull = githubPullRequest(forge.env('ghp_thePersonalTokenOfAna'))
  forge.add(mallory, `${marker}\nall is well`)
  forge.add(actions, `${marker}\nall is well`)
  t.is(await post(pull, changes(gain)), 'created')
  t.is(await post(pull, changes(loss)), 'updated')
  t.deepEqual(
    forge.comments.map(({ user, body }) => [user?.login, body.split('\n')[1]]),
    [
      ['mallory', 'all is well'],
      ['github-actions[bot]', 'all is well'],
      ['ana', loss],
    ],
  )
})

test('Post: a bot that is not told its name takes no comment of a person', async (t) => {
  const forge = await startForge(t, { tellsBots: false })
  forge.add(mallory, `${marker}\nall is well`)
  t.is(await post(githubPullRequest(forge.env()), changes(gain)), 'created')
  t.is(await post(githubPullRequest(forge.env()), changes(gain)), 'unchanged')
  t.is(forge.comments[0]?.body, `${marker}\nall is well`)
  t.is(forge.comments.length, 2)
})

test('Post: a comment of ours that only quotes the marker is another comment', async (t) => {
  const forge = await startForge(t)
  const quote = `See the comment below\n${marker}\n${gain}`
  forge.add(actions, quote)
  t.is(await post(githubPullRequest(forge.env()), changes(gain)), 'created')
  t.is(forge.comments[0]?.body, quote)
})

test('Post: the report may be as long as GitHub allows, its marker included', async (t) => {
  const forge = await startForge(t)
  const limits: number[] = []
  const render = (limit: number) => {
    limits.push(limit)
    return 'ü'.repeat(limit)
  }
  await post(githubPullRequest(forge.env()), { stack: 'acme/prod', render, isEmpty: false })
  t.deepEqual(limits, [longest - marker.length - 1])
  t.is(forge.comments[0]?.body.length, longest)
})

test('Post: a report that is too long is rendered once more, half as long', async (t) => {
  const forge = await startForge(t)
  const limits: number[] = []
  const render = (limit: number) => {
    limits.push(limit)
    return 'x'.repeat(limit + 100)
  }
  const long = { stack: 'acme/prod', render, isEmpty: false }
  t.is(await post(githubPullRequest(forge.env()), long), 'created')
  t.deepEqual(forge.writes(), ['POST 422', 'POST 201'])
  const [whole = 0, half = 0] = limits
  t.true(half < whole * 0.6 && half > whole * 0.4, `${limits}`)
  t.is(forge.comments[0]?.body.length, half + 100 + marker.length + 1)
})

test('Post: a report that stays too long is an error, and the comment stays as it was', async (t) => {
  const forge = await startForge(t)
  forge.add(actions, `${marker}\n${gain}`)
  const long = changes('x'.repeat(longest))
  const error = await t.throwsAsync(post(githubPullRequest(forge.env()), long))
  t.regex(error.message, /GitHub refused to change its comment: .*Body is too long.* \(422\)/)
  t.deepEqual(forge.writes(), ['PATCH 422', 'PATCH 422'])
  t.is(forge.comments[0]?.body, `${marker}\n${gain}`)
})
