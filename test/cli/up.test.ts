import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { deployment, writes } from '../fixtures/building'
import { seamIac } from '../fixtures/cli'

const { lab } = officeIds.spaces

const program = (body: string) => `const seam = require('seam-iac')
const person = (name, more) => new seam.UserIdentity(name.toLowerCase(), { fullName: name, ...more })
${body}`

/** People, each with a grant of a space that is there already. */
const staff = (names: string[], more = '') =>
  program(`
for (const name of ${JSON.stringify(names)}) {
  const { userIdentityId } = person(name)
  new seam.AccessGrant(name.toLowerCase() + '-lab', {
    name, userIdentityId, spaceIds: ['${lab}'], requestedAccessMethods: [{ mode: 'code' }],
  })
}
${more}`)

const holders = ({ store }: Sandbox) =>
  store.accessGrants
    .all()
    .filter(({ access_grant_key: key }) => key?.startsWith('iac-'))
    .map(({ name }) => name)
    .sort()

/** Her e-mail address is somebody else's already, so she cannot be made. */
const cannotBeMade = `person('Eve', { emailAddress: 'ivan@example.com' })`

test('seam-iac up: leavers are out, although something else cannot be made', async (t) => {
  const { sandbox, stack } = await deployment(t, staff(['Ana', 'Ben', 'Cy', 'Dana']))
  await stack.up()
  const taken = sandbox.store.userIdentities.get(officeIds.userIdentities.ivan)!.email_address
  const failing = cannotBeMade.replace('ivan@example.com', String(taken))
  await stack.writeProgram(staff(['Dana'], failing))

  await stack.up({ expectFailure: true })
  t.deepEqual(holders(sandbox), ['Ana', 'Ben', 'Cy', 'Dana'], 'the engine alone leaves them in')

  const { code, stdout, stderr } = await seamIac(['up', '--yes', '--stack', 'test'], {
    cwd: stack.folder,
    env: stack.env,
  })
  t.deepEqual(holders(sandbox), ['Dana'])
  t.not(code, 0)
  t.regex(stdout, /3 people lose/)
  t.regex(stderr, /every revocation was made/)
  await stack.writeProgram(staff(['Dana']))
  await stack.up()
  await stack.destroy()
  t.deepEqual(holders(sandbox), [])
})
