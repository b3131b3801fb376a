import { spawn } from 'node:child_process'

/** How a command of the engine ended. */
export interface Ended {
  readonly code: number
  /** What it printed, where that was asked for. */
  readonly stdout: string
  /** Somebody wants it all to end. */
  readonly isInterrupted: boolean
}

/** Which stack the commands are for, and what else they are told. */
export interface EngineOptions {
  readonly stack?: string
  readonly cwd?: string
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs `pulumi` and reads what it prints. */
export const ask = (args: readonly string[], options: EngineOptions) =>
  pulumi(args, options, ['ignore', 'pipe', 'inherit'])

/** Runs `pulumi` in sight of the user. */
export const show = (args: readonly string[], options: EngineOptions) =>
  pulumi(args, options, ['ignore', 'inherit', 'inherit'])

function pulumi(
  args: readonly string[],
  { stack, cwd }: EngineOptions,
  stdio: ['ignore', 'pipe' | 'inherit', 'inherit'],
): Promise<Ended> {
  const all = [...args, '--non-interactive', ...(stack === undefined ? [] : ['--stack', stack])]
  return new Promise((resolve, reject) => {
    // In a group of its own, or a terminal would tell it of Ctrl-C beside us. Told twice, the engine
    // does not finish what it has begun.
    const detached = process.platform !== 'win32'
    const child = spawn('pulumi', all, { stdio, detached, ...(cwd !== undefined && { cwd }) })
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
      reject(isMissing ? new Error('`pulumi` is not on PATH. Install the Pulumi CLI.') : error)
    })
    child.once('close', (code) => {
      for (const signal of signals) process.off(signal, pass)
      resolve({ code: code ?? 1, stdout, isInterrupted })
    })
  })
}
