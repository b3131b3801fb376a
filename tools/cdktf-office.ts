// `npm run up:cdktf`, `npm run destroy:cdktf`: the office example of CDKTF with its real CLI. It deploys
// to Seam when SEAM_API_KEY is set, and to a local sandbox otherwise, each with a state of its own.
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { resolveSettings, Seam } from '../src/seam'
import { ensureCdktf } from './engine/cdktf.js'
import { repository } from './engine/folders.js'
import { ensureTerraform, pathWith } from './engine/terraform.js'
import { accessTable } from './office/access-table'
import { building, folder, run } from './office/building'

const example = join(repository, 'examples/cdktf-office')

async function main([operation = 'deploy', ...more]: string[]): Promise<number> {
  const engine = await ensureTerraform()
  const command = await ensureCdktf()
  const { stack, isConfirmed, env: seamEnv, close } = await building('cdktf-sandbox.json')
  // The CLI keeps state beside the program.
  const own = join(folder, `cdktf-${stack}`)
  mkdirSync(own, { recursive: true })
  for (const file of ['main.ts', 'cdktf.json']) cpSync(join(example, file), join(own, file))
  const env = {
    ...process.env,
    ...seamEnv,
    PATH: pathWith(engine),
    TERRAFORM_BINARY_NAME: engine.name,
    CHECKPOINT_DISABLE: 'true',
  }
  try {
    const given = isConfirmed && operation !== 'diff' ? ['--auto-approve'] : []
    const code = await run(command, [operation, ...given, ...more], { cwd: own, env })
    if (code === 0 && operation === 'deploy') {
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
