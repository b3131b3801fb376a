import test from 'ava'
import { terraformFolder } from '../fixtures/terraform'

const output = (...given: string[]) =>
  `output "at" { value = provider::seam::access_window(${given.map((text) => `"${text}"`).join(', ')}) }`

const answers: readonly (readonly [time: string, zone: string, answer: string])[] = [
  ['2027-03-27 09:00', 'Europe/Berlin', '2027-03-27T09:00:00+01:00'],
  ['2027-03-28 09:00', 'Europe/Berlin', '2027-03-28T09:00:00+02:00'],
  ['2027-10-31T09:00:30', 'Europe/Berlin', '2027-10-31T09:00:30+01:00'],
  ['2027-07-01 00:00', 'Asia/Kathmandu', '2027-07-01T00:00:00+05:45'],
  ['2027-07-01 00:00', 'UTC', '2027-07-01T00:00:00+00:00'],
]

test('Functions: access_window is right on both sides of a change of the clocks', async (t) => {
  const office = await terraformFolder(t, '')
  for (const [time, zone, answer] of answers) {
    await office.write(output(time, zone))
    await office.apply()
    const { stdout } = await office.run('output', '-raw', 'at')
    t.is(stdout, answer)
  }
})

const refused: readonly (readonly [time: string, zone: string, expected: RegExp])[] = [
  ['2027-03-28 02:30', 'Europe/Berlin', /does not exist in Europe\/Berlin/],
  [
    '2027-10-31 02:30',
    'Europe/Berlin',
    /comes twice .* 2027-10-31T02:30:00\+02:00 or 2027-10-31T02:30:00\+01:00/,
  ],
  ['2027-04-31 02:30', 'Europe/Berlin', /is no date and time/],
  ['tomorrow', 'Europe/Berlin', /is no date and time/],
  ['2027-03-28 09:00', 'Europe/Atlantis', /is no time zone/],
]

test('Functions: access_window refuses what the clocks do not show, or show twice', async (t) => {
  const office = await terraformFolder(t, '')
  for (const [time, zone, expected] of refused) {
    await office.write(output(time, zone))
    t.regex((await office.failedApply()).replace(/[\s│]+/g, ' '), expected)
  }
})
