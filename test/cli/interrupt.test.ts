import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import test from 'ava'

const root = join(__dirname, '../..')

// Plans the end of a grant; a deployment goes on until it is interrupted, and then ends well.
const engine = `#!/usr/bin/env bash
case $1 in
  preview) cat "$PLAN" ;;
  up)
    trap 'echo interrupted >> "$LOG"; sleep 1; exit 0' INT
    echo "$*" >> "$LOG"
    for _ in {1..600}; do sleep 0.1; done ;;
  *) exit 1 ;;
esac
`

test('seam-iac up: who interrupts it interrupts the engine once, and all that would follow', async (t) => {
  t.timeout(120_000)
  const folder = await mkdtemp(join(tmpdir(), 'seam-iac-interrupt-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const log = join(folder, 'log')
  await writeFile(join(folder, 'pulumi'), engine)
  await chmod(join(folder, 'pulumi'), 0o755)
  const child = spawn(process.execPath, [join(root, 'dist/cli/main.js'), 'up', '--yes'], {
    cwd: folder,
    // A group of its own, as a terminal gives one to what it runs.
    detached: true,
    env: {
      ...process.env,
      PATH: `${folder}${delimiter}${process.env['PATH']}`,
      PLAN: join(root, 'test/review/cases/leaver/plan.json'),
      LOG: log,
    },
  })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text))
  const ended = once(child, 'close')
  while (!existsSync(log) || !(await readFile(log, 'utf8'))) await sleep(50)
  // Ctrl-C: the terminal tells the whole group.
  process.kill(-child.pid!, 'SIGINT')
  const [code] = (await ended) as [number]
  t.is(code, 1, told)
  const [first, ...others] = (await readFile(log, 'utf8')).trim().split('\n')
  t.regex(first!, /^up .*--target /)
  t.deepEqual(others, ['interrupted'])
  t.regex(told, /These may still open/)
})
