// `npm run up`, `preview`, `review`, `destroy`: the office example with the real Pulumi CLI. It deploys
// to Seam when SEAM_API_KEY is set, and to a local sandbox otherwise, each with a stack of its own.
import { join } from 'node:path'
import { resolveSettings, Seam } from '../src/seam'
import { repository } from './engine/folders.js'
import { ensurePulumi } from './engine/pulumi.js'
import { localBackend } from './engine/workspace.js'
import { accessTable } from './office/access-table'
import { building, folder, run } from './office/building'
import { reviewEdited } from './office/review'

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
  const { stack, isConfirmed, env: seamEnv, close } = await building('office-sandbox.json')
  const env = {
    ...process.env,
    ...localBackend(join(folder, 'pulumi'), engine),
    ...seamEnv,
  }
  try {
    // Standard output is for the plan, which another program may read.
    const select = ['stack', 'select', '--create', stack]
    const selected = await run(engine.command, select, {
      cwd: repository,
      env,
      stdio: ['inherit', 2, 'inherit'],
    })
    if (selected !== 0) return selected
    if (operation === 'review') return await reviewEdited({ engine, stack, env, more })
    const given = argumentsFor(operation, more, isConfirmed)
    const code = await run(engine.command, [operation, ...given, ...more], { cwd: repository, env })
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
