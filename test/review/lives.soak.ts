// Random lives of a building, of which each review and each search for drift is compared with what
// happens: as many as somebody has time for.
import test from 'ava'
import { lived } from './lives/life'

const numberOf = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)

// The first of so many seeds; another one each time, unless it is given.
const first = numberOf('DOORS_SEED', Math.floor(Math.random() * 1_000_000))
const count = numberOf('DOORS_LIVES', 25)
const length = { edits: numberOf('DOORS_EDITS', 12), drifts: numberOf('DOORS_DRIFTS', 3) }

for (let seed = first; seed < first + count; seed += 1) {
  test.serial(`Doors: what is told of plans and drift is what happens (life ${seed})`, (t) =>
    lived(t, seed, length),
  )
}
