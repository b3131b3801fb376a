import { mkdir, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import type { Snapshot } from '../../src/sandbox'
import { localFolder, repository } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { sandboxFor, writes } from '../fixtures/building'
import { cleanEnvironment } from '../fixtures/pulumi'
import { isQuick, shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 2)

/** The scripts of package.json, with a folder of their own. */
async function office(t: ExecutionContext, more: Record<string, string> = {}) {
  t.timeout(900_000)
  await mkdir(localFolder, { recursive: true })
  const folder = await mkdtemp(join(localFolder, 'office-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const env = { ...cleanEnvironment(), OFFICE_FOLDER: folder, ...more }
  const shell = (command: string) =>
    capture('sh', ['-c', command], { cwd: repository, env, deadline: 300_000 })
  const npm = async (script: string) => {
    const done = await shell(`npm run ${script}`)
    t.is(done.code, 0, done.stdout + done.stderr)
    return done.stdout
  }
  const held = async () =>
    JSON.parse(await readFile(join(folder, 'office-sandbox.json'), 'utf8')) as Snapshot
  return { folder, shell, npm, held }
}

some('Office: npm run up deploys it, again changes nothing, destroy leaves nothing', async (t) => {
  const { folder, shell, npm, held } = await office(t)

  const first = await npm('up')
  t.regex(first, /\+ 27 created/)
  t.regex(first, /Jo Park .*Lobby, Lab .*code .*– 2027-06-30/)
  const { access_grants: grants, user_identities: people } = await held()
  t.is(grants.filter(({ access_grant_key: key }) => key?.startsWith('iac-')).length, 11)
  t.is(people.filter(({ user_identity_key: key }) => key?.startsWith('iac-')).length, 12)

  if (!isQuick) t.regex(await npm('up'), /27 unchanged/)

  const review = await npm('review')
  t.regex(review, /1 person loses, 1 person gains, 2 people keep with changes/)
  t.regex(review, /Emre Kaya .*Lab, Lobby, Offices .*ends now/)
  t.regex(await readFile(join(repository, 'examples/office/policy.ts'), 'utf8'), /emre:/)

  // An npm of its own has nothing of this package in its cache, as after a fresh clone.
  const { ino } = await stat(join(repository, 'dist'))
  const npx = `npm_config_cache='${join(folder, 'npm')}' npx seam-iac review --format text`
  const piped = await shell(`npm run preview -- --json --show-sames | ${npx}`)
  t.is(piped.code, 0, piped.stdout + piped.stderr)
  t.regex(piped.stdout, /Access in office\/local: no changes/)
  t.is((await stat(join(repository, 'dist'))).ino, ino, 'nothing is built beneath the preview')

  t.notRegex(await npm('destroy'), /`pulumi /, 'no command is advised that is not on PATH')
  const left = await held()
  t.false(JSON.stringify({ ...left, events: [] }).includes('iac-'))
  t.deepEqual([left.access_grants.length, left.spaces.length, left.acs_users.length], [1, 6, 9])
})

some('Office: with a key of Seam, nothing is deployed that nobody has confirmed', async (t) => {
  const sandbox = await sandboxFor(t)
  const credentials = { SEAM_API_KEY: sandbox.apiKey, SEAM_ENDPOINT: sandbox.endpoint }
  const { folder, shell, npm } = await office(t, credentials)
  const stacks = join(folder, 'pulumi/state/.pulumi/stacks/office')
  const refused = await shell('npm run up < /dev/null')
  t.not(refused.code, 0)
  t.regex(refused.stdout + refused.stderr, /--yes/)
  t.deepEqual(writes(sandbox), [])

  t.regex(await npm('up -- --yes --skip-preview'), /\+ 27 created/)
  const files = await readdir(stacks)
  t.true(files.includes('seam.json'), 'it has a stack of its own')
  t.false(files.includes('local.json'))
  await npm('destroy -- --yes --skip-preview')
  t.is(sandbox.store.accessGrants.size, 1)
})
