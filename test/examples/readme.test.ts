import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { localFolder, repository } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { deployment, plannedSteps } from '../fixtures/building'
import { seamIac } from '../fixtures/cli'
import { cleanEnvironment } from '../fixtures/pulumi'

/** Pages that people write; those that are generated hold the programs of docs/examples. */
const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(join(repository, 'docs'))
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => `docs/${file}`),
]

interface Block {
  page: string
  language: string
  text: string
}

/** The blocks of code in a page, in their order. */
const blocksOf = (page: string): Block[] =>
  [...readFileSync(join(repository, page), 'utf8').matchAll(/^```(.*)\n([^]*?)^```$/gm)].map(
    ([, language, text]) => ({ page, language: language!, text: text! }),
  )

/** The only block of a language in a page that has this in it. */
function program(page: string, language: string, part = ''): string {
  const [only, ...others] = blocksOf(page).filter(
    (block) => block.language === language && block.text.includes(part),
  )
  if (!only || others.length > 0) throw new Error(`${page} has not one block of ${language}`)
  return only.text
}

async function folder(t: ExecutionContext): Promise<string> {
  await mkdir(localFolder, { recursive: true })
  const made = await mkdtemp(join(localFolder, 'readme-'))
  t.teardown(() => rm(made, { recursive: true, force: true }))
  return made
}

test.serial('README: its program compiles, deploys, and then has nothing left to do', async (t) => {
  const source = program('README.md', 'ts', 'import * as seam')
  t.true(source.includes('new seam.AccessGrant('))
  const { sandbox, stack } = await deployment(t, source, { typescript: true })
  await stack.up()
  t.deepEqual(await plannedSteps(stack), [])
  const ana = sandbox.store.userIdentities.all().find((one) => one.full_name === 'Ana Ruiz')
  const [grant] = sandbox.store.accessGrants.where('user_identity_id', ana!.user_identity_id)
  t.is(grant?.ends_at, '2027-06-30T16:00:00.000Z')
  await stack.destroy()
  t.is(sandbox.store.accessGrants.size, 1)
})

test('Pages: every program and every settings file in them is run here', (t) => {
  const isCommand = ({ language }: Block) => language === 'sh' || language === ''
  const found = pages.flatMap(blocksOf).filter((block) => !isCommand(block))
  t.deepEqual(found.map(({ page, language }) => `${page} ${language}`).sort(), [
    'README.md hcl',
    'README.md ts',
    // Of constructs: test/examples/cdktf.long.test.ts.
    'README.md ts',
    'docs/constructs.md ts',
    'docs/constructs.md ts',
    'docs/constructs.md ts',
    'docs/review.md yaml',
    'docs/sandbox.md ts',
    'docs/terraform.md hcl',
  ])
})

test('Sandbox page: its test with a sandbox runs', async (t) => {
  const source = program('docs/sandbox.md', 'ts')
  t.true(source.includes('await sandbox.stop()'))
  const file = join(await folder(t), 'sandbox.mts')
  const check =
    "if (!sandbox.endpoint.startsWith('http://127.0.0.1:')) throw new Error('no sandbox')"
  await writeFile(file, source.replace('await sandbox.stop()', `${check}\n$&`))
  const done = await capture(process.execPath, ['--import=tsx', file], {
    cwd: repository,
    env: cleanEnvironment(),
    deadline: 120_000,
  })
  t.is(done.code, 0, done.stderr)
})

test('Review page: its guards are settings that a review takes', async (t) => {
  const settings = program('docs/review.md', 'yaml')
  const cwd = await folder(t)
  await writeFile(join(cwd, 'seam-iac.yaml'), settings)
  const plan = readFileSync(join(repository, 'test/review/cases/leaver/plan.json'), 'utf8')
  const { code, stdout } = await seamIac(['review'], { cwd, stdin: plan })
  t.is(code, 4, 'somebody leaves a group that is protected there')
  t.regex(stdout, /removal-limit.*protected/)
})
