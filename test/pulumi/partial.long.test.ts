import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment, writes } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 6)

const program = `
const seam = require('seam-iac')
const { NAME, METHODS = '[{"mode":"code"}]' } = process.env
const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
const grant = new seam.AccessGrant('ana-lobby', {
  userIdentityId: ana.userIdentityId,
  spaceIds: ['${officeIds.spaces.lobby}'],
  requestedAccessMethods: JSON.parse(METHODS),
  name: NAME,
})
exports.grant = grant.accessGrantId
`
const more = { NAME: 'Lobby', METHODS: '[{"mode":"code"},{"mode":"card"}]' }

some(
  '4.14: a partial failure: state says what was done, and the next run does the rest',
  async (t) => {
    const { sandbox, stack } = await deployment(t, program)
    await stack.up()
    const { grant } = (await stack.outputs()) as Record<string, string>
    sandbox.fault({ path: '/access_grants/request_access_methods', kind: 'status', status: 500 })

    const failed = await stack.up({ env: more, expectFailure: true })
    t.regex(failed.stdout + failed.stderr, /Seam refused \/access_grants\/request_access_methods/)
    const [state] = await stack.resources('AccessGrant')
    t.is(state?.outputs?.['name'], 'Lobby', 'the change that was made is in the state')
    t.is((state?.outputs?.['requestedAccessMethods'] as unknown[]).length, 1)

    sandbox.clearFaults()
    sandbox.clearRequests()
    await stack.up({ env: more })
    t.deepEqual(writes(sandbox), ['/access_grants/request_access_methods'], 'only what was missing')
    t.deepEqual(
      sandbox.store.accessGrants.get(grant!)?.requested_access_methods.map(({ mode }) => mode),
      ['code', 'card'],
    )
    await stack.up('--expect-no-changes', { env: more })
    await stack.destroy()
  },
)

some('4.14: one that fails keeps the others, and the next run makes it', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  sandbox.fault({ path: '/access_grants/create', kind: 'status', status: 400, times: 1 })
  await stack.up({ expectFailure: true })
  t.is((await stack.resources('UserIdentity')).length, 1)
  t.is((await stack.resources('AccessGrant')).length, 0)
  sandbox.clearRequests()
  await stack.up()
  t.deepEqual(writes(sandbox), ['/access_grants/create'])
  await stack.destroy()
})

some('4.1: a create whose answer was lost makes one object', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  const grants = sandbox.store.accessGrants.all().length
  for (const path of ['/user_identities/create', '/access_grants/create']) {
    sandbox.fault({ path, kind: 'reset-after', times: 1 })
  }
  await stack.up()
  t.is(sandbox.store.accessGrants.all().length, grants + 1)
  t.deepEqual(writes(sandbox), ['/user_identities/create', '/access_grants/create'])
  await stack.up('--expect-no-changes')
  await stack.destroy()
  t.is(sandbox.store.accessGrants.all().length, grants)
})

some('4.13: a limit of requests slows a deployment down, and fails nothing', async (t) => {
  const { sandbox, stack } = await deployment(t, program, { sandbox: { requestsPerSecond: 1 } })
  sandbox.fault({ path: '/access_grants/create', kind: 'status', status: 429, times: 3 })
  await stack.up()
  t.is(sandbox.store.accessGrants.all().length, 2)
  t.true(sandbox.requests.filter(({ status }) => status === 429).length >= 3)
  await stack.destroy()
  t.is(sandbox.store.accessGrants.all().length, 1)
})

some('4.15: an error says what, which and what to do, with the id of the request', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  sandbox.fault({ path: '/access_grants/create', kind: 'status', status: 401 })
  const { stdout, stderr } = await stack.up({ expectFailure: true })
  const said = (stdout + stderr).slice((stdout + stderr).indexOf('Diagnostics:'))
  t.regex(
    said,
    /seam:AccessGrant \(ana-lobby\):\n +error: Seam refused \/access_grants\/create for AccessGrant iac-\S+: .*\(401/,
  )
  t.regex(said, /Check SEAM_API_KEY/)
  t.regex(said, /Seam's request id: [0-9a-f-]{36}/)
  t.false(said.includes(sandbox.apiKey))
  sandbox.clearFaults()
  await stack.destroy()
})
