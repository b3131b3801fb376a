import test from 'ava'
import { isWhole } from '../fixtures/share'
import { allRounds, killedIn } from './killing'

// A share of the rounds, with each victim and with edits after the kill; `npm run test:soak` has all.
// Before each edit stands a round without one: a program that goes back to what the state says of an
// interrupted update changes nothing.
const rounds = isWhole ? allRounds : [0, 4, 7, 10, 12, 16, 26, 27]

test.serial(
  `4.1, 4.14, 4.16: killed at ${rounds.length} points, the next run holds exactly what is wanted`,
  (t) => killedIn(t, rounds),
)
