import test from 'ava'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { canonicalInstant } from '../../src/schema/check'

/** What is calculated, without the way that sees at once what is spelled right already. */
function calculated(text: string): string | undefined {
  try {
    return Temporal.Instant.from(text).round('millisecond').toString()
  } catch {
    return undefined
  }
}

const two = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((one) => String(one).padStart(2, '0'))

/** Instants, and what is nearly one: the 30th of February, 24 and 25 o'clock, a second too many. */
const spelled = fc
  .record({
    year: fc.integer({ min: 0, max: 9999 }).map((one) => String(one).padStart(4, '0')),
    month: two(0, 13),
    day: two(0, 32),
    hour: two(0, 25),
    minute: two(0, 60),
    second: two(0, 61),
    fraction: fc.constantFrom('', '.', '.0', '.5', '.50', '.12', '.123', '.1234', '.9999'),
    zone: fc.constantFrom('Z', 'z', '+00:00', '+02:00', '-11:30', ''),
  })
  .map(
    ({ year, month, day, hour, minute, second, fraction, zone }) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`,
  )

test('Instants: what is spelled right already is what a calculation answers, and nothing else is', (t) => {
  fc.assert(
    fc.property(spelled, (text) => canonicalInstant(text) === calculated(text)),
    { numRuns: 20_000, seed: 20_261_128 },
  )
  const texts = ['2026-02-29T00:00:00Z', '2026-03-01T09:00:00Z', '2026-12-31T24:00:00Z']
  t.deepEqual(texts.map(canonicalInstant), texts.map(calculated))
})
