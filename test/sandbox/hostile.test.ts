import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { start } from './client'

const names = {
  markup: '<script>alert("1")</script><img src=x onerror=alert(2)>',
  'terminal codes': '\u001b[31mred\u001b[0m\u001b]0;title\u0007',
  'line ends': 'one\ntwo\r\nthree\u2028four\u0000',
  'wide and joined letters': '\u202egnp.exe 👩‍👩‍👧 Ａ é \ud800',
  'the name of a prototype': '__proto__',
  'ten thousand letters': 'x'.repeat(10_000),
}

for (const [kind, name] of Object.entries(names)) {
  test(`Sandbox: a name of ${kind} is kept as it came`, async (t) => {
    const { call } = await start(t)
    const { access_grant: made } = await call('/access_grants/create', {
      user_identity: { full_name: name, user_identity_key: name },
      requested_access_methods: [],
      access_grant_key: name,
      name,
    })
    t.is(made.name, name)
    const { access_grant: read } = await call('/access_grants/get', { access_grant_key: name })
    t.deepEqual(read, made)
    const { user_identity: person } = await call('/user_identities/get', {
      user_identity_key: name,
    })
    t.is(person.full_name, name)
    const { space } = await call('/spaces/create', { name, space_key: name })
    t.is((await call('/spaces/list', { space_key: name })).spaces[0].space_id, space.space_id)
  })
}

test('Sandbox: metadata may be nested deeply, and the answer keeps all of it', async (t) => {
  const { send, sandbox } = await start(t)
  let nested: object = { text: names.markup }
  for (let depth = 0; depth < 200; depth++) nested = { nested, list: [null, depth] }
  const { entrances } = officeIds
  sandbox.store.acsEntrances.update(entrances.roof, { metadata: { brivo_metadata: nested } })
  const { body } = await send('POST', '/acs/entrances/get', { acs_entrance_id: entrances.roof })
  t.deepEqual(body.acs_entrance.brivo_metadata, nested)
})

test('Sandbox: the log of requests lets go of the oldest when what they say is too much', async (t) => {
  const { send, sandbox } = await start(t, { seed: 'empty' })
  const full_name = 'x'.repeat(9_000_000)
  for (let call = 0; call < 9; call++) {
    t.is((await send('POST', '/nowhere', { call, full_name })).status, 404)
  }
  const kept = sandbox.requests.map(({ body }) => (body as { call: number }).call)
  t.is(kept.at(-1), 8)
  t.true(kept.length < 9)
  t.deepEqual(kept, [...kept].sort())
})
