import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment, writes } from '../fixtures/building'
import { goldenProgram } from './program'

const versions = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

test('Golden: there is a state to go on from', (t) => t.true(versions.length > 0))

for (const version of versions) {
  test.serial(`Golden: a state of ${version} is refreshed, updated and destroyed`, async (t) => {
    const folder = join(__dirname, version)
    const { sandbox, stack } = await deployment(t, goldenProgram, {
      sandbox: { seed: join(folder, 'sandbox.json') },
    })
    const state = readFileSync(join(folder, 'state.json'), 'utf8')
    t.false(state.includes('471147'))
    await stack.run('stack', 'import', '--file', join(folder, 'state.json'), '--stack', 'test')

    await stack.refresh('--expect-no-changes')
    await stack.up('--expect-no-changes')
    t.deepEqual(writes(sandbox), [])

    await stack.up({ env: { NAME: 'edited' } })
    t.deepEqual(writes(sandbox).sort(), [
      '/access_grants/update',
      '/access_grants/update',
      '/acs/users/update',
      '/spaces/update',
      '/user_identities/update',
      '/user_identities/update',
    ])
    await stack.destroy()
    t.is(sandbox.store.accessGrants.all().length, 1)
    t.is(sandbox.store.spaces.all().length, Object.keys(officeIds.spaces).length)
    t.is(sandbox.store.userIdentities.all().length, Object.keys(officeIds.userIdentities).length)
    t.is(sandbox.store.acsUsers.all().length, Object.keys(officeIds.acsUsers).length)
  })
}
