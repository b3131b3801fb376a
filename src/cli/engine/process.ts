import { spawn } from 'node:child_process'

/** How a command of the engine ended. */
export interface Ended {
  readonly code: number
  /** What it printed, where that was asked for. */
  readonly stdout: string
  /** Somebody wants it all to end. */
  readonly isInterrupted: boolean
}

/** What is run, and where. */
export interface Invocation {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs an engine and reads what it prints. */
export const ask = (invocation: Invocation) => run(invocation, ['ignore', 'pipe', 'inherit'])

/** Runs an engine in sight of the user. */
export const show = (invocation: Invocation) => run(invocation, ['ignore', 'inherit', 'inherit'])

function run(
  { command, args, env = {} }: Invocation,
  stdio: ['ignore', 'pipe' | 'inherit', 'inherit'],
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // In a group of its own, or a terminal would tell it of Ctrl-C beside us. Told twice, the engine
    // does not finish what it has begun.
    const detached = process.platform !== 'win32'
    const child = spawn(command, args, { stdio, detached, env: { ...process.env, ...env } })
    let stdout = ''
    let isInterrupted = false
    // The engine ends as it would without us in between, and then we say what is left to do.
    const pass = (signal: NodeJS.Signals) => {
      isInterrupted = true
      child.kill(signal)
    }
    for (const signal of signals) process.on(signal, pass)
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.once('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT'
      reject(isMissing ? new Error(`\`${command}\` is not on PATH. Install it first.`) : error)
    })
    child.once('close', (code) => {
      for (const signal of signals) process.off(signal, pass)
      resolve({ code: code ?? 1, stdout, isInterrupted })
    })
  })
}
