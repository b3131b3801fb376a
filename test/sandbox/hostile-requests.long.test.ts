import test from 'ava'
import { endpoints } from '../../src/sandbox/endpoints'
import { officeIds, startSandbox } from '../../src/sandbox'
import { start, type Client } from './client'
import { run } from './command'
import { isInShare } from '../fixtures/share'

const { systems, acsUsers } = officeIds

const post = ({ sandbox }: Client, path: string, body: string | ReadableStream<Uint8Array>) =>
  fetch(sandbox.endpoint + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
    body,
    duplex: 'half',
  })

async function expectRefusal(response: Response) {
  const body = (await response.json()) as { error?: { type: string; message: string } }
  return { status: response.status, type: body.error?.type, message: body.error?.message ?? '' }
}

for (const body of ['null', '[]', '7', '"text"', 'true', '{', '[[[[', '{"a":1}}', '\u0000']) {
  test(`Sandbox: no call takes the body ${JSON.stringify(body)}`, async (t) => {
    const client = await start(t)
    const controls = ['/_sandbox/faults', '/_sandbox/seed']
    for (const path of [...endpoints.map((one) => one.path), ...controls]) {
      const refusal = await expectRefusal(await post(client, path, body))
      t.is(refusal.status, 400, `${path} ${JSON.stringify(refusal)}`)
      t.is(refusal.type, 'invalid_input')
    }
    t.true(client.sandbox.store.acsEntrances.size > 0)
  })
}

const odd: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e308,
  '',
  '\u0000',
  '__proto__',
  'constructor',
  [],
  [null],
  [[]],
  {},
  { toString: 1 },
  { __proto__: null, valueOf: 'x', toString: null },
  JSON.parse('{"__proto__":{"toString":1}}'),
]

const taking = endpoints.filter((one) => Object.keys(one.params).length > 0)

for (const { path, params, verbs } of taking.filter((_, at) => isInShare(at, 0, 10))) {
  test(`Sandbox: ${path} answers whatever its parameters are`, async (t) => {
    const client = await start(t)
    for (const name of Object.keys(params)) {
      for (const value of odd) {
        const answer = await client.send('POST', path, { [name]: value })
        const what = `${name} ${JSON.stringify(value)}: ${JSON.stringify(answer.body)}`
        t.true(answer.status < 500, what)
        t.true(answer.status === 200 || typeof answer.body.error.type === 'string', what)
        t.notRegex(
          answer.body.error?.message ?? '',
          /is not a function|Cannot (read|convert)/,
          what,
        )
      }
      if (!verbs.includes('GET')) continue
      for (const text of ['', '%00', '%', '[', 'true', '1e999', '{}', '__proto__']) {
        const url = `${client.sandbox.endpoint}${path}?${name}=${text}&${name}.x=${text}&${name}[]=1`
        const headers = { authorization: `Bearer ${client.sandbox.apiKey}` }
        const { status } = await fetch(url, { headers })
        t.true(status < 500, `${url} ${status}`)
      }
    }
  })
}

test('Sandbox: a user of an access system needs a name', async (t) => {
  const { refused } = await start(t)
  const named = { acs_system_id: systems.brivo, full_name: '' }
  const { status, error } = await refused('/acs/users/create', named)
  t.like({ status, type: error.type }, { status: 400, type: 'full_name_required' })
})

test('Sandbox: a choice that is no text is refused as such', async (t) => {
  const { refused } = await start(t)
  const { error } = await refused('/acs/credentials/create', {
    access_method: { toString: 1 },
    acs_user_id: acsUsers.brivoHugo,
  })
  t.regex(error.message, /^access_method: Expected 'code' .* received object$/)
})

test('Sandbox: a body of fifty megabytes is refused, however it comes, and the next call answered', async (t) => {
  const client = await start(t)
  const large = JSON.stringify({ full_name: 'x'.repeat(50_000_000) })
  const inPieces = () => new Blob([large]).stream()
  for (const path of ['/user_identities/create', '/_sandbox/faults', '/_sandbox/seed']) {
    for (const body of [large, inPieces()]) {
      const refusal = await expectRefusal(await post(client, path, body))
      t.is(refusal.status, 413, path)
      t.is(refusal.type, 'payload_too_large')
    }
  }
  t.true(JSON.stringify(client.sandbox.requests).length < 10_000)
  await client.call('/workspaces/get')
})

test('Sandbox: a body that is nested without end, or wrong in every item, is refused in few words', async (t) => {
  const client = await start(t)
  const nested = `${'['.repeat(5_000_000)}${']'.repeat(5_000_000)}`
  for (const path of ['/spaces/get', '/_sandbox/faults']) {
    const deep = await expectRefusal(await post(client, path, nested))
    t.is(deep.status, 400)
  }
  const items = `{"space_ids":[${'7,'.repeat(4_000_000)}7],"requested_access_methods":[]}`
  const wrong = await post(client, '/access_grants/create', items)
  t.is(wrong.status, 400)
  t.true((await wrong.text()).length < 10_000)
  const log = await fetch(`${client.sandbox.endpoint}/_sandbox/requests`)
  t.is(log.status, 200)
  await log.text()
})

for (const [verb, path, body] of [
  ['POST', '/faults', { kind: 'status', status: 99_999 }],
  ['POST', '/faults', { kind: 'status', status: 100 }],
  ['POST', '/faults', { kind: 'latency', ms: 1e20 }],
  ['POST', '/faults', { kind: 'wrong-type', contentType: 'text/plain\n' }],
  ['POST', '/faults', { kind: { toString: 1 } }],
  ['POST', '/faults', { kind: 'provider-failure', details: [] }],
  ['PATCH', `/store/acs_users/${acsUsers.brivoHugo}`, { warnings: 'none' }],
  ['PATCH', `/store/acs_users/${acsUsers.brivoHugo}`, { acs_user_id: 'other' }],
  ['PATCH', `/store/acs_users/${acsUsers.brivoHugo}`, null],
  ['PATCH', `/store/acs_users/${acsUsers.brivoHugo}`, []],
] as const) {
  test(`Sandbox: the control API refuses ${verb} ${path} with ${JSON.stringify(body)}`, async (t) => {
    const client = await start(t)
    const response = await fetch(`${client.sandbox.endpoint}/_sandbox${path}`, {
      method: verb,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    t.is(response.status, 400)
    t.truthy((await expectRefusal(response)).message)
    t.is(client.sandbox.faults.length, 0)
    await client.call('/acs/users/list')
  })
}

for (const options of [
  { settleMs: 1e20 },
  { settleMs: NaN },
  { latencyMs: -1 },
  { port: 70_000 },
  { requestsPerSecond: 0 },
]) {
  const [[name, value]] = Object.entries(options) as [[string, number]]
  test(`Sandbox: it does not start with ${name} ${value}`, async (t) => {
    const message = new RegExp(`^${name} must be from \\d+ to \\d+, not `)
    await t.throwsAsync(startSandbox(options), { instanceOf: RangeError, message })
  })
}

for (const [flag, value] of [
  ['--settle', '99999999999999999999'],
  ['--latency', '99999999999999999999'],
  ['--port', '65536'],
  ['--people', '99999999999999999999'],
] as const) {
  test(`Sandbox: the command refuses ${flag} ${value}`, async (t) => {
    const { said, exit } = await run(t, flag, value)
    t.regex(await said(), /Not a whole number up to \d+\./)
    t.deepEqual(await exit, [1, null])
  })
}
