import test from 'ava'
import { killedIn } from './killing'

// A share of the rounds, with each victim and with edits after the kill; `kill.soak.ts` has them all.
const rounds = [0, 4, 7, 12, 17, 20, 22, 25, 27, 29]

test.serial(
  `4.1, 4.14, 4.16: killed at ${rounds.length} points, the next run holds exactly what is wanted`,
  (t) => killedIn(t, rounds),
)
