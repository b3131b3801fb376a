import { request } from 'node:http'
import test from 'ava'
import type { FaultSpec } from '../../src/sandbox'
import { RateLimit } from '../../src/sandbox/http/rate-limit'
import { start, type Client } from './client'

const path = '/user_identities/create'
const people = ({ sandbox }: Client) => sandbox.store.userIdentities.size

/** A call to the control API. */
const inject = (client: Client, spec: object) =>
  fetch(`${client.sandbox.endpoint}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(spec),
  })

/** What came of a POST, down to an answer that broke off. */
function wire({ sandbox }: Client, route: string, body: object) {
  return new Promise<{ status?: number; type?: string; text: string; whole: boolean }>(
    (resolve, reject) => {
      const headers = {
        authorization: `Bearer ${sandbox.apiKey}`,
        'content-type': 'application/json',
      }
      const asked = request(sandbox.endpoint + route, { method: 'POST', headers }, (answer) => {
        let text = ''
        const end = (whole: boolean) => {
          const { statusCode: status = 0, headers } = answer
          resolve({ status, type: String(headers['content-type']), text, whole })
        }
        answer.setEncoding('utf8').on('data', (part) => (text += part))
        answer.on('end', () => end(true)).on('error', () => end(false))
      })
      asked.on('error', reject).end(JSON.stringify(body))
    },
  )
}

for (const status of [500, 502, 503]) {
  test(`Sandbox: a status fault may answer ${status} for what was done`, async (t) => {
    const client = await start(t, { seed: 'empty' })
    const bodies = ['json', 'html', 'empty'] as const
    for (const body of bodies) {
      const spec = { path, kind: 'status', status, body, when: 'after', times: 1 }
      t.is((await inject(client, spec)).status, 200)
      const told = await wire(client, path, {})
      t.is(told.status, status)
      t.is(told.text.length > 0, body !== 'empty')
      t.is(told.text.startsWith('<html>'), body === 'html')
    }
    t.is(people(client), bodies.length)
  })
}

test('Sandbox: the time to wait is told in seconds, as a date, or not at all', async (t) => {
  const client = await start(t, { seed: 'empty' })
  const limit = { path, kind: 'status', status: 429, times: 1 }
  await inject(client, limit)
  await inject(client, { ...limit, retryAfter: 30 })
  await inject(client, { ...limit, retryAfter: 30, retryAfterAs: 'date' })
  const told = async () => (await client.send('POST', path)).headers.get('retry-after')
  t.is(await told(), null)
  t.is(await told(), '30')
  const date = (await told()) ?? ''
  t.regex(date, /GMT$/)
  const wait = Date.parse(date) - Date.now()
  t.true(wait > 25_000 && wait <= 31_000)
  t.is(people(client), 0)
})

test('Sandbox: a body may break off after the call was carried out', async (t) => {
  const client = await start(t, { seed: 'empty' })
  await inject(client, { path, kind: 'truncated-body', times: 1 })
  const { status, text, whole } = await wire(client, path, { full_name: 'Ann' })
  t.is(status, 200)
  t.false(whole)
  t.true(text.startsWith('{"user_identity"'))
  t.throws(() => JSON.parse(text) as unknown)
  t.is(people(client), 1)
  t.true((await wire(client, path, {})).whole)
})

test('Sandbox: JSON may come as another type, and a page in place of JSON', async (t) => {
  const client = await start(t, { seed: 'empty' })
  await inject(client, { path, kind: 'wrong-type', times: 1 })
  const json = await wire(client, path, {})
  t.is(json.type, 'text/html')
  t.true((JSON.parse(json.text) as { ok: boolean }).ok)
  await inject(client, { path, kind: 'wrong-type', contentType: 'text/plain', times: 1 })
  t.is((await wire(client, path, {})).type, 'text/plain')
  await inject(client, { path, kind: 'status', status: 200, body: 'html', times: 1 })
  const page = await wire(client, path, {})
  t.like(page, { status: 200, type: 'text/html' })
  t.regex(page.text, /Sign in/)
  t.is(people(client), 2)
})

test('Sandbox: every object of an answer may have members that nobody knows', async (t) => {
  const client = await start(t)
  await inject(client, { kind: 'unknown-fields' })
  const { body } = await client.send('POST', '/spaces/list')
  for (const object of [body, body.pagination, ...body.spaces]) {
    t.is(object.unknown_text, 'from a later version')
    t.is(object.unknown_object.unknown_list[0].unknown_number, 1)
  }
  const { error } = await client.refused('/spaces/get', {})
  t.is(error.type, 'invalid_input')
  t.truthy(error.validation_errors.unknown_object)
})

test('Sandbox: a delay may be drawn from a range', async (t) => {
  const client = await start(t, { seed: 'empty', randomSeed: 1 })
  await inject(client, { path, kind: 'latency', ms: 40, maxMs: 80 })
  for (let call = 0; call < 5; call++) {
    const begun = performance.now()
    await client.send('POST', path)
    t.true(performance.now() - begun >= 39)
  }
})

test('Sandbox: with a seed for what is random, faults strike the same calls again', async (t) => {
  const spec: FaultSpec = { path, kind: 'status', probability: 0.5 }
  const run = async (randomSeed: number) => {
    const client = await start(t, { seed: 'empty', randomSeed })
    const told: number[] = []
    const strike = async () => {
      client.sandbox.fault(spec)
      client.sandbox.fault({ path: '/elsewhere', kind: 'latency', ms: 0, maxMs: 1 })
      for (let call = 0; call < 16; call++) {
        if (call % 3 === 0) await client.send('POST', '/elsewhere')
        told.push((await client.send('POST', path)).status)
      }
      client.sandbox.clearFaults()
    }
    await strike()
    await strike()
    t.deepEqual(told.slice(0, 16), told.slice(16))
    return told.slice(0, 16)
  }
  const [first, again, other] = [await run(7), await run(7), await run(8)]
  t.deepEqual(first, again)
  t.notDeepEqual(first, other)
  t.deepEqual([...new Set(first)].sort(), [200, 503])
})

test('Sandbox: over a second, as many calls pass as the limit says, however they come', (t) => {
  for (const every of [1, 7, 20, 1_000]) {
    const limit = new RateLimit(50)
    // Later than the limit counts from: it earns nothing for a time before that.
    const begun = performance.now()
    let admitted = 0
    for (let at = 0; at < 10_000; at += every) if (limit.admits(begun + at)) admitted++
    // What is saved up is one second's worth; a client that asks less often gets all it asks for.
    t.true(Math.min(10_000 / every, 550) - admitted <= 1, `${admitted}, one each ${every} ms`)
    t.true(admitted <= 550)
  }
})
