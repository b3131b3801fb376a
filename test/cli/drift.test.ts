import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { ask, deployment, writes } from '../fixtures/building'
import { seamIac } from '../fixtures/cli'

const program = `const seam = require('seam-iac')
for (const name of ['Ana', 'Ben']) {
  const { userIdentityId } = new seam.UserIdentity(name.toLowerCase(), { fullName: name })
  new seam.AccessGrant(name.toLowerCase() + '-lab', {
    name, userIdentityId, spaceIds: ['${officeIds.spaces.lab}'],
    requestedAccessMethods: [{ mode: 'card' }], endsAt: '2098-01-01T00:00:00Z',
  })
}`

test('seam-iac drift: tells what changed behind the program, and ends with 2', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  await stack.up()
  await stack.run('stack', 'init', 'selected-but-not-meant')
  const drift = (...args: string[]) =>
    seamIac(['drift', '--stack', 'test', ...args], { cwd: stack.folder, env: stack.env })

  const none = await drift()
  t.is(none.code, 0, none.stderr)
  t.regex(none.stdout, /Access drift in program\/test: no drift/)

  const grant = (who: string) =>
    sandbox.store.accessGrants.all().find(({ name }) => name === who)!.access_grant_id
  await ask(sandbox, '/access_grants/delete', { access_grant_id: grant('Ben') })
  const ends_at = '2099-01-01T00:00:00Z'
  await ask(sandbox, '/access_grants/update', { access_grant_id: grant('Ana'), ends_at })
  const before = await stack.stateText()
  sandbox.clearRequests()
  const found = await drift('--format', 'markdown')
  t.is(found.code, 2, found.stderr)
  t.regex(found.stdout, /1 person lost, 1 person changed/)
  t.regex(
    found.stdout,
    /\| Ben \| Lab[^|]*\| card \| \*\*is over\*\*, had until 1 Jan 2098[^]*seam-iac up --refresh/,
  )
  t.regex(
    found.stdout,
    /\| Ana \| Lab[^|]*\| card \| until 1 Jan 2098, 00:00 → \*\*until 1 Jan 2099, 00:00\*\*/,
  )
  t.deepEqual(writes(sandbox), [], 'nothing is changed')
  t.is(await stack.stateText(), before, 'nor the state')

  sandbox.fault({ path: '*', kind: 'status', status: 401 })
  const failed = await drift()
  t.is(failed.code, 1)
  sandbox.clearFaults()
  await stack.destroy()
})
