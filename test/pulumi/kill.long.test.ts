import test from 'ava'
import { isRest } from '../fixtures/share'
import { allRounds, killedIn } from './killing'

// A share of the rounds, with each victim and with edits after the kill; `npm run test:soak` has the others.
// Before each edit (2, 7, 12, …) stands a round without one, since a program that goes back to what the
// state says of an interrupted update changes nothing, and one that wants other people.
const some = [0, 7, 11]
const rounds = isRest ? allRounds.filter((round) => !some.includes(round)) : some

test.serial(
  `4.1, 4.14, 4.16: killed at ${rounds.length} points, the next run holds exactly what is wanted`,
  (t) => killedIn(t, rounds),
)
