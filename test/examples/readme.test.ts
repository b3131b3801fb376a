import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { localFolder, repository } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { deployment, plannedSteps } from '../fixtures/building'
import { seamIac } from '../fixtures/cli'
import { cleanEnvironment } from '../fixtures/pulumi'

const readme = readFileSync(join(repository, 'README.md'), 'utf8')

/** The blocks of a language, in their order. */
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp('```' + language + '\\n([^]*?)```', 'g'))].map(([, text]) => text!)

async function folder(t: ExecutionContext): Promise<string> {
  await mkdir(localFolder, { recursive: true })
  const made = await mkdtemp(join(localFolder, 'readme-'))
  t.teardown(() => rm(made, { recursive: true, force: true }))
  return made
}

test.serial('README: its program compiles, deploys, and then has nothing left to do', async (t) => {
  const [program = ''] = blocks('ts')
  t.true(program.includes('new seam.AccessGrant('))
  const { sandbox, stack } = await deployment(t, program, { typescript: true })
  await stack.up()
  t.deepEqual(await plannedSteps(stack), [])
  const ana = sandbox.store.userIdentities.all().find((one) => one.full_name === 'Ana Ruiz')
  const [grant] = sandbox.store.accessGrants.where('user_identity_id', ana!.user_identity_id)
  t.is(grant?.ends_at, '2027-06-30T16:00:00.000Z')
  await stack.destroy()
  t.is(sandbox.store.accessGrants.size, 1)
})

test('README: its test with a sandbox runs, and every program in it is run here', async (t) => {
  const [, program = '', ...others] = blocks('ts')
  t.deepEqual(others, [])
  const file = join(await folder(t), 'sandbox.mts')
  const check =
    "if (!sandbox.endpoint.startsWith('http://127.0.0.1:')) throw new Error('no sandbox')"
  await writeFile(file, program.replace('await sandbox.stop()', `${check}\n$&`))
  const done = await capture(process.execPath, ['--import=tsx', file], {
    cwd: repository,
    env: cleanEnvironment(),
    deadline: 120_000,
  })
  t.is(done.code, 0, done.stderr)
})

test('README: its guards are settings that a review takes', async (t) => {
  const [settings = '', ...others] = blocks('yaml')
  t.deepEqual(others, [])
  const cwd = await folder(t)
  await writeFile(join(cwd, 'seam-iac.yaml'), settings)
  const plan = readFileSync(join(repository, 'test/review/cases/leaver/plan.json'), 'utf8')
  const { code, stdout } = await seamIac(['review'], { cwd, stdin: plan })
  t.is(code, 4, 'somebody leaves a group that is protected there')
  t.regex(stdout, /removal-limit.*protected/)
})
