import test from 'ava'
import PQueue from 'p-queue'
import { cell } from './faults/run'
import { scenarios } from './faults/scenarios'
import { troubles } from './faults/troubles'
import { isInShare } from '../fixtures/share'

/** Cells wait more than they work; this many at once keep a processor busy. */
const queue = new PQueue({ concurrency: 40 })

scenarios.forEach((scenario, row) => {
  const met = troubles.filter((_, column) => isInShare(row, column, 12))
  const { path, how } = scenario
  test(`Faults: ${[path, how].filter(Boolean).join(', ')}: whatever goes wrong, there is what was wanted, once`, async (t) => {
    t.timeout(600_000)
    const wrong = await Promise.all(
      met.map(async (trouble) =>
        (await queue.add(() => cell(scenario, trouble))).map((what) => `${trouble.what}: ${what}`),
      ),
    )
    t.deepEqual(wrong.flat(), [])
  })
})
