import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
// First, so that the sandbox finds one more collection in its table.
import './gadgets'
import { buildingSeed, startSandbox, type Sandbox, type Store } from '../../src/sandbox'
import { seedNames } from '../../src/sandbox/seeds'
import { collectionNames, kindOf } from '../../src/sandbox/store/members'
import { Replica } from '../../src/sandbox/store/replica'
import { start } from './client'
import { folder, run } from './command'

type Document = Record<string, unknown>

const added = 'spare_gadgets'
const names: readonly string[] = collectionNames
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Document

/** A record of each collection, none of which is due. */
function fill(store: Store): void {
  for (const name of collectionNames) {
    const { id, complete } = kindOf(name)
    store.collection(name)?.add(complete({ [id]: 'one', due_at: '9999-01-01T00:00:00.000Z' }))
  }
}

/** The control API, whose answer comes after the change is in the file. */
async function control(sandbox: Sandbox, method: string, path: string, body?: object) {
  const response = await fetch(`${sandbox.endpoint}/_sandbox/${path}`, {
    method,
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  return (await response.json()) as Document
}

/** A data file with a record in each collection. */
async function filled(t: ExecutionContext): Promise<string> {
  const dataFile = join(folder(t), 'data.json')
  const sandbox = await startSandbox({ dataFile })
  fill(sandbox.store)
  await sandbox.stop()
  return dataFile
}

for (const seed of [...seedNames, buildingSeed({ grants: 3 })]) {
  const title = typeof seed === 'string' ? seed : 'building'
  test(`Collections: each is in the store and its snapshot after the seed ${title}`, async (t) => {
    const { sandbox } = await start(t, { seed })
    const { store } = sandbox
    t.true(names.includes(added) && names.length > 10)
    t.deepEqual(Object.keys(store.snapshot()).slice(3), names)
    for (const name of names) {
      const member = name.replace(/_[a-z]/g, ([, letter]) => letter!.toUpperCase())
      t.is<unknown, unknown>(store[member as 'events'], store.collection(name), name)
      t.truthy(store.collection(name), name)
    }
  })
}

test('Collections: a record of a seed has the defaults and the indexes of its row', async (t) => {
  const seed = { ...buildingSeed({ grants: 1 }), [added]: [{ gadget_id: 'one' }] }
  const { sandbox } = await start(t, { seed })
  const gadgets = sandbox.store.collection(added)
  const expected = { gadget_id: 'one', colour: 'grey' }
  t.deepEqual<unknown, unknown>(gadgets?.find('colour' as never, 'grey'), expected)
})

test('Collections: a data file from before a collection opens with it empty', async (t) => {
  const dataFile = await filled(t)
  const whole = read(dataFile)
  for (const name of names) {
    const { [name]: without, ...old } = whole
    t.true(Array.isArray(without), name)
    writeFileSync(dataFile, JSON.stringify(old))
    const sandbox = await startSandbox({ dataFile, seed: 'empty' })
    t.deepEqual<object, object>(sandbox.store.snapshot(), { ...whole, [name]: [] }, name)
    await sandbox.stop()
    t.deepEqual(read(dataFile), { ...whole, [name]: [] }, name)
  }
})

test('Collections: a snapshot from before a collection loads with it empty', async (t) => {
  const { sandbox } = await start(t)
  fill(sandbox.store)
  for (const name of names) {
    const whole = sandbox.store.snapshot()
    const { [name as 'events']: _, ...old } = whole
    sandbox.store.load(old as typeof whole)
    t.deepEqual<object, object>(sandbox.store.snapshot(), { ...whole, [name]: [] }, name)
  }
})

test('Collections: the command starts on a data file from before a collection', async (t) => {
  const dataFile = await filled(t)
  const { [added]: _, devices: __, ...old } = read(dataFile)
  writeFileSync(dataFile, JSON.stringify(old))
  const command = await run(t, '--json', '--data', dataFile)
  const { endpoint } = JSON.parse(await command.line()) as { endpoint: string }
  const response = await fetch(`${endpoint}/_sandbox/store`)
  t.deepEqual((await response.json()) as object, { ...old, devices: [] })
  t.is(await command.end('SIGINT'), 0)
  t.deepEqual(read(dataFile).devices, [])
})

test('Collections: the command refuses a data file with one that it does not know', async (t) => {
  // A command that accepts the file would run on.
  t.timeout(60_000)
  const dataFile = await filled(t)
  const text = readFileSync(dataFile, 'utf8')
  const { [added]: _, ...known } = read(dataFile)
  const changed = `${JSON.stringify(known)}\n[["spaces","one"],["${added}","one"]]\n`
  for (const newer of [text, changed]) {
    writeFileSync(dataFile, newer)
    const { said, exit } = await run(t, '--data', dataFile)
    t.regex(await said(), new RegExp(`${dataFile}.*"${added}".*version that wrote it`, 's'))
    t.deepEqual(await exit, [1, null])
    t.is(readFileSync(dataFile, 'utf8'), newer)
  }
})

test('Collections: records of each come back from changes, and from a whole file', async (t) => {
  const dataFile = join(folder(t), 'data.json')
  const first = await startSandbox({ dataFile })
  fill(first.store)
  await control(first, 'PATCH', 'store/spaces/one', { name: 'One' })
  const held = first.store.snapshot()
  const copy = `${dataFile}.copy`
  copyFileSync(dataFile, copy)
  t.true(readFileSync(copy, 'utf8').trim().includes('\n'))
  await first.stop()
  for (const file of [copy, dataFile]) {
    const { sandbox } = await start(t, { dataFile: file })
    t.deepEqual(sandbox.store.snapshot(), held)
    t.true(names.every((name) => sandbox.store.collection(name)?.has('one')))
  }
})

test('Collections: the control API shows, changes and deletes records of each', async (t) => {
  const { sandbox } = await start(t)
  fill(sandbox.store)
  for (const name of names) {
    const held = sandbox.store.collection(name)!
    await control(sandbox, 'PATCH', `store/${name}/one`, { colour: 'red' })
    const shown = (await control(sandbox, 'GET', 'store'))[name] as Document[]
    t.is(shown.find((record) => record[held.idMember] === 'one')?.colour, 'red', name)
    await control(sandbox, 'DELETE', `store/${name}/one`)
    t.false(held.has('one'), name)
  }
})

test('Collections: a replica follows each', async (t) => {
  const { sandbox } = await start(t)
  const replica = new Replica(sandbox.store, 0)
  fill(sandbox.store)
  await new Promise((resolve) => setTimeout(resolve, 5))
  const copy = replica.read()
  for (const name of names) {
    t.deepEqual(copy.collection(name)?.all(), sandbox.store.collection(name)?.all(), name)
  }
  replica.close()
})
