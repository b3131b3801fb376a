import test from 'ava'
import { officeIds, startSandbox } from '../../src/sandbox'
import { isAmbiguous, isNotFound, Seam, SeamApiError, SeamLostAnswerError } from '../../src/seam'
import { apiKey, json, local, wire } from './wire'

interface Entrance {
  acs_entrance_id: string
}

const refusalOf = async (promise: Promise<unknown>): Promise<SeamApiError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof SeamApiError) return error
  throw new Error(`expected a SeamApiError, got ${String(error)}`)
}

test('Client: a request is JSON by POST, with the key and nothing else that is ours', async (t) => {
  const { seam, arrivals } = await wire(t, (response) => json(response, 200, { space: {} }))
  await seam.read('/spaces/get', { space_id: '1', absent: undefined }, 'space')
  const [{ path, headers, body }] = arrivals as [(typeof arrivals)[0]]
  t.is(path, '/spaces/get')
  t.is(headers.authorization, `Bearer ${apiKey}`)
  t.is(headers['seam-workspace'], undefined)
  t.is(headers['content-type'], 'application/json')
  t.deepEqual(body, { space_id: '1' })
})

test('Client: a list has the members of every page', async (t) => {
  const sandbox = await startSandbox({ seed: 'office' })
  t.teardown(() => sandbox.stop())
  const seam = new Seam({ endpoint: sandbox.endpoint, apiKey: sandbox.apiKey })
  const all = sandbox.store.acsEntrances.all().map(({ acs_entrance_id: id }) => id)
  const listed = await seam.list<Entrance>('/acs/entrances/list', { limit: 5 }, 'acs_entrances')
  t.deepEqual(
    listed.map(({ acs_entrance_id: id }) => id),
    all,
  )
  t.is(sandbox.requests.length, Math.ceil(all.length / 5))
  const cursors = sandbox.requests.map(({ body }) => (body as Record<string, unknown>).page_cursor)
  t.is(new Set(cursors).size, cursors.length, 'each page once')
})

test('Client: a list without pages, and one that ends with an empty cursor, end', async (t) => {
  const { seam, arrivals } = await wire(t, (response, _nth, { path }) => {
    const pagination = { next_page_cursor: '', has_next_page: false }
    json(response, 200, { things: [{}], ...(path === '/cursor' && { pagination }) })
  })
  t.deepEqual(await seam.list('/bare', {}, 'things'), [{}])
  t.deepEqual(await seam.list('/cursor', {}, 'things'), [{}])
  t.is(arrivals.length, 2)
})

test('Client: a refusal tells status, type, message and request id', async (t) => {
  const { seam } = await local(t)
  const space_id = '80000000-0000-4000-8000-0000000000ff'
  const error = await refusalOf(seam.read('/spaces/get', { space_id }, 'space'))
  t.is(error.status, 404)
  t.is(error.type, 'space_not_found')
  t.is(error.path, '/spaces/get')
  t.regex(error.requestId ?? '', /^[0-9a-f-]{36}$/)
  t.true(isNotFound(error))
  t.false(isAmbiguous(error))
  t.deepEqual(error.message.split('\n'), [
    `Seam refused /spaces/get: Could not find space ${space_id} (404 space_not_found)`,
    `Seam's request id: ${error.requestId}`,
  ])
})

test('Client: a refusal tells what is wrong with which parameter, however deep', async (t) => {
  const { seam } = await local(t)
  const error = await refusalOf(
    seam.create(
      '/access_grants/create',
      {
        user_identity_id: officeIds.userIdentities.ivan,
        requested_access_methods: [{ mode: 'code' }, { mode: 'telepathy' }],
        starts_at: 'soon',
      },
      'access_grant',
    ),
  )
  t.is(error.status, 400)
  t.is(error.type, 'invalid_input')
  t.deepEqual(Object.keys(error.validation).sort(), [
    'requested_access_methods.1.mode',
    'starts_at',
  ])
  t.deepEqual(error.validation['starts_at'], ['Invalid datetime'])
  t.regex(error.message, /\n.*requested_access_methods\.1\.mode: Invalid enum value/)
})

test('Client: an unauthorized call says to check the key', async (t) => {
  const { sandbox } = await local(t)
  const seam = new Seam({ endpoint: sandbox.endpoint, apiKey: 'seam_revoked' })
  const error = await refusalOf(seam.read('/workspaces/get', {}, 'workspace'))
  t.is(error.status, 401)
  t.regex(error.message, /\nCheck SEAM_API_KEY: is it whole, still valid, and of this endpoint\?/)
})

test('Client: a proxy’s page instead of an error is a refusal without a type', async (t) => {
  const { sandbox, seam } = await local(t)
  sandbox.fault({ kind: 'status', status: 502, body: 'html' })
  const error = await refusalOf(seam.create('/spaces/create', { name: 'Lab' }, 'space'))
  t.is(error.status, 502)
  t.is(error.type, undefined)
  t.deepEqual(error.validation, {})
  t.regex(error.message, /^Seam refused \/spaces\/create: no explanation given \(502\)/)
  t.true(isAmbiguous(error))
})

for (const [what, body] of Object.entries({ null: 'null', text: '"no"', 'bare error': '{}' })) {
  test(`Client: an error whose body is ${what} is a refusal all the same`, async (t) => {
    const { seam } = await wire(t, (response) => {
      response.writeHead(400, { 'content-type': 'application/json' }).end(body)
    })
    t.is((await refusalOf(seam.write('/spaces/delete', {}))).status, 400)
  })
}

const page = '<html><body>Please sign in</body></html>'

for (const intent of ['read', 'write', 'create'] as const) {
  test(`Client: a web page that answers a ${intent} with 200 is no success`, async (t) => {
    const { seam, arrivals } = await wire(t, (response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(page)
    })
    const error = await t.throwsAsync(seam[intent]('/spaces/get', {}, 'space'), {
      instanceOf: SeamLostAnswerError,
      message: /no JSON\. Is SEAM_ENDPOINT the address of the Seam API\?$/,
    })
    t.true(isAmbiguous(error))
    t.is(arrivals.length, 1)
  })
}

/** Answers with 200 that say nothing of what became of a change. */
const strange: Record<string, [type: string, body: string]> = {
  'nothing at all': ['application/json', ''],
  'half of an answer': ['application/json', '{"space": {"space_id": "1", '],
  'a login page that is called JSON': ['application/json', page],
  'a list': ['application/json', '[]'],
  null: ['application/json', 'null'],
  text: ['text/plain', 'OK'],
  'JSON of somebody else': ['application/json', '{"message":"please sign in"}'],
  'null in place of the object': ['application/json', '{"ok":false,"space":null}'],
  'a number in place of the object': ['application/json', '{"ok":false,"space":4711}'],
}

for (const [what, [type, body]] of Object.entries(strange)) {
  for (const intent of ['read', 'write', 'create'] as const) {
    test(`Client: ${what} that answers a ${intent} with 200 is a lost answer`, async (t) => {
      const { seam } = await wire(t, (response) => {
        response.writeHead(200, { 'content-type': type }).end(body)
      })
      const call = seam[intent]('/spaces/get', {}, 'space')
      const error = await t.throwsAsync(call, { instanceOf: SeamLostAnswerError })
      t.true(isAmbiguous(error))
    })
  }
}

for (const ending of ['with a length', 'in chunks'] as const) {
  test(`Client: an answer ${ending} that breaks off is lost, and asked for again only where that is safe`, async (t) => {
    const { seam, arrivals } = await wire(t, (response, nth) => {
      if (nth > 2) return json(response, 200, { ok: true, space: {} })
      const length = ending === 'in chunks' ? {} : { 'content-length': '1000' }
      response.writeHead(200, { 'content-type': 'application/json', ...length })
      response.write('{"ok": true, "space": {}}', () => response.destroy())
    })
    const error = await t.throwsAsync(seam.create('/spaces/create', {}, 'space'))
    t.true(isAmbiguous(error))
    t.is(arrivals.length, 1)
    await seam.write('/spaces/update', {})
    t.is(arrivals.length, 3)
  })
}

for (const contentType of ['text/html', 'application/octet-stream', '']) {
  test(`Client: an answer of Seam's that is called "${contentType}" is its answer all the same`, async (t) => {
    const { sandbox, seam } = await local(t)
    sandbox.fault({ kind: 'wrong-type', contentType })
    await seam.create('/spaces/create', { name: 'Annex', space_key: 'annex' }, 'space')
    await seam.write('/spaces/update', { space_key: 'annex', name: 'Attic' })
    t.like(await seam.read('/spaces/get', { space_key: 'annex' }, 'space'), { name: 'Attic' })
    t.is(sandbox.requests.length, 3)
  })
}

test('Client: a list whose pages lead in a circle is an error', async (t) => {
  const { seam, arrivals } = await wire(t, (response, nth) => {
    json(response, 200, { things: [], pagination: { next_page_cursor: `page-${nth % 2}` } })
  })
  await t.throwsAsync(seam.list('/things/list', {}, 'things'), { message: /have no end/ })
  t.true(arrivals.length < 5)
})

test('Client: a page may have more members than a call has arguments', async (t) => {
  const { seam } = await wire(t, (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(`{"things":[${'{},'.repeat(299_999)}{}]}`)
  })
  t.is((await seam.list('/things/list', {}, 'things')).length, 300_000)
})

test('Client: an answer of another API names what is missing', async (t) => {
  const { seam } = await wire(t, (response) => json(response, 200, { ok: true }))
  await t.throwsAsync(seam.read('/spaces/get', {}, 'space'), {
    message: /\/spaces\/get: the answer has no "space"\. Is SEAM_ENDPOINT/,
  })
})

test('Client: a redirect is not followed with the key in hand', async (t) => {
  const { seam, arrivals, endpoint } = await wire(t, (response) => {
    response.writeHead(302, { location: `${endpoint}/elsewhere` }).end()
  })
  t.is((await refusalOf(seam.read('/spaces/get', {}, 'space'))).status, 302)
  t.is(arrivals.length, 1)
})

test('Client: calls in a row share one connection', async (t) => {
  const { seam, connections } = await wire(t, (response) => json(response, 200, { space: {} }))
  for (let call = 0; call < 5; call += 1) await seam.read('/spaces/get', {}, 'space')
  t.is(connections(), 1)
})
