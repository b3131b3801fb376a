import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { isAmbiguous, Seam, SeamApiError, SeamLostAnswerError } from '../../src/seam'
import { apiKey, breakOff, calls, json, local, wire } from './wire'

const space = { space_key: 'annex', name: 'Annex' }
const lobby = { space_key: 'lobby' }

const timed = async <T>(work: Promise<T>): Promise<{ ms: number; error: unknown }> => {
  const began = performance.now()
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return { ms: performance.now() - began, error }
}

test('Retry: a read whose connection is cut is asked again', async (t) => {
  const { sandbox, seam } = await local(t)
  sandbox.fault({ kind: 'reset-before', times: 2 })
  const { name } = await seam.read<{ name: string }>('/spaces/get', lobby, 'space')
  t.is(name, 'Lobby')
  t.deepEqual(calls(sandbox), ['/spaces/get 0', '/spaces/get 0', '/spaces/get 200'])
})

test('Retry: a write whose connection is cut is sent again', async (t) => {
  const { sandbox, seam } = await local(t)
  sandbox.fault({ kind: 'reset-before', times: 1 })
  sandbox.fault({ kind: 'reset-after', times: 1 })
  await seam.write('/spaces/update', { ...lobby, name: 'Foyer' })
  t.is(sandbox.store.spaces.find('space_key', 'lobby')?.name, 'Foyer')
  t.is(sandbox.requests.length, 3)
})

for (const kind of ['reset-before', 'reset-after'] as const) {
  test(`Retry: a create whose answer is lost (${kind}) is not sent again`, async (t) => {
    const { sandbox, seam } = await local(t)
    sandbox.fault({ kind, times: 1 })
    const { error } = await timed(seam.create('/spaces/create', space, 'space'))
    t.true(error instanceof SeamLostAnswerError)
    t.true(isAmbiguous(error))
    t.regex(String(error), /Seam did not answer \/spaces\/create: the connection was lost/)
    t.is(sandbox.requests.length, 1)
    t.is(sandbox.store.spaces.where('space_key', 'annex').length, kind === 'reset-after' ? 1 : 0)
  })
}

for (const status of [500, 502, 503, 504]) {
  test(`Retry: ${status} repeats a read and a write, never a create`, async (t) => {
    const { sandbox, seam } = await local(t)
    sandbox.fault({ kind: 'status', status, times: 1, path: '/spaces/get' })
    sandbox.fault({ kind: 'status', status, times: 1, path: '/spaces/update', body: 'empty' })
    sandbox.fault({ kind: 'status', status, times: 1, path: '/spaces/create' })
    await seam.read('/spaces/get', lobby, 'space')
    await seam.write('/spaces/update', { ...lobby, name: 'Foyer' })
    const { error } = await timed(seam.create('/spaces/create', space, 'space'))
    t.true(isAmbiguous(error))
    t.is((error as SeamApiError).status, status)
    t.deepEqual(calls(sandbox), [
      `/spaces/get ${status}`,
      '/spaces/get 200',
      `/spaces/update ${status}`,
      '/spaces/update 200',
      `/spaces/create ${status}`,
    ])
  })
}

for (const status of [400, 404, 409]) {
  test(`Retry: ${status} is final for a read`, async (t) => {
    const { sandbox, seam } = await local(t)
    sandbox.fault({ kind: 'status', status })
    const { error } = await timed(seam.read('/spaces/get', lobby, 'space'))
    t.is((error as SeamApiError).status, status)
    t.is(sandbox.requests.length, 1)
  })
}

test('Retry: a write that meets another change is sent again, for a while', async (t) => {
  const { sandbox, seam } = await local(t)
  sandbox.fault({ kind: 'status', status: 409, times: 2 })
  await seam.write('/spaces/update', { ...lobby, name: 'Foyer' })
  t.is(calls(sandbox).at(-1), '/spaces/update 200')
  sandbox.clearRequests()
  sandbox.fault({ kind: 'status', status: 409 })
  const { error } = await timed(seam.write('/spaces/update', { ...lobby, name: 'Lobby' }))
  t.is((error as SeamApiError).status, 409)
  t.is(sandbox.requests.length, 5)
  sandbox.clearRequests()
  await timed(seam.create('/spaces/create', space, 'space'))
  t.deepEqual(calls(sandbox), ['/spaces/create 409'])
})

test('Retry: a create that was turned away by a rate limit is sent again', async (t) => {
  const { sandbox, seam } = await local(t)
  sandbox.fault({ kind: 'status', status: 429, times: 2 })
  await seam.create('/spaces/create', space, 'space')
  t.deepEqual(calls(sandbox), ['/spaces/create 429', '/spaces/create 429', '/spaces/create 200'])
})

test('Retry: the body is the same at every try', async (t) => {
  const { seam, arrivals } = await wire(t, (response, nth) =>
    nth < 3 ? json(response, 503, {}) : json(response, 200, { space: {} }),
  )
  await seam.read('/spaces/get', { space_key: 'ü "quoted"' }, 'space')
  t.deepEqual(
    arrivals.map(({ body }) => body),
    Array.from({ length: 3 }, () => ({ space_key: 'ü "quoted"' })),
  )
})

test('Retry: an answer that breaks off is a lost answer, not a refusal', async (t) => {
  const { seam, arrivals } = await wire(t, (response, nth) =>
    nth < 3 ? breakOff(response) : json(response, 200, { space: { name: 'Lab' } }),
  )
  const { error } = await timed(seam.create('/spaces/create', {}, 'space'))
  t.true(error instanceof SeamLostAnswerError)
  t.regex(String(error), /the answer broke off/)
  t.is(arrivals.length, 1)
  t.deepEqual(await seam.read('/spaces/get', {}, 'space'), { name: 'Lab' })
  t.is(arrivals.length, 3)
})

const limited = (wait: () => string) => (response: ServerResponse, nth: number) =>
  nth === 1
    ? json(response, 429, { error: { type: 'too_many_requests' } }, { 'retry-after': wait() })
    : json(response, 200, { space: {} })

test('Retry: Retry-After in seconds is waited for', async (t) => {
  const { seam, arrivals } = await wire(
    t,
    limited(() => '1'),
  )
  const { ms, error } = await timed(seam.create('/spaces/create', {}, 'space'))
  t.is(error, undefined)
  t.is(arrivals.length, 2)
  t.true(ms >= 990, `${ms}`)
})

test('Retry: Retry-After as a date is waited for', async (t) => {
  // The header has whole seconds: two seconds from now is at least one.
  const { seam, arrivals } = await wire(
    t,
    limited(() => new Date(Date.now() + 2000).toUTCString()),
  )
  const { ms, error } = await timed(seam.create('/spaces/create', {}, 'space'))
  t.is(error, undefined)
  t.is(arrivals.length, 2)
  t.true(ms >= 900, `${ms}`)
})

const farAway: Record<string, () => string> = {
  'in seconds': () => '86400',
  'as a date': () => new Date(Date.now() + 3_600_000).toUTCString(),
}

for (const [how, wait] of Object.entries(farAway)) {
  test(`Retry: Retry-After beyond all patience, ${how}, ends at once`, async (t) => {
    const { seam, arrivals } = await wire(t, limited(wait))
    const { ms, error } = await timed(seam.read('/spaces/get', {}, 'space'))
    t.is((error as SeamApiError).status, 429)
    t.regex(String(error), /too many requests \(429 too_many_requests\)/)
    t.is(arrivals.length, 1)
    t.true(ms < 5000, `${ms}`)
  })
}

for (const wait of ['0', '-5', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT']) {
  test(`Retry: a Retry-After of "${wait}" leaves the usual short pause`, async (t) => {
    const { seam, arrivals } = await wire(
      t,
      limited(() => wait),
    )
    const { ms, error } = await timed(seam.read('/spaces/get', {}, 'space'))
    t.is(error, undefined)
    t.is(arrivals.length, 2)
    t.true(ms >= 190 && ms < 5000, `${ms}`)
  })
}

// Alone, because a busy machine is silent too.
test.serial('Retry: silence ends a create, and repeats a read', async (t) => {
  const { seam, arrivals } = await wire(
    t,
    (response, nth) => {
      if (nth > 2) json(response, 200, { space: {} })
    },
    1000,
  )
  const { error } = await timed(seam.create('/spaces/create', {}, 'space'))
  t.true(isAmbiguous(error))
  t.regex(String(error), /Seam did not answer \/spaces\/create: no answer within 1 s/)
  t.is(arrivals.length, 1)
  await seam.read('/spaces/get', {}, 'space')
  t.is(arrivals.length, 3)
})

test('Retry: where nobody listens, the error names SEAM_ENDPOINT after a bounded wait', async (t) => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const seam = new Seam({ endpoint: `http://127.0.0.1:${port}`, apiKey })
  const { ms, error } = await timed(seam.create('/spaces/create', {}, 'space'))
  t.true(error instanceof SeamLostAnswerError)
  t.regex(
    String(error),
    /nobody listens at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. Is SEAM_ENDPOINT right\?/,
  )
  t.true(ms > 1000 && ms < 30_000, `${ms}`)
})

test('Retry: a server that starts a moment later is not missed', async (t) => {
  const server = createServer((_request, response) => json(response, 200, { space: {} }))
  // Below the ports that the system gives away by itself, to another test as well.
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  const seam = new Seam({ endpoint: `http://127.0.0.1:${port}`, apiKey })
  const made = seam.create('/spaces/create', {}, 'space')
  const starting = setTimeout(() => server.listen(port, '127.0.0.1'), 500)
  t.teardown(() => {
    clearTimeout(starting)
    server.closeAllConnections()
    server.close()
  })
  await t.notThrowsAsync(made)
})

/**
 * 160 calls at once, of which the first 64 are answered together; tells how many were under way
 * as each one arrived for the first time.
 */
async function crowd(t: ExecutionContext, firstStatus: number) {
  let underWay = 0
  const seen = new Map<string, number>()
  const waiting: (() => void)[] = []
  const { seam } = await wire(t, (response, nth, { path }) => {
    underWay += 1
    if (!seen.has(path)) seen.set(path, underWay)
    const answer = (status: number) => {
      underWay -= 1
      json(response, status, { space: {} })
    }
    if (nth > 64) setTimeout(() => answer(200), 20)
    else waiting.push(() => answer(firstStatus))
    if (nth === 64) for (const first of waiting) first()
  })
  const paths = Array.from({ length: 160 }, (_, at) => `/${at}`)
  await Promise.all(paths.map((path) => seam.read(path, {}, 'space')))
  return [...seen.values()]
}

test('Pace: without a rate limit, 64 calls are under way and no more', async (t) => {
  const underWay = await crowd(t, 200)
  t.is(underWay.length, 160)
  t.is(Math.max(...underWay), 64)
})

test('Pace: a rate limit halves the calls, and each quiet round adds one again', async (t) => {
  const underWay = await crowd(t, 429)
  t.is(underWay.length, 160)
  t.is(Math.max(...underWay.slice(0, 64)), 64)
  const [first = Infinity, ...later] = underWay.slice(64)
  // A round is as many answers as calls may be under way: 32, 33, 34 and 35 make 134 of the 160.
  t.true(first <= 33, `${first} calls were under way when the first new one began`)
  t.true(Math.max(...later) <= 36, `${Math.max(...later)} calls were under way at once`)
})
