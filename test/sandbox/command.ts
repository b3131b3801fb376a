import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ExecutionContext } from 'ava'

const root = join(__dirname, '../..')

export function folder(t: ExecutionContext): string {
  const made = mkdtempSync(join(tmpdir(), 'seam-sandbox-'))
  t.teardown(() => rmSync(made, { recursive: true }))
  return made
}

/** The command line, until it is interrupted. */
export async function run(t: ExecutionContext, ...args: string[]) {
  const command = ['--import', 'tsx', 'src/cli/main.ts', 'sandbox', ...args]
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const exit = once(child, 'exit') as Promise<[number | null]>
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const [code] = await exit
    return code
  }
  return {
    line: async () => String((await lines.next()).value),
    end,
    exit,
    /** What it complained of. */
    said: async () => {
      await once(child, 'close')
      return said
    },
  }
}
