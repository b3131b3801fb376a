// Keeps the state that this version writes, with the building that it describes: every later version
// must refresh, update and destroy from it. Run once a release: npm run golden -- 0.1.0
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { startSandbox } from '../src/sandbox'
import { pulumiStack } from '../test/fixtures/pulumi'
import { goldenProgram } from '../test/golden/program'
import { repository } from './engine/folders.js'

async function record(version: string): Promise<void> {
  const endings: (() => unknown)[] = []
  const t = {
    teardown: (end: () => unknown) => endings.unshift(end),
  } as unknown as ExecutionContext
  try {
    const sandbox = await startSandbox({ seed: 'office' })
    endings.unshift(() => sandbox.stop())
    const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey }
    const stack = await pulumiStack(t, { program: goldenProgram, env })
    await stack.up()
    const folder = join(repository, 'test/golden', version)
    mkdirSync(folder, { recursive: true })
    const keep = (file: string, value: unknown) =>
      writeFileSync(join(folder, file), `${JSON.stringify(value)}\n`)
    keep('state.json', await stack.exportState())
    keep('sandbox.json', { ...sandbox.store.snapshot(), events: [] })
    console.log(`Kept the state of version ${version} in test/golden/${version}`)
  } finally {
    for (const end of endings) await end()
  }
}

const [version] = process.argv.slice(2)
if (!version) throw new Error('Give the version: npm run golden -- 0.1.0')
record(version).catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
