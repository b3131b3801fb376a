import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What a command left behind. */
export interface Finished {
  code: number
  stdout: string
  stderr: string
}

/** How to run a command. */
export interface RunSettings {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** What it reads from standard input; nothing when left out. */
  stdin?: string
  /** Milliseconds after which the command, and all in its process group, is killed. */
  deadline: number
}

const running = new Set<ChildProcess>()
process.on('exit', () => running.forEach(killGroup))

/**
 * Runs a command to its end, whatever its exit code.
 *
 * @throws {Error} with all output, where the command cannot start or does not end in time
 */
export function capture(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, stdin, deadline }: RunSettings,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true, // A process group of its own, which can be killed as a whole.
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    child.stdin.on('error', () => {}).end(stdin) // Who does not read it may end first.
    running.add(child)
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
    const shown = [command, ...args].join(' ')
    const timer = setTimeout(() => {
      killGroup(child)
      reject(new Error(`${shown} did not end in ${deadline} ms\n${output.stdout}${output.stderr}`))
    }, deadline)
    const finish = () => {
      clearTimeout(timer)
      running.delete(child)
    }
    child.once('error', (error) => {
      finish()
      reject(error)
    })
    child.once('close', (code, signal) => {
      finish()
      if (signal) reject(new Error(`${shown} was ended by ${signal}\n${output.stderr}`))
      else resolve({ code: code ?? 1, ...output })
    })
  })
}

function killGroup({ pid }: ChildProcess): void {
  if (!pid) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself meanwhile.
  }
}

/** The file that a command on this PATH would run. */
export function findOnPath(command: string, path: string): string | undefined {
  const files = path.split(delimiter).flatMap((folder) => (folder ? [join(folder, command)] : []))
  return files.find(isExecutable)
}

/** Whether this is a file that may be run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
