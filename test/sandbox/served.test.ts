import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { endpoints } from '../../src/sandbox/endpoints'
import { unserved } from '../../src/sandbox/endpoints/unserved'
import { apiPaths } from '../fixtures/openapi'
import { start } from './client'

const page = readFileSync(join(__dirname, '../../docs/sandbox.md'), 'utf8')
const section = (title: string) => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
const paths = (text: string) => text.match(/(?<=^\| `)\/[\w/]+(?=`)/gm) ?? []

const served = endpoints.map(({ path }) => path)

test('Sandbox: every call of the document is served, or known not to be', (t) => {
  const known = [...served.filter((path) => apiPaths.has(path)), ...unserved.keys()]
  t.deepEqual(known.sort(), [...apiPaths.keys()].sort())
})

test('Sandbox: its page lists what is served and what is not', (t) => {
  t.deepEqual(paths(section('Calls that it answers')), [...served].sort())
  const rows = [...unserved].sort().map(([path, why]) => `| \`${path}\` | ${why} |`)
  const said = section('Calls that it does not answer').replaceAll(/ +/g, ' ')
  t.deepEqual(
    rows.filter((row) => !said.includes(row)),
    [],
  )
  t.is(paths(section('Calls that it does not answer')).length, rows.length)
})

for (const [path, why] of unserved) {
  test(`Sandbox: ${path} says that it is not served, and why`, async (t) => {
    const { refused, sandbox } = await start(t)
    const { status, error } = await refused(path)
    t.is(status, 501)
    t.like(error, {
      type: 'not_implemented',
      message: `The sandbox does not serve ${path}. ${why}`,
    })
    t.is(sandbox.requests.length, 1)
  })
}
