import test from 'ava'
import { officeIds, startSandbox } from '../../src/sandbox'
import { deployment } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 3)

const program = `
const seam = require('seam-iac')
for (const name of ['ana', 'bo', 'carla', 'dayo']) {
  const person = new seam.UserIdentity(name, { fullName: process.env.NAME ?? name })
  new seam.AccessGrant(name, {
    userIdentityId: person.id, spaceIds: ['${officeIds.spaces.lobby}'], requestedAccessMethods: [{ mode: 'code' }],
  })
}
`
const oldKey = 'seam_testRotation_Old'
const newKey = 'seam_testRotation_New'

some('4.9: a key that was rotated in the environment works at once', async (t) => {
  const { sandbox, stack } = await deployment(t, program, { sandbox: { apiKey: oldKey } })
  await stack.up()
  sandbox.store.apiKey = newKey
  const env = { SEAM_API_KEY: newKey }
  await stack.preview({ env })
  await stack.refresh('--expect-no-changes', { env })
  await stack.up({ env: { ...env, NAME: 'Somebody' } })
  await stack.destroy({ env })
  t.is(sandbox.store.accessGrants.all().length, 1)
})

some('4.9: a key that was rotated in the configuration works, or the error says how', async (t) => {
  const { sandbox, stack } = await deployment(t, program, {
    sandbox: { apiKey: oldKey },
    env: { SEAM_API_KEY: '' },
    config: { 'seam:apiKey': { secret: oldKey } },
  })
  await stack.up()
  await stack.refresh('--expect-no-changes')
  sandbox.store.apiKey = newKey
  await stack.setConfig('seam:apiKey', newKey, true)

  const refresh = await stack.refresh({ expectFailure: true })
  t.regex(
    refresh.stdout + refresh.stderr,
    /set SEAM_API_KEY, or run the command with --run-program/,
  )
  t.false((refresh.stdout + refresh.stderr).includes(oldKey))
  const destroy = await stack.destroy({ expectFailure: true })
  t.regex(
    destroy.stdout + destroy.stderr,
    /set SEAM_API_KEY, or run the command with --run-program/,
  )

  await stack.preview()
  await stack.refresh('--run-program', '--expect-no-changes')
  await stack.up({ env: { NAME: 'Somebody' } })
  await stack.refresh('--expect-no-changes')
  await stack.destroy()
  t.is(sandbox.store.accessGrants.all().length, 1)
})

some('4.6: the key of another workspace changes nothing in destroy either', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  await stack.up()
  const other = await startSandbox({ seed: 'empty' })
  t.teardown(() => other.stop())
  const env = { SEAM_ENDPOINT: other.endpoint, SEAM_API_KEY: other.apiKey }
  const { stdout, stderr } = await stack.destroy({ env, expectFailure: true })
  t.true((stdout + stderr).includes(`the state is of workspace ${sandbox.workspaceId}`))
  t.is((await stack.resources('AccessGrant')).length, 4)
  await stack.destroy()
})
