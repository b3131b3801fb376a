// Records what the real engine plans in the cases of test/review/programs.ts, and what the review says
// of it: npm run review:record, with --only <case> for some of them, and with --render to review the
// plans anew that were recorded.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startSandbox } from '../src/sandbox'
import { pulumiStack, type Preview, type PulumiStack } from '../test/fixtures/pulumi'
import { cases, recordedAt, scenes, sourceOf, type Case, type Scene } from '../test/review/programs'
import { rendered } from '../test/review/rendering'
import { repository } from './engine/folders.js'
import { inOrder, scrubbed } from './review/scrub'

const folderOf = (name: string) => join(repository, 'test/review/cases', name)
const stateOf = (name: string) => join(repository, 'test/review/states', `${name}.json`)
const buildingOf = (name: string) => join(repository, 'test/review/buildings', `${name}.json`)

async function recordScene(scene: Scene, names: readonly string[]): Promise<void> {
  const endings: (() => unknown)[] = []
  const since = Date.now() - 1_000
  try {
    const sandbox = await startSandbox({ seed: 'office' })
    endings.unshift(() => sandbox.stop())
    const quick = { PULUMI_EXPERIMENTAL: 'true', PULUMI_SKIP_CHECKPOINTS: 'true' }
    const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey, ...quick }
    const owner = { teardown: (end: () => unknown) => endings.unshift(end) }
    const stack = await pulumiStack(owner, { program: sourceOf(scene.before), env })
    if (Object.keys(scene.before).length > 0) await stack.up('--parallel', '1')
    const building = sandbox.store.snapshot()
    const moment = { folder: stack.folder, since, recordedAt }
    for (const name of names) {
      const one = scene.cases[name]!
      sandbox.store.load(structuredClone(building))
      await stack.writeProgram(sourceOf(one.after ?? scene.before))
      await one.behind?.(sandbox)
      const said = [
        inOrder(await plan(stack, one)),
        one.withState && (await stack.exportState()),
        one.withNames && structuredClone(sandbox.store.snapshot()),
      ]
      const [planned, state, seen] = scrubbed(said, moment) as unknown[]
      const indent = scene.isLarge ? 0 : 1
      const keep = (file: string, value: unknown) =>
        writeFileSync(file, `${JSON.stringify(value, null, indent)}\n`)
      mkdirSync(folderOf(name), { recursive: true })
      keep(join(folderOf(name), 'plan.json'), planned)
      if (state) keep(stateOf(name), state)
      if (seen) keep(buildingOf(name), seen)
      await render(name, one)
    }
  } finally {
    for (const end of endings) await end()
  }
}

async function plan(stack: PulumiStack, one: Case): Promise<Preview> {
  const common = ['--stack', 'test', '--json', '--parallel', '1', ...(one.with ?? [])]
  const sames = one.withoutSames ? [] : ['--show-sames']
  const options = { expectFailure: one.fails ?? false }
  const { stdout } =
    one.command === 'refresh'
      ? await stack.run('refresh', '--preview-only', ...common, options)
      : await stack.run('preview', ...sames, ...common, options)
  return JSON.parse(stdout.slice(stdout.search(/^\{/m))) as Preview
}

async function render(name: string, one: Case): Promise<void> {
  const read = (file: string) => readFileSync(file, 'utf8')
  const folder = folderOf(name)
  const state = one.withState ? read(stateOf(name)) : undefined
  const building = one.withNames ? read(buildingOf(name)) : undefined
  const plan = read(join(folder, 'plan.json'))
  const { markdown, json } = await rendered(one, plan, state, building)
  writeFileSync(join(folder, 'expected.md'), markdown)
  writeFileSync(join(folder, 'expected.json'), json)
  console.log(name)
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, render: { type: 'boolean' } },
  })
  const wanted = values.only ?? [...cases.keys()]
  const stranger = wanted.find((name) => !cases.has(name))
  if (stranger) throw new Error(`There is no case ${stranger} in test/review/programs.ts`)
  for (const folder of ['states', 'buildings']) {
    mkdirSync(join(repository, 'test/review', folder), { recursive: true })
  }
  const failures: Error[] = []
  for (const scene of scenes) {
    const names = Object.keys(scene.cases).filter((name) => wanted.includes(name))
    if (!values.render && names.length > 0) {
      await recordScene(scene, names).catch((error: Error) => failures.push(error))
    }
    for (const name of values.render ? names : []) await render(name, scene.cases[name]!)
  }
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join('\n'))
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
