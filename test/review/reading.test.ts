import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { markdown, readPulumi, review, unmatched } from '../../src/review'
import { asked, house, houseFor, pin } from './asking'
import { ana, grant, lab, labId, now, planOf, reviewOf, step, wording } from './plans'

const gone = step('delete', { type: 'AccessGrant', name: 'g', id: 'g', before: grant([labId]) })
const document = JSON.stringify({ steps: [ana, lab, gone], changeSummary: {} }, null, 4)

/** However the CLI prints a plan, it is the same plan. */
const printed: Record<string, string> = {
  'with lines before it': `Previewing update (test)\n${document}\n`,
  'with a warning behind it': `${document}\nwarning: A new version of Pulumi is available. {}\n`,
  'with lines on both sides': `warning: careful\n${document}\nwarning: {"a": 1}\n`,
  'with a byte order mark': `\uFEFF${document}`,
  'with line ends of Windows': document.replaceAll('\n', '\r\n'),
  'with a byte order mark and a warning': `\uFEFFwarning: x\r\n${document.replaceAll('\n', '\r\n')}\r\nwarning: y\r\n`,
}

for (const [how, text] of Object.entries(printed)) {
  test(`Review: a plan ${how} is read`, (t) => {
    t.deepEqual(readPulumi(text), readPulumi(document))
  })
}

test('Review: a plan in streaming form is read as it was printed', (t) => {
  const text = readFileSync(join(__dirname, 'streams/renamed.jsonl'), 'utf8')
  const plan = readPulumi(text)
  t.is(plan.stack, 'program/test')
  t.true(plan.isWhole)
  t.deepEqual(
    plan.changes.map(({ name, action, renamed }) => [name, action, renamed?.name]),
    [
      ['ana', 'keep', undefined],
      ['ana-other', 'create', undefined],
      ['ana-lab', 'delete', undefined],
    ],
  )
  t.deepEqual(plan.warnings, [{ message: 'careful', name: undefined }])
  t.deepEqual(plan.errors, [])
  const said = markdown(review(plan, { now }), [], wording)
  t.regex(said, /^### Access in program\/test: /)
  t.notRegex(said, /debug|Registering/)
  t.deepEqual(readPulumi(`\uFEFF${text.replaceAll('\n', '\r\n')}`), plan)
})

const guarded = (people: string[], doors: string[] = []) => ({
  guards: { protected: { people, doors } },
})

test('Guards: a protected name that nothing has is said, with the nearest one', async (t) => {
  const seen = reviewOf(ana, lab, gone)
  t.deepEqual(unmatched(seen, guarded(['Ana Ruiz'], ['Lab'])), [])
  const [told, ...more] = unmatched(seen, guarded(['Anna Ruis']))
  t.deepEqual(more, [])
  t.regex(told!, /protected people: Anna Ruis .*only Seam could tell.* Did you mean Ana Ruiz\?/)
  t.notRegex(unmatched(seen, guarded([], ['Zeppelin hangar']))[0]!, /Did you mean/)

  const sandbox = await houseFor(t)
  const known = await asked(
    sandbox,
    planOf(
      step('create', { type: 'AccessGrant', name: 'g', after: pin({ deviceIds: [house.lock] }) }),
    ),
  )
  const names = guarded(['Person 2', 'Person 7'], ['Door 2', 'Space 1', 'Group 1', house.doors[0]])
  t.deepEqual(
    unmatched(known, names).map((one) => one.replace(/ is a name that.*/, '')),
    ['protected people: Person 7', 'protected doors: Group 1'],
  )
})

test('Guards: names that nothing has stand in the report', (t) => {
  const seen = reviewOf(ana, lab, gone)
  const said = markdown(seen, [], {
    ...wording,
    unmatched: unmatched(seen, guarded(['Anna Ruiz'])),
  })
  t.regex(said, /CAUTION[^]*protected people: Anna Ruiz/)
})
