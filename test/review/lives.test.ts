import test from 'ava'
import { lived } from './lives/life'

// One short life, always the same; `npm run test:soak` looks further.
const seed = 13

test(`Doors: what is told of plans and drift is what happens (life ${seed})`, (t) =>
  lived(t, seed, { edits: 1, drifts: 1 }))
