// `npm run up`, `npm run preview`, `npm run destroy`: the office example with the real Pulumi CLI. It
// deploys to Seam when SEAM_API_KEY is set, and to a local sandbox otherwise.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { resolveSettings, Seam } from '../src/seam'
import { startSandbox } from '../src/sandbox'
import { localFolder } from './engine/folders.js'
import { ensurePulumi } from './engine/pulumi.js'
import { localBackend } from './engine/workspace.js'
import { accessTable } from './office/access-table'

const root = join(__dirname, '..')
const stack = 'local'

/** Where state and the sandbox's data are kept; a test has a folder of its own. */
const folder = process.env['OFFICE_FOLDER'] ?? localFolder

interface Building {
  env: Record<string, string>
  close(): Promise<void>
}

/** Seam itself, or a sandbox whose data is kept in a file from one run to the next. */
async function building(): Promise<Building> {
  if (process.env['SEAM_API_KEY'] || process.env['SEAM_PERSONAL_ACCESS_TOKEN']) {
    return { env: {}, close: async () => {} }
  }
  mkdirSync(folder, { recursive: true })
  const sandbox = await startSandbox({
    seed: 'office',
    dataFile: join(folder, 'office-sandbox.json'),
  })
  console.log(`No SEAM_API_KEY is set: a local Seam serves this run at ${sandbox.endpoint}`)
  return {
    env: { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey },
    close: () => sandbox.stop(),
  }
}

/** Runs the CLI in the foreground, and answers its exit code. */
function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' })
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

async function main([operation = 'up', ...more]: string[]): Promise<number> {
  const engine = await ensurePulumi((line) => console.error(line))
  const { env: seamEnv, close } = await building()
  const env = {
    ...process.env,
    ...localBackend(join(folder, 'pulumi'), engine),
    ...seamEnv,
  }
  try {
    const selected = await run(engine.command, ['stack', 'select', '--create', stack], env)
    if (selected !== 0) return selected
    const confirmed = operation === 'preview' ? [] : ['--yes', '--skip-preview']
    const code = await run(engine.command, [operation, ...confirmed, ...more], env)
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
