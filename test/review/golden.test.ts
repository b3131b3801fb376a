import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import test from 'ava'
import schema from '../../src/review/schemas/report.json'
import { cases } from './programs'
import { planted } from './programs/secrets'
import { rendered } from './rendering'
import { assertSafe } from './safety'

const folder = join(__dirname, 'cases')
const names = readdirSync(folder)
const read = (...path: string[]) => readFileSync(join(__dirname, ...path), 'utf8')

// In draft 7, a description beside a reference is for readers alone.
const isReport = new Ajv({ allErrors: true, strict: false }).compile(schema)

test('Cases: each has a folder, and each folder is of a case', (t) => {
  t.true(names.length >= 25)
  t.deepEqual([...cases.keys()].sort(), names.sort())
  for (const name of names) {
    t.deepEqual(readdirSync(join(folder, name)).sort(), [
      'expected.json',
      'expected.md',
      'plan.json',
    ])
  }
})

for (const name of names) {
  test(`Report: ${name.replaceAll('-', ' ')}`, async (t) => {
    const one = cases.get(name)!
    const states = join('states', `${name}.json`)
    const state = existsSync(join(__dirname, states)) ? read(states) : undefined
    const buildings = join('buildings', `${name}.json`)
    const building = one.withNames ? read(buildings) : undefined
    const said = await rendered(one, read('cases', name, 'plan.json'), state, building)
    t.is(said.markdown, read('cases', name, 'expected.md'))
    t.deepEqual(JSON.parse(said.json), JSON.parse(read('cases', name, 'expected.json')))

    const { markdown, json, text } = said
    t.true(isReport(JSON.parse(json)), JSON.stringify(isReport.errors, null, 1))
    assertSafe(t, markdown)
    for (const secret of planted) {
      for (const report of [markdown, json, text]) t.false(report.includes(secret), secret)
    }
    // eslint-disable-next-line no-control-regex
    t.notRegex(json + markdown + text, /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/)
  })
}
