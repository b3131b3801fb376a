import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import type { Snapshot } from '../../src/sandbox'
import { localFolder, repository } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { cleanEnvironment } from '../fixtures/pulumi'

test.serial(
  'Office: npm run up deploys it, again changes nothing, destroy leaves nothing',
  async (t) => {
    t.timeout(600_000)
    await mkdir(localFolder, { recursive: true })
    const folder = await mkdtemp(join(localFolder, 'office-'))
    t.teardown(() => rm(folder, { recursive: true, force: true }))
    const env = { ...cleanEnvironment(), OFFICE_FOLDER: folder }
    const npm = async (script: string) => {
      const done = await capture('npm', ['run', script], {
        cwd: repository,
        env,
        deadline: 300_000,
      })
      t.is(done.code, 0, done.stdout + done.stderr)
      return done.stdout
    }
    const held = async () =>
      JSON.parse(await readFile(join(folder, 'office-sandbox.json'), 'utf8')) as Snapshot

    const first = await npm('up')
    t.regex(first, /\+ 27 created/)
    t.regex(first, /Jo Park .*Lobby, Lab .*code .*– 2027-06-30/)
    const { access_grants: grants, user_identities: people } = await held()
    t.is(grants.filter(({ access_grant_key: key }) => key?.startsWith('iac-')).length, 11)
    t.is(people.filter(({ user_identity_key: key }) => key?.startsWith('iac-')).length, 12)

    t.regex(await npm('up'), /27 unchanged/)

    await npm('destroy')
    const left = await held()
    t.false(JSON.stringify({ ...left, events: [] }).includes('iac-'))
    t.deepEqual([left.access_grants.length, left.spaces.length, left.acs_users.length], [1, 6, 9])
  },
)
