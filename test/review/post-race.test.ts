import test from 'ava'
import { post } from '../../src/review/post/comment'
import { githubPullRequest } from '../../src/review/post/github'
import { actions, startForge, type Fault, type LocalForge } from './forge'

const marker = '<!-- seam-iac review: acme/prod -->'
const changes = (report: string) => ({ stack: 'acme/prod', render: () => report, isEmpty: false })
const body = (report: string) => `${marker}\n${report}`

const run = (forge: LocalForge, report: string) =>
  post(githubPullRequest(forge.env()), changes(report))

const upTo = (most: number) => Math.floor(Math.random() * most)

const lostAnswer: Fault = { method: 'POST', path: '/comments', kind: 'reset', after: true }
const conditions: [what: string, lag: number, faults: Fault[]][] = [
  ['', 0, []],
  [', where a new comment is late in the list', 300, []],
  [', where the answer to one gets lost', 0, [lostAnswer]],
]

for (const posters of [2, 3]) {
  for (const [what, lag, faults] of conditions) {
    test(`Race: ${posters} runs at once leave one comment, twenty times${what}`, async (t) => {
      const reports = Array.from({ length: posters }, (_, nth) => `report ${nth}`)
      const round = async () => {
        const forge = await startForge(t, { lag, delay: () => upTo(30) })
        forge.faults.push(...structuredClone(faults))
        await Promise.all(reports.map((report) => run(forge, report)))
        t.is(forge.comments.length, 1)
        t.true(reports.map(body).includes(forge.comments[0]!.body))
        t.true(Math.min(...forge.sizes) >= 1, `${forge.sizes}`)
        return forge.sizes.some((size) => size > 1)
      }
      const met = await Promise.all(Array.from({ length: 20 }, round))
      t.true(met.some(Boolean), 'no two runs ever met')
    })
  }
}

test('Race: runs that meet later, at a comment that is there, leave it alone', async (t) => {
  const forge = await startForge(t, { delay: () => upTo(30) })
  const { id } = forge.add(actions, body('old'))
  await Promise.all(['one', 'two', 'three'].map((report) => run(forge, report)))
  t.deepEqual(
    forge.comments.map((comment) => comment.id),
    [id],
  )
  t.not(forge.comments[0]?.body, body('old'))
  t.false(forge.writes().some((write) => /POST|DELETE/.test(write)))
})

/** Does something once, before the first request of this kind is carried out. */
function before(forge: LocalForge, kind: string, act: () => void) {
  const [wanted, end = ''] = kind.split(' ')
  forge.knobs.meanwhile = (method, path) => {
    if (method !== wanted || !path.endsWith(end)) return
    forge.knobs.meanwhile = () => {}
    act()
  }
}

for (const lag of [0, 300]) {
  const late = lag > 0 ? ', even if the list is late to show it' : ''
  // Alone, because on a busy machine the list is never late.
  test.serial(
    `Race: of two comments the older stays, with the report of the later run${late}`,
    async (t) => {
      const forge = await startForge(t, { lag })
      let rival = 0
      before(forge, 'POST /comments', () => (rival = forge.add(actions, body('theirs')).id))
      t.is(await run(forge, 'ours'), 'updated')
      t.like(forge.comments, [{ id: rival, body: body('ours') }])
      t.is(forge.comments.length, 1)
    },
  )
}

test('Race: copies that an earlier run left are removed', async (t) => {
  const forge = await startForge(t)
  const [first] = ['a', 'b', 'c'].map((report) => forge.add(actions, body(report)))
  t.is(await run(forge, 'a'), 'unchanged')
  t.deepEqual(
    forge.comments.map(({ id }) => id),
    [first!.id],
  )
  t.is(forge.comments[0]?.body, body('a'))
})

test('Race: the older of two ids is the smaller number, not the first in a dictionary', async (t) => {
  const forge = await startForge(t)
  for (const id of [999, 1000]) {
    forge.comments.push({ id, body: body('old'), user: actions, since: 0 })
  }
  await run(forge, 'new')
  t.like(forge.comments, [{ id: 999, body: body('new') }])
  t.is(forge.comments.length, 1)
})

test('Race: the comment that is deleted before it is rewritten is made anew', async (t) => {
  const forge = await startForge(t)
  forge.add(actions, body('old'))
  before(forge, 'PATCH', () => forge.comments.splice(0))
  t.is(await run(forge, 'new'), 'created')
  t.deepEqual(forge.writes(), ['PATCH 404', 'POST 201'])
  t.deepEqual(
    forge.comments.map((comment) => comment.body),
    [body('new')],
  )
})

test('Race: the comment that is deleted before it is told of no changes stays away', async (t) => {
  const forge = await startForge(t)
  forge.add(actions, body('old'))
  before(forge, 'PATCH', () => forge.comments.splice(0))
  const none = { ...changes('none'), isEmpty: true }
  t.is(await post(githubPullRequest(forge.env()), none), 'nothing')
  t.deepEqual(forge.writes(), ['PATCH 404'])
})

test('Race: a copy that somebody removed before us is no error', async (t) => {
  const forge = await startForge(t)
  for (const report of ['a', 'b']) forge.add(actions, body(report))
  before(forge, 'DELETE', () => forge.comments.splice(1))
  t.is(await run(forge, 'new'), 'updated')
  t.deepEqual(forge.writes(), ['PATCH 200', 'DELETE 404'])
  t.deepEqual(
    forge.comments.map((comment) => comment.body),
    [body('new')],
  )
})

test('Race: no copy is removed until the older one is known to be there', async (t) => {
  const forge = await startForge(t)
  for (const report of ['new', 'b']) forge.add(actions, body(report))
  before(forge, 'PATCH', () => forge.comments.splice(0, 1))
  t.is(await run(forge, 'new'), 'updated')
  t.true(Math.min(...forge.sizes) >= 1, `${forge.sizes}`)
  t.deepEqual(
    forge.comments.map((comment) => comment.body),
    [body('new')],
  )
})

test('Race: a comment that is not in the list for long is not made again', async (t) => {
  const forge = await startForge(t, { lag: 60_000 })
  t.is(await run(forge, 'new'), 'created')
  t.deepEqual(forge.writes(), ['POST 201'])
})

test('Race: our new comment may be deleted while a newer one is there', async (t) => {
  const forge = await startForge(t)
  forge.knobs.meanwhile = (method) => {
    if (method !== 'GET' || forge.comments.length === 0) return
    forge.add(actions, body('theirs'))
    before(forge, 'PATCH', () => forge.comments.shift())
  }
  t.is(await run(forge, 'ours'), 'updated')
  t.deepEqual(
    forge.comments.map((comment) => comment.body),
    [body('ours')],
  )
})

test('Race: a comment that is deleted again and again ends as an error', async (t) => {
  const forge = await startForge(t)
  forge.knobs.meanwhile = (method) => {
    if (method === 'PATCH') forge.comments.splice(0)
    if (method === 'GET' && forge.comments.length === 0) forge.add(actions, body('old'))
  }
  const error = await t.throwsAsync(run(forge, 'new'))
  t.regex(error.message, /GitHub refused to change its comment: Not Found \(404\)/)
  t.deepEqual(
    forge.writes(),
    Array.from({ length: 5 }, () => 'PATCH 404'),
  )
})
