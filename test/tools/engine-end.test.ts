import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import test, { type ExecutionContext } from 'ava'
import { pulumiStack, type PulumiStack } from '../fixtures/pulumi.js'

const PATIENCE_MS = 180_000

/** How long what the engine started may outlive it. */
const AFTERLIFE_MS = 10_000

/** A program that tells the processes it is served by, and then never ends. */
const sleeper = `
  const fs = require('fs')
  const pulumi = require('@pulumi/pulumi')
  const provider = {
    check: async (_olds, inputs) => {
      require('fs').writeFileSync('provider.pid', String(process.pid))
      return { inputs }
    },
    create: async () => ({ id: 'never' }),
  }
  new pulumi.dynamic.Resource(provider, 'thing', {})
  fs.writeFileSync('host.pid', String(process.ppid))
  fs.writeFileSync('program.pid', String(process.pid))
  process.on('SIGINT', () => {})
  setInterval(() => {}, 1000)`

const names = ['host', 'program', 'provider']

function readPids({ folder }: PulumiStack): number[] {
  try {
    return names.map((name) => Number(readFileSync(join(folder, `${name}.pid`), 'utf8')))
  } catch {
    return []
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    // Where nobody waits for orphans, one that has ended keeps its number.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

async function until(condition: () => boolean, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds
  while (!condition() && Date.now() < end) await pause(50)
  return condition()
}

async function startSleeper(t: ExecutionContext): Promise<{ cli: ChildProcess; pids: number[] }> {
  const stack = await pulumiStack(t, { program: sleeper })
  const cli = spawn(stack.engine.command, ['preview', '--non-interactive', '--stack', 'test'], {
    cwd: stack.folder,
    env: stack.env,
    stdio: 'ignore',
  })
  t.teardown(() => cli.kill('SIGKILL'))
  const complete = () => readPids(stack).every((pid) => pid > 0) && readPids(stack).length === 3
  t.true(await until(complete, PATIENCE_MS))
  const pids = readPids(stack)
  t.deepEqual(pids.map(isRunning), [true, true, true])
  return { cli, pids }
}

test.serial('engine: when it is killed outright, nothing that it started stays', async (t) => {
  t.timeout(PATIENCE_MS)
  const { cli, pids } = await startSleeper(t)
  cli.kill('SIGKILL')
  await until(() => !pids.some(isRunning), AFTERLIFE_MS)
  t.deepEqual(pids.map(isRunning), [false, false, false])
})

test.serial('engine: when it is interrupted, it ends the program and itself', async (t) => {
  t.timeout(PATIENCE_MS)
  const { cli, pids } = await startSleeper(t)
  const ended = once(cli, 'exit')
  cli.kill('SIGINT')
  await ended
  await until(() => !pids.some(isRunning), AFTERLIFE_MS)
  t.deepEqual(pids.map(isRunning), [false, false, false])
})
