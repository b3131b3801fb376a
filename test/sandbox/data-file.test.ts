import {
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { buildingSeed, officeIds, startSandbox, type Sandbox } from '../../src/sandbox'
import { client, start } from './client'
import { folder, run } from './command'

/** Calls something, so that everything until then is in the file. */
const settle = (sandbox: Sandbox) =>
  fetch(`${sandbox.endpoint}/workspaces/get`, {
    headers: { authorization: `Bearer ${sandbox.apiKey}` },
  })

test('Sandbox: what a write costs the data file does not depend on how much it holds', async (t) => {
  const dataFile = join(folder(t), 'data.json')
  const { person } = await start(t, { dataFile, seed: buildingSeed({ grants: 5_000 }) })
  const before = statSync(dataFile)
  t.true(before.size > 1_000_000)
  for (let count = 0; count < 20; count++) await person(`Person ${count}`)
  const after = statSync(dataFile)
  t.is(after.ino, before.ino)
  t.true(after.size - before.size < 20_000)
})

test('Sandbox: no write that was answered is lost when the process is killed', async (t) => {
  const data = join(folder(t), 'data.json')
  const killed = await run(t, '--json', '--grants', '2000', '--data', data)
  const { endpoint, apiKey } = JSON.parse(await killed.line()) as Record<string, string>
  const answered = new Map<string, string>()
  const worker = async (name: number) => {
    for (let count = 0; ; count++) {
      const user_identity_key = `${name}/${count}`
      const response = await fetch(`${endpoint}/user_identities/create`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ user_identity_key }),
      })
      const { user_identity: made } = (await response.json()) as Record<string, any>
      answered.set(user_identity_key, made.user_identity_id)
      if (answered.size === 250) await killed.end('SIGKILL')
    }
  }
  await Promise.allSettled(Array.from({ length: 8 }, (_, name) => worker(name)))
  await killed.exit
  t.true(answered.size >= 250)
  const { sandbox } = await start(t, { dataFile: data })
  const { userIdentities: people } = sandbox.store
  const lost = [...answered].filter(([key, id]) => people.get(id)?.user_identity_key !== key)
  t.deepEqual(lost, [])
})

test('Sandbox: every order of writes is read back as it was', async (t) => {
  const dataFile = join(folder(t), 'data.json')
  const { sandbox } = await start(t, { dataFile })
  const { spaces, memberships, userIdentities: people } = sandbox.store
  const created_at = '2024-01-15T09:00:00.000Z'
  const person = (id: string) => ({
    user_identity_id: id,
    user_identity_key: null,
    full_name: id,
    email_address: null,
    phone_number: null,
    created_at,
    errors: [],
    warnings: [],
  })
  const [edge] = memberships.all()
  for (let turn = 0; turn < 60; turn++) {
    people.add(person(`person-${turn % 7}`))
    if (turn % 3 === 0) people.delete(`person-${(turn * 5) % 7}`)
    people.update(`person-${turn % 5}`, { full_name: `turn ${turn}` })
    if (turn % 4 === 0) memberships.delete(edge!.membership_id)
    if (turn % 4 === 1) memberships.add(edge!)
    spaces.update(officeIds.spaces.gym, { name: `Gym ${turn}`, space_key: undefined })
    if (turn % 6 < 2) await settle(sandbox)
  }
  await settle(sandbox)
  t.true(readFileSync(dataFile, 'utf8').split('\n').length > 10)
  const copy = `${dataFile}.copy`
  copyFileSync(dataFile, copy)
  const { sandbox: again } = await start(t, { dataFile: copy })
  t.deepEqual(again.store.snapshot(), sandbox.store.snapshot())
})

test('Sandbox: a last line that was cut off counts as never written', async (t) => {
  const dataFile = join(folder(t), 'data.json')
  const { person, sandbox } = await start(t, { dataFile, seed: 'empty' })
  await person('Ann')
  const before = sandbox.store.snapshot()
  const ends = statSync(dataFile).size
  await person('Ben')
  const text = readFileSync(dataFile)
  for (const size of [ends + 1, ends + 20, text.length - 2, text.length - 1]) {
    const copy = `${dataFile}.${size}`
    writeFileSync(copy, text.subarray(0, size))
    const again = await start(t, { dataFile: copy })
    t.deepEqual(again.sandbox.store.snapshot(), before, String(size))
    await again.person('Eve')
    await again.sandbox.stop()
    const last = await start(t, { dataFile: copy })
    t.is(last.sandbox.store.userIdentities.size, 2)
  }
})

test('Sandbox: a data file of one document, with less in it, is read and goes on', async (t) => {
  const dataFile = join(folder(t), 'data.json')
  const first = await startSandbox({ dataFile })
  await client(t, first).person('Ann')
  await first.stop()
  const {
    events: _,
    settlements: __,
    ...old
  } = JSON.parse(readFileSync(dataFile, 'utf8')) as Record<string, unknown>
  for (const text of [JSON.stringify(old), JSON.stringify(old, null, 2)]) {
    writeFileSync(dataFile, text)
    const again = await startSandbox({ dataFile })
    t.is(again.store.userIdentities.size, 3)
    await again.stop()
  }
})

test('Sandbox: a data file is one document after a stop, whatever was changed last', async (t) => {
  const dataFile = join(folder(t), 'data.json')
  const sandbox = await startSandbox({ dataFile })
  sandbox.store.spaces.update(officeIds.spaces.gym, { name: 'Pool' })
  await sandbox.stop()
  t.deepEqual(JSON.parse(readFileSync(dataFile, 'utf8')), sandbox.store.snapshot())
})

const head = { workspace: { workspace_id: 'w', name: 'W' }, api_key: 'seam_secret' }
const sound = JSON.stringify(head)

for (const [what, text] of Object.entries({
  'no JSON': 'seam_secret',
  nothing: '',
  null: 'null',
  'a list': '[]',
  'no workspace': '{"api_key":"seam_secret"}',
  'half a document': sound.slice(0, -3),
  'a document that goes on': `${sound} seam_secret`,
  'something else than a list': JSON.stringify({ ...head, spaces: 7 }),
  'a record that is none': JSON.stringify({ ...head, spaces: [null] }),
  'a record without an id': JSON.stringify({ ...head, spaces: [{ name: 'seam_secret' }] }),
  'a broken line in the middle': `${sound}\n[["spaces",\n[]\n`,
  'a broken line at the end': `${sound}\n[["spaces","seam_secret\n`,
  'a change of what does not exist': `${sound}\n[["castles",{"castle_id":"seam_secret"}]]\n`,
  'a change without an id': `${sound}\n[["spaces",{"name":"seam_secret"}]]\n`,
  'a change that is none': `${sound}\n[null]\n`,
})) {
  test(`Sandbox: a data file with ${what} is named, and left as it is`, async (t) => {
    const dataFile = join(folder(t), 'data.json')
    writeFileSync(dataFile, text)
    const error = await t.throwsAsync(startSandbox({ dataFile }))
    t.true(error?.message.startsWith(`Cannot read the sandbox data in ${dataFile}: `))
    t.false(error?.message.includes('seam_secret'))
    t.is(readFileSync(dataFile, 'utf8'), text)
    t.deepEqual(readdirSync(join(dataFile, '..')), ['data.json'])
  })
}

test('Sandbox: a folder in place of a data file is refused by name', async (t) => {
  const dataFile = folder(t)
  await t.throwsAsync(startSandbox({ dataFile }), { message: /Cannot read .*: EISDIR/ })
  t.false(existsSync(`${dataFile}.lock`))
})

test('Sandbox: a data file is of one sandbox at a time', async (t) => {
  const dataFile = join(folder(t), 'data.json')
  const first = await startSandbox({ dataFile })
  const { person } = client(t, first)
  const message = new RegExp(`${dataFile} is in use by the sandbox of process ${process.pid}`)
  await t.throwsAsync(startSandbox({ dataFile }), { message })
  const { said, exit } = await run(t, '--data', dataFile)
  t.regex(await said(), message)
  t.deepEqual(await exit, [1, null])
  await person('Ann')
  await first.stop()
  t.deepEqual(readdirSync(join(dataFile, '..')), ['data.json'])
  t.is((await start(t, { dataFile })).sandbox.store.userIdentities.size, 3)
})

test('Sandbox: a file whose sandbox could not start is free again', async (t) => {
  const dataFile = join(folder(t), 'data.json')
  const { sandbox } = await start(t)
  const port = Number(new URL(sandbox.endpoint).port)
  await t.throwsAsync(startSandbox({ dataFile, port }), { message: /EADDRINUSE/ })
  await t.throwsAsync(startSandbox({ dataFile: `${dataFile}2`, seed: 'castle' }))
  t.deepEqual(readdirSync(join(dataFile, '..')), ['data.json'])
  await start(t, { dataFile })
  await start(t, { dataFile: `${dataFile}2` })
  t.pass()
})
