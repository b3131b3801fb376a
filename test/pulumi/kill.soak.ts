import test from 'ava'
import { allRounds, killedIn } from './killing'

test.serial(
  `4.1, 4.14, 4.16: killed at ${allRounds.length} points, the next run holds exactly what is wanted`,
  (t) => killedIn(t, allRounds),
)
