import { spawn } from 'node:child_process'

/** How a command of the engine ended. */
export interface Ended {
  readonly code: number
  /** What it printed, where that was asked for. */
  readonly stdout: string
}

/** Which stack the commands are for, and what else they are told. */
export interface EngineOptions {
  readonly stack?: string
  readonly cwd?: string
}

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
    const child = spawn('pulumi', all, { stdio, ...(cwd !== undefined && { cwd }) })
    let stdout = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.once('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT'
      reject(isMissing ? new Error('`pulumi` is not on PATH. Install the Pulumi CLI.') : error)
    })
    child.once('close', (code) => resolve({ code: code ?? 1, stdout }))
  })
}
