// `npm run up`, `preview`, `review`, `destroy`: the office example with the real Pulumi CLI. It deploys
// to Seam when SEAM_API_KEY is set, and to a local sandbox otherwise, each with a stack of its own.
import { spawn, type StdioOptions } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { resolveSettings, Seam } from '../src/seam'
import { startSandbox } from '../src/sandbox'
import { localFolder } from './engine/folders.js'
import { ensurePulumi } from './engine/pulumi.js'
import { localBackend } from './engine/workspace.js'
import { accessTable } from './office/access-table'
import { reviewEdited } from './office/review'

const root = join(__dirname, '..')

/** Where state and the sandbox's data are kept; a test has a folder of its own. */
const folder = process.env['OFFICE_FOLDER'] ?? localFolder

interface Building {
  stack: string
  /** What the CLI asks before it changes anything is answered already. */
  isConfirmed: boolean
  env: Record<string, string>
  close(): Promise<void>
}

/** Seam itself, or a sandbox whose data is kept in a file from one run to the next. */
async function building(): Promise<Building> {
  if (process.env['SEAM_API_KEY'] || process.env['SEAM_PERSONAL_ACCESS_TOKEN']) {
    console.error('A Seam credential is set: this run is for its workspace')
    return { stack: 'seam', isConfirmed: false, env: {}, close: async () => {} }
  }
  mkdirSync(folder, { recursive: true })
  const sandbox = await startSandbox({
    seed: 'office',
    dataFile: join(folder, 'office-sandbox.json'),
  })
  console.error(`No SEAM_API_KEY is set: a local Seam serves this run at ${sandbox.endpoint}`)
  return {
    stack: 'local',
    isConfirmed: true,
    env: { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey },
    close: () => sandbox.stop(),
  }
}

/** Runs the CLI in the foreground, and answers its exit code. */
function run(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  stdio: StdioOptions = 'inherit',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio })
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

/** What an operation is told beside what its user says. */
function argumentsFor(operation: string, more: string[], isConfirmed: boolean): string[] {
  const isWhole = !more.some((one) => /^(-t$|--(target|exclude|preview-only))/.test(one))
  return [
    ...(isConfirmed && operation !== 'preview' ? ['--yes', '--skip-preview'] : []),
    // The CLI would advise to remove the stack with a command that may not be on PATH.
    ...(operation === 'destroy' && isWhole ? ['--remove'] : []),
  ]
}

async function main([operation = 'up', ...more]: string[]): Promise<number> {
  const engine = await ensurePulumi((line) => console.error(line))
  const { stack, isConfirmed, env: seamEnv, close } = await building()
  const env = {
    ...process.env,
    ...localBackend(join(folder, 'pulumi'), engine),
    ...seamEnv,
  }
  try {
    // Standard output is for the plan, which another program may read.
    const select = ['stack', 'select', '--create', stack]
    const selected = await run(engine.command, select, env, ['inherit', 2, 'inherit'])
    if (selected !== 0) return selected
    if (operation === 'review') return await reviewEdited({ engine, stack, env, more })
    const given = argumentsFor(operation, more, isConfirmed)
    const code = await run(engine.command, [operation, ...given, ...more], env)
    if (code === 0 && operation === 'up') {
      console.log(await accessTable(new Seam(resolveSettings({}, env))))
    }
    return code
  } finally {
    await close()
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  },
)
