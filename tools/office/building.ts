import { spawn, type StdioOptions } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startSandbox } from '../../src/sandbox'
import { localFolder } from '../engine/folders.js'

/** Where state and the sandbox's data are kept; a test has a folder of its own. */
export const folder = process.env['OFFICE_FOLDER'] ?? localFolder

export interface Building {
  stack: string
  /** What the CLI asks before it changes anything is answered already. */
  isConfirmed: boolean
  env: Record<string, string>
  close(): Promise<void>
}

/**
 * Seam itself where a credential is set, else a sandbox.
 *
 * @param dataFile keeps the sandbox's data from one run to the next
 */
export async function building(dataFile: string): Promise<Building> {
  if (process.env['SEAM_API_KEY'] || process.env['SEAM_PERSONAL_ACCESS_TOKEN']) {
    console.error('A Seam credential is set: this run is for its workspace')
    return { stack: 'seam', isConfirmed: false, env: {}, close: async () => {} }
  }
  mkdirSync(folder, { recursive: true })
  const sandbox = await startSandbox({
    seed: 'office',
    dataFile: join(folder, dataFile),
  })
  console.error(`No SEAM_API_KEY is set: a local Seam serves this run at ${sandbox.endpoint}`)
  return {
    stack: 'local',
    isConfirmed: true,
    env: { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey },
    close: () => sandbox.stop(),
  }
}

/** Runs a CLI in the foreground, and answers its exit code. */
export function run(
  command: string,
  args: string[],
  { stdio = 'inherit', ...options }: { cwd: string; env: NodeJS.ProcessEnv; stdio?: StdioOptions },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio })
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}
