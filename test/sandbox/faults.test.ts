import test from 'ava'
import { start, type Client } from './client'

const path = '/user_identities/create'

const control = async (client: Client, verb: string, route: string, body?: object) => {
  const response = await fetch(`${client.sandbox.endpoint}/_sandbox${route}`, {
    method: verb,
    headers: { 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  })
  return { status: response.status, body: (await response.json()) as Record<string, any> }
}
const fault = (client: Client, spec: object) => control(client, 'POST', '/faults', spec)

const people = ({ sandbox }: Client) => sandbox.store.userIdentities.size

test('Sandbox: a status fault answers before anything is done, as often as it says', async (t) => {
  const client = await start(t, { seed: 'empty' })
  await fault(client, { path, kind: 'status', status: 429, times: 2, retryAfter: 7 })
  await fault(client, { path, kind: 'status', times: 1, body: 'html' })
  const send = () => client.send('POST', path)
  const first = await send()
  t.is(first.status, 429)
  t.is(first.headers.get('retry-after'), '7')
  t.is(first.body.error.type, 'too_many_requests')
  t.is((await send()).status, 429)
  const proxy = await send()
  t.is(proxy.status, 503)
  t.deepEqual(proxy.body, {})
  t.is(people(client), 0)
  t.is((await send()).status, 200)
  t.deepEqual(
    client.sandbox.requests.map((entry) => entry.status),
    [429, 429, 503, 200],
  )
})

test('Sandbox: a reset before the commit does nothing, one after it has done its work', async (t) => {
  const client = await start(t, { seed: 'empty' })
  await fault(client, { path, kind: 'reset-before', times: 1 })
  await t.throwsAsync(client.send('POST', path), { message: 'fetch failed' })
  t.is(people(client), 0)
  await fault(client, { path, kind: 'reset-after', times: 1 })
  await t.throwsAsync(client.send('POST', path), { message: 'fetch failed' })
  t.is(people(client), 1)
  t.deepEqual(
    client.sandbox.requests.map((entry) => entry.status),
    [0, 0],
  )
  t.is((await client.send('POST', path)).status, 200)
})

test('Sandbox: delays add up, and go before what ends the call', async (t) => {
  const client = await start(t, { seed: 'empty', latencyMs: 50 })
  await fault(client, { path, kind: 'status', status: 500 })
  await fault(client, { path, kind: 'latency', ms: 100 })
  await fault(client, { kind: 'latency', ms: 100, path: '*' })
  const begun = performance.now()
  t.is((await client.send('POST', path)).status, 500)
  t.true(performance.now() - begun >= 245)
})

test('Sandbox: the body of an answer may be slow', async (t) => {
  const client = await start(t, { seed: 'empty' })
  client.sandbox.fault({ path, kind: 'slow-body', ms: 200 })
  const begun = performance.now()
  const answer = await client.send('POST', path)
  t.true(performance.now() - begun >= 195)
  t.true(answer.body.ok)
})

test('Sandbox: faults keep to their path and their odds, are listed, and are cleared', async (t) => {
  const client = await start(t, { seed: 'empty' })
  await fault(client, { path: '/spaces/list', kind: 'status', status: 500 })
  await fault(client, { path, kind: 'status', status: 500, probability: 0, times: null })
  t.is((await client.send('POST', path)).status, 200)
  t.is((await client.send('POST', '/spaces/list')).status, 500)
  const { faults } = (await control(client, 'GET', '/faults')).body
  t.deepEqual(
    faults.map((one: { fired: number }) => one.fired),
    [1, 0],
  )
  await control(client, 'DELETE', '/faults')
  t.is((await client.send('POST', '/spaces/list')).status, 200)
  t.is((await fault(client, { path, kind: 'flood' })).status, 400)
  t.is((await fault(client, { path, kind: 'status', probability: 2 })).status, 400)
})

test('Sandbox: with a limit of calls a second, the next one is told to wait', async (t) => {
  const client = await start(t, { seed: 'empty', requestsPerSecond: 3 })
  const began = Date.now()
  const answers = await Promise.all(Array.from({ length: 40 }, () => client.send('POST', path)))
  const seconds = Math.floor((Date.now() - began) / 1000) + 2
  const refused = answers.filter((answer) => answer.status === 429)
  t.true(refused.length >= 40 - 3 * seconds, 'three in each second that the calls took part in')
  t.true(refused.length <= 37)
  t.is(refused[0]?.headers.get('retry-after'), '1')
  t.is(people(client), 40 - refused.length)
})

test('Sandbox: the log of requests is read and emptied without a key, and without a trace', async (t) => {
  const client = await start(t)
  await client.send('POST', '/spaces/get', { space_key: 'lobby' })
  await client.send('GET', '/spaces/list', { limit: 2 })
  await client.send('POST', '/nowhere', { a: 1 }, {})
  const { requests } = (await control(client, 'GET', '/requests')).body
  t.deepEqual(requests, [
    { method: 'POST', path: '/spaces/get', status: 200, body: { space_key: 'lobby' } },
    { method: 'GET', path: '/spaces/list', status: 200, body: { limit: 2 } },
    { method: 'POST', path: '/nowhere', status: 404, body: { a: 1 } },
  ])
  t.is((await control(client, 'GET', '/nowhere')).status, 404)
  t.is((await control(client, 'GET', '/requests')).body.requests.length, 3)
  await control(client, 'DELETE', '/requests')
  t.deepEqual((await control(client, 'GET', '/requests')).body.requests, [])
})

test('Sandbox: the control API starts over with another seed', async (t) => {
  const client = await start(t)
  const before = client.sandbox.workspaceId
  const { body } = await control(client, 'POST', '/seed', { name: 'empty' })
  t.not(body.workspaceId, before)
  t.is(client.sandbox.apiKey, body.apiKey)
  t.deepEqual((await client.call('/spaces/list')).spaces, [])
  await control(client, 'POST', '/seed', { name: 'office' })
  t.is(client.sandbox.workspaceId, before)
  t.is((await client.call('/spaces/list')).spaces.length, 6)
  t.is((await control(client, 'POST', '/seed', { name: 'castle' })).status, 400)
  t.is((await control(client, 'POST', '/seed', {})).status, 400)
})

test('Sandbox: the control API shows and changes what is held, behind the back of the API', async (t) => {
  const client = await start(t)
  const snapshot = (await control(client, 'GET', '/store')).body
  const [space] = snapshot.spaces
  const route = `/store/spaces/${space.space_id}`
  await control(client, 'PATCH', route, { name: 'Foyer' })
  const { space: read } = await client.call('/spaces/get', { space_id: space.space_id })
  t.is(read.name, 'Foyer')
  await control(client, 'DELETE', route)
  t.is((await client.refused('/spaces/get', { space_id: space.space_id })).status, 404)
  t.is((await control(client, 'DELETE', route)).status, 404)
})
