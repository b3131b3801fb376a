// `npm run test:soak [-- <seed> …]`: random lives of a building, each reviewed, deployed and judged, with
// twelve edits and six changes by hand each; 25 random seeds where none is given.
import { spawnSync } from 'node:child_process'
import { repository } from './engine/folders.js'

const lives = 25
const given = process.argv.slice(2).map(Number)
const seeds =
  given.length > 0
    ? given
    : Array.from({ length: lives }, () => Math.floor(Math.random() * 1_000_000))

const failed = seeds.filter((seed) => {
  const { status } = spawnSync('npx', ['ava', 'test/review/doors.test.ts'], {
    cwd: repository,
    stdio: 'inherit',
    env: { ...process.env, DOORS_SEED: String(seed), DOORS_EDITS: '12', DOORS_DRIFTS: '6' },
  })
  return status !== 0
})
console.log(`${seeds.length - failed.length} of ${seeds.length} lives were told right`)
if (failed.length > 0) console.log(`seeds that were not: ${failed.join(' ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
