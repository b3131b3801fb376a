import test, { type ExecutionContext } from 'ava'
import { create, read, remove, Session, update, type Stored } from '../../src/provider'
import { officeIds, type Sandbox } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { SeamIacError } from '../../src/seam'
import { isInShare } from '../fixtures/share'
import { wire } from '../seam/wire'
import { cases, pin, type Case } from './faults/cases'
import { office, planned, seed } from './office'

const { spaces, acsUsers, accessGroups } = officeIds

type Distort = (answer: string) => string

/** A sandbox whose answers are distorted on their way. */
async function behind(t: ExecutionContext, sandbox: Sandbox, distort: Distort) {
  const headers = {
    authorization: `Bearer ${sandbox.apiKey}`,
    'content-type': 'application/json',
  }
  const { endpoint } = await wire(t, (response, _nth, { path, body }) => {
    const request = { method: 'POST', headers, body: JSON.stringify(body) }
    fetch(sandbox.endpoint + path, request).then(
      async (answer) => {
        const text = await answer.text()
        response.writeHead(answer.status, { 'content-type': 'application/json' })
        response.end(distort(text))
      },
      () => response.destroy(),
    )
  })
  return (stillness = 20) => {
    const session = new Session(stillness)
    session.configure({ endpoint, apiKey: sandbox.apiKey })
    return session
  }
}

/** Every value that `isMeant` of every object in an answer, but not the answer itself. */
const each =
  (isMeant: (value: unknown) => boolean, instead: unknown): Distort =>
  (text) => {
    let isWhole = true
    return JSON.stringify(JSON.parse(text), (name, value: unknown) => {
      const isFirst = isWhole
      isWhole = false
      return !isFirst && name !== 'ok' && isMeant(value) ? instead : value
    })
  }

const isText = (value: unknown) => typeof value === 'string'
const isObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isEverything = (value: unknown) => value !== undefined

const nested = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels)

const distortions: Record<string, Distort> = {
  'null in place of everything': each(isEverything, null),
  'null in place of objects': each(isObject, null),
  'null in place of texts': each(isText, null),
  'null in place of lists': each(Array.isArray, null),
  'numbers in place of texts': each(isText, 4711),
  'numbers in place of lists': each(Array.isArray, 4711),
  'texts in place of lists': each(Array.isArray, 'none'),
  'texts in place of objects': each(isObject, 'none'),
  'lists in place of objects': each(isObject, []),
  'objects in place of texts': each(isText, {}),
  'lists of null': each(Array.isArray, [null]),
  'ids like paths': (text) => text.replace(/"(\w+_id)":"[^"]*"/g, '"$1":"../../$1\\u0000/?x=1#"'),
  'members that objects inherit': (text) =>
    text.replaceAll(
      '{"',
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"',
    ),
  'objects of a thousand levels': (text) =>
    text
      .replaceAll('{"', `{"deep":${nested(1_000)},"`)
      .replaceAll(
        '"warnings":[]',
        '"warnings":[{"warning_code":"new","message":"m","more":' + nested(1_000) + '}]',
      ),
  'answers that are no object': () => '[]',
  nothing: () => '',
}

async function all(session: Session, [definition, given, other]: Case): Promise<unknown[]> {
  const problems: unknown[] = []
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      problems.push(error)
      return undefined
    }
  }
  const inputs = planned(definition, given)
  const made = await attempt(() => create(definition, session, inputs, seed))
  const last: Stored = made ?? {
    id:
      definition.name === 'access_group_membership'
        ? `${accessGroups.labTeam}/${acsUsers.brivoHugo}`
        : spaces.lab,
    inputs,
    outputs: { ...inputs, workspace_id: officeIds.workspace },
  }
  await attempt(() => read(definition, session, last.id, last))
  await attempt(() => update(definition, session, last, planned(definition, other), seed))
  await attempt(() => remove(definition, session, last.id, last.outputs))
  return problems
}

for (const [row, [what, distort]] of Object.entries(distortions).entries()) {
  for (const [column, [name, one]] of Object.entries(cases).entries()) {
    if (!isInShare(row, column, 6)) continue
    test(`Hostile: ${what}, of a ${name}: a clear error, or none`, async (t) => {
      const { sandbox } = await office(t)
      const newSession = await behind(t, sandbox, distort)
      const problems = await all(newSession(), one)
      for (const problem of problems) {
        t.true(problem instanceof SeamIacError, String((problem as Error).stack))
        const { message } = problem as Error
        t.false(message.includes(pin) || message.includes(sandbox.apiKey), message)
        t.true(message.length < 2_000, message)
      }
      t.is(({} as Wire)['polluted'], undefined)
    })
  }
}
