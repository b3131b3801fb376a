import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import fc from 'fast-check'
import { markdown, readPulumi, review } from '../../src/review'
import { assertSafe } from './safety'
import { recordedAt } from './programs'

const plan = (name: string) => readFileSync(join(__dirname, 'cases', name, 'plan.json'), 'utf8')
const wording = { timeZone: 'UTC', showContacts: false }
const now = Date.parse(recordedAt)

/** Characters that mean something to a forge come more often than others. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'<>&"\'`|*_~[]()!#@\\/:$-+=.{}\n\r\t 0aZ'),
    fc.constantFrom('</details>', '<!--', '-->', '```', '\u202e', '\u2066', '\u0000', '\u001b[31m'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  minLength: 1,
  maxLength: 60,
})

/** The plan with other names in it, as the engine would spell them. */
const renamed = (text: string, names: Record<string, string>): string =>
  Object.entries(names).reduce(
    (rest, [from, to]) => rest.replaceAll(from, () => JSON.stringify(to).slice(1, -1)),
    text,
  )

test('Report: names of any characters are never markup, mentions or other rows', (t) => {
  const moved = plan('move-of-team')
  fc.assert(
    fc.property(hostile, hostile, hostile, (person, space, grant) => {
      const names = { 'Bo Lindgren': person, Studio: space, 'bo-studio': grant }
      const said = markdown(review(readPulumi(renamed(moved, names)), { now }), [], wording)
      assertSafe(t, said)
      return said.includes('#### Loses (1 person)')
    }),
    { numRuns: 300 },
  )
})

test('Report: an error of any characters is never markup, and never too long', (t) => {
  const failed = plan('failed-program')
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 200 }), (words) => {
      const names = { 'There is no team <b>marketing</b> in policy.json': words.join(' ') }
      // The engine spells angle brackets as escapes.
      const spelled = failed.replaceAll('\\u003c', '<').replaceAll('\\u003e', '>')
      assertSafe(t, markdown(review(readPulumi(renamed(spelled, names)), { now }), [], wording))
    }),
    { numRuns: 200 },
  )
})
