import test from 'ava'
import axios from 'axios'
import { officeIds } from '../../src/sandbox'
import { start } from './client'

const { entrances, spaces, userIdentities } = officeIds

test('Sandbox: a call needs the API key of the workspace', async (t) => {
  const { sandbox, send } = await start(t)
  const without = await send('POST', '/spaces/list', {}, {})
  t.is(without.status, 401)
  t.is(without.body.error.type, 'unauthorized')
  t.truthy(without.headers.get('seam-request-id'))
  t.false('ok' in without.body)
  for (const token of ['seam_unknown', 'seam_cst_123', `x${sandbox.apiKey}`]) {
    const refused = await send('GET', '/spaces/list', {}, { authorization: `Bearer ${token}` })
    t.is(refused.status, 401, token)
  }
})

test('Sandbox: a personal access token names its workspace', async (t) => {
  const { sandbox, send } = await start(t)
  const authorization = `Bearer ${sandbox.personalAccessToken}`
  const unnamed = await send('POST', '/spaces/list', {}, { authorization })
  t.is(unnamed.status, 400)
  t.is(unnamed.body.error.type, 'missing_workspace_id')
  t.is((await send('POST', '/workspaces/list', {}, { authorization })).status, 200)
  const named = { authorization, 'seam-workspace': sandbox.workspaceId }
  t.is((await send('POST', '/spaces/list', {}, named)).status, 200)
  const other = { authorization, 'seam-workspace': '10000000-0000-4000-8000-0000000000ff' }
  t.is((await send('POST', '/spaces/list', {}, other)).status, 401)
})

test('Sandbox: the key can be chosen, and stays when the seed changes', async (t) => {
  const { sandbox, send } = await start(t, { apiKey: 'seam_test_mine' })
  t.is(sandbox.apiKey, 'seam_test_mine')
  await sandbox.reseed('empty')
  t.is((await send('POST', '/workspaces/get')).status, 200)
})

test('Sandbox: unknown routes, wrong verbs and wrong bodies are refused', async (t) => {
  const { sandbox, send } = await start(t)
  t.is((await send('POST', '/access_grants/cancel')).status, 404)
  const put = await send('PUT', '/access_grants/create')
  t.is(put.status, 405)
  t.is(put.body.error.type, 'method_not_allowed')
  t.is((await send('GET', '/access_grants/delete')).status, 405)

  const headers = { authorization: `Bearer ${sandbox.apiKey}` }
  const post = (body: string, type?: string) =>
    axios.post(`${sandbox.endpoint}/spaces/get`, body, {
      headers: { ...headers, ...(type ? { 'content-type': type } : {}) },
      validateStatus: null,
    })
  const text = await post('{"space_key":"lobby"}', 'text/plain')
  t.is(text.status, 400)
  t.is(text.data.error.type, 'invalid_content_type')
  const broken = await post('{"space_key":', 'application/json')
  t.is(broken.data.error.type, 'invalid_input')
  const empty = await fetch(`${sandbox.endpoint}/workspaces/get`, { method: 'POST', headers })
  t.is(empty.status, 200)
})

test('Sandbox: what is wrong with a request is said parameter by parameter', async (t) => {
  const { refused } = await start(t)
  const { status, error } = await refused('/access_grants/create', {
    user_identity_id: 'ivan',
    requested_access_methods: [{ mode: 'code', code: '12' }, { mode: 'fax' }, 7],
    space_ids: 'lobby',
    starts_at: 'tomorrow',
    name: 4,
  })
  t.is(status, 400)
  t.is(error.type, 'invalid_input')
  t.deepEqual(error.validation_errors, {
    _errors: [],
    user_identity_id: { _errors: ['Invalid uuid'] },
    requested_access_methods: {
      _errors: [],
      0: { _errors: [], code: { _errors: ['String must contain at least 4 character(s)'] } },
      1: {
        _errors: [],
        mode: {
          _errors: [
            "Invalid enum value. Expected 'code' | 'card' | 'mobile_key' | 'cloud_key', received 'fax'",
          ],
        },
      },
      2: { _errors: ['Expected object, received number'] },
    },
    space_ids: { _errors: ['Expected array, received string'] },
    starts_at: { _errors: ['Invalid datetime'] },
    name: { _errors: ['Expected string, received number'] },
  })
  t.deepEqual((await refused('/access_grants/create', {})).error.validation_errors, {
    _errors: [],
    requested_access_methods: { _errors: ['Required'] },
  })
})

for (const [path, body] of [
  ['/access_grants/get', {}],
  ['/access_grants/get', { access_grant_id: spaces.lobby, access_grant_key: 'k' }],
  ['/access_grants/update', { name: 'x' }],
  ['/access_grants/update', { access_grant_key: 'k', starts_at: '2030-01-01T08:00:00' }],
  ['/access_grants/create', { requested_access_methods: [] }],
  ['/access_grants/get_related', {}],
  ['/access_grants/unmanaged/update', { access_grant_id: spaces.lobby, is_managed: false }],
  ['/access_grants/list', { limit: 0 }],
  ['/access_grants/list', { limit: 1.5 }],
  ['/access_methods/list', {}],
  ['/access_methods/delete', {}],
  ['/acs/access_groups/add_user', { acs_access_group_id: spaces.lobby }],
  ['/acs/users/get', { user_identity_id: spaces.lobby }],
  ['/acs/users/update', { acs_user_id: spaces.lobby, email_address: null }],
  ['/acs/credentials/create', { access_method: 'code', acs_system_id: spaces.lobby }],
  ['/user_identities/create', { email_address: 'nobody' }],
  ['/user_identities/create', { full_name: '' }],
  ['/user_identities/create', { phone_number: 'call me' }],
  ['/spaces/create', {}],
  ['/spaces/create', { name: 'x', customer_data: { default_checkin_time: '25:00' } }],
  ['/spaces/add_devices', { space_id: spaces.lobby, device_ids: [] }],
  ['/events/list', {}],
] as const) {
  test(`Sandbox: ${path} refuses ${JSON.stringify(body)}`, async (t) => {
    const { refused } = await start(t)
    const { status, error } = await refused(path, body)
    t.is(status, 400)
    t.is(error.type, 'invalid_input')
  })
}

for (const [path, body, type] of [
  ['/access_grants/get', { access_grant_id: spaces.lobby }, 'access_grant_not_found'],
  ['/access_grants/delete', { access_grant_id: spaces.lobby }, 'access_grant_not_found'],
  ['/access_grants/update', { access_grant_key: 'nobody' }, 'access_grant_not_found'],
  [
    '/access_grants/get',
    { access_grant_id: officeIds.grants.unmanagedFrontDesk },
    'access_grant_not_found',
  ],
  ['/access_methods/get', { access_method_id: spaces.lobby }, 'access_method_not_found'],
  ['/acs/access_groups/get', { acs_access_group_id: spaces.lobby }, 'acs_access_group_not_found'],
  ['/acs/users/get', { acs_user_id: spaces.lobby }, 'acs_user_not_found'],
  ['/acs/credentials/get', { acs_credential_id: spaces.lobby }, 'acs_credential_not_found'],
  ['/acs/entrances/get', { acs_entrance_id: spaces.lobby }, 'acs_entrance_not_found'],
  ['/acs/systems/get', { acs_system_id: spaces.lobby }, 'acs_system_not_found'],
  ['/user_identities/get', { user_identity_key: 'nobody' }, 'user_identity_not_found'],
  ['/spaces/get', { space_key: 'nowhere' }, 'space_not_found'],
  ['/devices/get', { device_id: spaces.lobby }, 'device_not_found'],
] as const) {
  test(`Sandbox: ${path} does not find ${JSON.stringify(body)}`, async (t) => {
    const { refused } = await start(t)
    const { status, error } = await refused(path, body)
    t.is(status, 404)
    t.is(error.type, type)
  })
}

test('Sandbox: members that a call does not know are dropped without a word', async (t) => {
  const { send, call } = await start(t)
  const update = { space_id: spaces.gym, colour: 'red', space_key: 'sauna' }
  t.is((await send('POST', '/spaces/update', update)).status, 200)
  t.is((await call('/spaces/get', { space_id: spaces.gym })).space.space_key, 'gym')
})

test('Sandbox: a query repeats lists, spells null as nothing, and may use brackets', async (t) => {
  const { sandbox, send, call } = await start(t)
  const make = (key?: string) =>
    call('/access_grants/create', {
      user_identity_id: userIdentities.ivan,
      requested_access_methods: [],
      ...(key ? { access_grant_key: key } : {}),
    })
  const [{ access_grant: keyless }, { access_grant: keyed }] = [await make(), await make('k')]
  const idsOf = (answer: { body: Record<string, any> }) =>
    answer.body.access_grants.map((grant: Record<string, string>) => grant.access_grant_id)
  const list = (query: object) => send('GET', '/access_grants/list', query)
  t.deepEqual(idsOf(await list({ access_grant_key: null })), [keyless.access_grant_id])
  t.deepEqual(idsOf(await list({ access_grant_key: 'k' })), [keyed.access_grant_id])
  t.deepEqual(idsOf(await list({ access_grant_ids: [] })), [])
  const both = [keyless.access_grant_id, keyed.access_grant_id]
  t.deepEqual(idsOf(await list({ access_grant_ids: both, limit: 9 })), both)
  const brackets = await axios.get(`${sandbox.endpoint}/access_grants/list`, {
    params: { access_grant_ids: both },
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
  })
  t.deepEqual(idsOf({ body: brackets.data }), both)
  const flagged = await send('GET', '/acs/credentials/list', {
    is_multi_phone_sync_credential: true,
  })
  t.is(flagged.body.acs_credentials.length, 1)
})

test('Sandbox: pages follow each other under an opaque cursor bound to the question', async (t) => {
  const { call, refused, sandbox, send } = await start(t)
  const seen: string[] = []
  let page_cursor: string | null = null
  let pages = 0
  do {
    const given = { limit: 5, ...(page_cursor ? { page_cursor } : {}) }
    const { acs_entrances: doors, pagination } = await call('/acs/entrances/list', given)
    seen.push(...doors.map((door: { acs_entrance_id: string }) => door.acs_entrance_id))
    t.is(pagination.has_next_page, pagination.next_page_cursor !== null)
    t.is(pagination.next_page_url !== null, pagination.has_next_page)
    page_cursor = pagination.next_page_cursor
    pages++
    if (pages === 1) {
      const next = await fetch(pagination.next_page_url, {
        headers: { authorization: `Bearer ${sandbox.apiKey}` },
      })
      t.is(((await next.json()) as Record<string, any>).acs_entrances.length, 5)
      for (const other of [{ limit: 6 }, {}, { limit: 5, search: 'door' }]) {
        const { status, error } = await refused('/acs/entrances/list', { ...other, page_cursor })
        t.is(status, 400)
        t.is(error.type, 'mismatched_page_parameters')
      }
    }
  } while (page_cursor !== null)
  t.is(pages, 3)
  t.deepEqual(seen, Object.values(entrances))
  const nonsense = await send('GET', '/acs/entrances/list', { page_cursor: 'nonsense' })
  t.is(nonsense.status, 400)
})

test('Sandbox: what is made or deleted between two pages neither repeats nor hides others', async (t) => {
  const { call, person } = await start(t, { seed: 'empty' })
  const ids = [await person('One'), await person('Two'), await person('Three')]
  const first = await call('/user_identities/list', { limit: 2 })
  await call('/user_identities/delete', { user_identity_id: ids[0] })
  ids.push(await person('Four'))
  const { next_page_cursor: page_cursor } = first.pagination
  const second = await call('/user_identities/list', { limit: 2, page_cursor })
  const names = second.user_identities.map((one: { full_name: string }) => one.full_name)
  t.deepEqual(names, ['Three', 'Four'])
})
