import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { repository } from '../../tools/engine/folders.js'
import { deployment, plannedSteps } from '../fixtures/building'

const readme = readFileSync(join(repository, 'README.md'), 'utf8')

test.serial('README: its program compiles, deploys, and then has nothing left to do', async (t) => {
  const program = /```ts\n([^]*?)```/.exec(readme)?.[1] ?? ''
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
