import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { officeIds, startSandbox, type SeedData } from '../../src/sandbox'
import { client, start } from './client'
import { folder, run } from './command'

test('Sandbox: the office has what examples and tests need, under fixed ids', async (t) => {
  const { sandbox } = await start(t)
  const { store } = sandbox
  t.is(sandbox.workspaceId, officeIds.workspace)
  t.regex(sandbox.apiKey, /^seam_test/)
  t.is(store.acsSystems.size, 2)
  t.is(store.acsEntrances.size, 12)
  t.is(store.spaces.size, 6)
  t.is(store.acsAccessGroups.size, 4)
  for (const id of Object.values(officeIds.systems)) {
    t.true(store.acsUsers.where('acs_system_id', id).length >= 4)
  }
  t.true(store.acsCredentials.size >= 3)
  t.is(store.accessGrants.all().filter((grant) => !grant.is_managed).length, 1)
  t.true(store.spaces.all().every((space) => space.space_key !== undefined))
})

test('Sandbox: each seed is a workspace with a key of its own', async (t) => {
  const [office, empty] = [await start(t), await start(t, { seed: 'empty' })]
  t.not(office.sandbox.workspaceId, empty.sandbox.workspaceId)
  t.not(office.sandbox.apiKey, empty.sandbox.apiKey)
  const headers = { authorization: `Bearer ${office.sandbox.apiKey}` }
  t.is((await empty.send('POST', '/workspaces/get', {}, headers)).status, 401)
})

test('Sandbox: a seed may be data or a file, and leaves out what goes without saying', async (t) => {
  const [workspace_id, space_id] = [officeIds.workspace, officeIds.spaces.gym]
  const seed: SeedData = {
    workspace: { workspace_id, name: 'Villa' },
    api_key: 'seam_test_villa',
    spaces: [{ space_id, name: 'Cellar' }],
    user_identities: [{ user_identity_id: officeIds.userIdentities.ivan, full_name: 'Ivan' }],
  }
  const file = join(folder(t), 'villa.json')
  writeFileSync(file, JSON.stringify(seed))
  for (const given of [seed, file]) {
    const { call, sandbox } = await start(t, { seed: given })
    t.is(sandbox.apiKey, 'seam_test_villa')
    t.is((await call('/spaces/get', { space_id })).space.name, 'Cellar')
    t.is((await call('/user_identities/list')).user_identities[0].full_name, 'Ivan')
  }
  await t.throwsAsync(startSandbox({ seed: 'castle' }), { message: /castle is neither/ })
  writeFileSync(file, '{}')
  await t.throwsAsync(startSandbox({ seed: file }), { message: /needs workspace/ })
  const misspelled = { ...seed, acs_user: [] }
  writeFileSync(file, JSON.stringify(misspelled))
  for (const given of [misspelled, file]) {
    await t.throwsAsync(startSandbox({ seed: given }), {
      message: /cannot be used: it has "acs_user", which no sandbox keeps; there are .*acs_users,/,
    })
  }
})

test('Sandbox: what it held is there again after a restart with its data file', async (t) => {
  const dataFile = join(folder(t), 'new/data.json')
  const first = await startSandbox({ dataFile })
  const { person, call } = client(t, first)
  const user_identity_id = await person('Ann')
  const { access_grant: made } = await call('/access_grants/create', {
    user_identity_id,
    requested_access_methods: [{ mode: 'code' }],
    space_keys: ['lobby'],
    access_grant_key: 'ann',
  })
  await first.stop()
  const kept = JSON.parse(readFileSync(dataFile, 'utf8')) as { access_grants: object[] }
  t.is(kept.access_grants.length, 2)
  const again = await start(t, { dataFile, seed: 'empty' })
  t.is(again.sandbox.workspaceId, officeIds.workspace)
  const read = await again.call('/access_grants/get', { access_grant_key: 'ann' })
  t.deepEqual(read.access_grant, made)
})

test('Sandbox: it listens on the loopback address alone, on the port that was asked for', async (t) => {
  const { sandbox } = await start(t)
  const port = Number(new URL(sandbox.endpoint).port)
  await t.throwsAsync(startSandbox({ port }), { message: /EADDRINUSE/ })
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
  for (const { address } of others) {
    const socket = connect(port, address)
    await t.throwsAsync(once(socket, 'connect'))
  }
})

test('Sandbox: it stops although connections are kept alive', async (t) => {
  const sandbox = await startSandbox()
  await client(t, sandbox).call('/workspaces/get')
  await sandbox.stop()
  await t.throwsAsync(fetch(sandbox.endpoint))
  const next = await startSandbox({ port: Number(new URL(sandbox.endpoint).port) })
  await next.stop()
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`Sandbox: the command prints one line of JSON and ends well on ${signal}`, async (t) => {
    const { line, end } = await run(t, '--port', '0', '--json')
    const printed = JSON.parse(await line()) as {
      apiKey: string
      endpoint: string
      workspaceId: string
    }
    t.deepEqual(Object.keys(printed), ['endpoint', 'apiKey', 'workspaceId'])
    const answer = await fetch(`${printed.endpoint}/workspaces/get`, {
      headers: { authorization: `Bearer ${printed.apiKey}` },
    })
    const { workspace } = (await answer.json()) as { workspace: { workspace_id: string } }
    t.is(workspace.workspace_id, printed.workspaceId)
    t.is(await end(signal), 0)
  })
}

test('Sandbox: the command says how to use it, and takes seed, data and delay', async (t) => {
  const data = join(folder(t), 'data.json')
  const { line, end } = await run(t, '--seed', 'empty', '--data', data, '--latency', '1')
  t.regex(await line(), /^A local Seam answers at http:\/\/127\.0\.0\.1:\d+$/)
  t.regex(await line(), /API key {4}seam_testEmpty/)
  t.is(await end('SIGINT'), 0)
  t.is((JSON.parse(readFileSync(data, 'utf8')) as SeedData).workspace.name, 'Empty Sandbox')
})

test('Sandbox: the command starts a building of any size', async (t) => {
  const { line, end } = await run(t, '--json', '--people', '3', '--members-per-group', '2')
  const { endpoint, apiKey } = JSON.parse(await line()) as { endpoint: string; apiKey: string }
  const answer = await fetch(`${endpoint}/user_identities/list`, {
    headers: { authorization: `Bearer ${apiKey}` },
  })
  const { user_identities: people } = (await answer.json()) as { user_identities: object[] }
  t.is(people.length, 3)
  t.is(await end('SIGTERM'), 0)
  const { exit } = await run(t, '--seed', 'office', '--people', '3')
  t.deepEqual(await exit, [1, null])
})

test('Sandbox: the command refuses what it cannot start with', async (t) => {
  const { line, exit } = await run(t, '--seed', 'castle')
  t.is(await line(), 'undefined')
  t.deepEqual(await exit, [1, null])
})
