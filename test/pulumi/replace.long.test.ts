import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment, writes } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 6)

const { spaces, systems, userIdentities } = officeIds

const program = `
const seam = require('seam-iac')
const { SPACE = '${spaces.lobby}', KEY, NAME, CODE, OPTIONS = '{}' } = process.env
const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
const grant = new seam.AccessGrant('ana-door', {
  userIdentityId: ana.userIdentityId,
  spaceIds: [SPACE],
  requestedAccessMethods: CODE ? [{ mode: 'code', code: CODE }] : [{ mode: 'code' }],
  accessGrantKey: KEY,
  name: NAME,
}, JSON.parse(OPTIONS))
exports.grant = grant.accessGrantId
exports.key = grant.accessGrantKey
`

const order = ['/access_grants/create', '/access_grants/delete']

some('Replace: with an automatic key the new grant is there before the old one goes', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  await stack.up()
  const before = await stack.outputs()
  sandbox.clearRequests()

  const moved = { env: { SPACE: spaces.lab } }
  const { steps } = await stack.previewJson(moved)
  const replace = steps.find(({ op }) => op === 'replace')
  t.deepEqual(replace?.replaceReasons, ['spaceIds'])
  t.deepEqual(sandbox.requests, [])

  await stack.up(moved)
  const after = await stack.outputs()
  t.deepEqual(writes(sandbox), order)
  t.not(after['grant'], before['grant'])
  t.not(after['key'], before['key'])
  t.is(sandbox.store.accessGrants.get(String(before['grant'])), undefined)
  t.deepEqual(sandbox.store.accessGrants.get(String(after['grant']))?.space_ids, [spaces.lab])
  await stack.up('--expect-no-changes', moved)
  await stack.destroy()
})

some('Replace: with a key of the program the old grant goes first', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  await stack.up({ env: { KEY: 'ana-front' } })
  sandbox.clearRequests()
  await stack.up({ env: { KEY: 'ana-front', SPACE: spaces.lab } })
  t.deepEqual(writes(sandbox), [...order].reverse())
  t.is((await stack.outputs())['key'], 'ana-front')

  sandbox.clearRequests()
  await stack.up({ env: { KEY: 'ana-back', SPACE: spaces.lab } })
  t.deepEqual(writes(sandbox), order, 'another key names another grant, which can stand beside')
  await stack.destroy()
  t.is(sandbox.store.accessGrants.all().length, 1, 'only the unmanaged grant of the seed is left')
})

some('Replace: with a fixed PIN the old grant goes first', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  await stack.up({ env: { CODE: '471147' } })
  sandbox.clearRequests()
  const { stdout } = await stack.up({ env: { CODE: '471147', SPACE: spaces.lab } })
  t.deepEqual(writes(sandbox), [...order].reverse())
  t.regex(stdout, /The doors stay closed between the old grant and the new one/)
  await stack.destroy()
})

some(
  'Replace: replaceOnChanges makes a new grant of a change that would be in place',
  async (t) => {
    const { sandbox, stack } = await deployment(t, program)
    const options = { OPTIONS: JSON.stringify({ replaceOnChanges: ['name'] }) }
    await stack.up({ env: options })
    const before = await stack.outputs()
    sandbox.clearRequests()
    await stack.up({ env: { ...options, NAME: 'Front door' } })
    const after = await stack.outputs()
    t.deepEqual(writes(sandbox), order)
    t.not(after['grant'], before['grant'])
    t.is(sandbox.store.accessGrants.get(String(after['grant']))?.name, 'Front door')
    t.is(sandbox.store.accessGrants.get(String(before['grant'])), undefined)

    sandbox.clearRequests()
    await stack.up({ env: { ...options, NAME: 'Back door' } })
    t.deepEqual(writes(sandbox), order, 'and again, with a key that is free')
    await stack.destroy()
  },
)

some('Replace: deleteBeforeReplace is honoured', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  const options = { OPTIONS: JSON.stringify({ deleteBeforeReplace: true }) }
  await stack.up({ env: options })
  sandbox.clearRequests()
  await stack.up({ env: { ...options, SPACE: spaces.lab } })
  t.deepEqual(writes(sandbox), [...order].reverse())
  await stack.destroy()
})

some(
  'Replace: the user of a person goes first, and any other stays until the new one is there',
  async (t) => {
    const users = `
    const seam = require('seam-iac')
    const accessSchedule = process.env.ENDLESS
      ? { startsAt: '2031-01-01T00:00:00Z' }
      : { endsAt: '2032-01-01T00:00:00Z' }
    const system = { acsSystemId: '${systems.saltoKs}', accessSchedule }
    new seam.AcsUser('grace', { ...system, fullName: 'Grace', userIdentityId: '${userIdentities.grace}' })
    new seam.AcsUser('mia', { ...system, fullName: 'Mia Berg' })`
    const { sandbox, stack } = await deployment(t, users)
    await stack.up()
    const { acsUsers } = sandbox.store
    const idOf = (name: string) => acsUsers.all().find((one) => one.full_name === name)?.acs_user_id
    const [grace, mia] = [idOf('Grace'), idOf('Mia Berg')]
    sandbox.clearRequests()
    const endless = { env: { ENDLESS: 'true' } }
    await stack.up(endless)
    t.deepEqual(writes(sandbox).sort(), [
      '/acs/users/create',
      '/acs/users/create',
      '/acs/users/delete',
      '/acs/users/delete',
    ])
    const order = sandbox.requests.flatMap(({ path, body }) => {
      const { full_name: created, acs_user_id: deleted } = body as Record<string, unknown>
      if (path === '/acs/users/create') return [`${String(created)} is created`]
      return path === '/acs/users/delete' ? [`${String(deleted)} is deleted`] : []
    })
    const at = (what: string) => order.indexOf(what)
    t.true(at(`${grace} is deleted`) < at('Grace is created'))
    t.true(at('Mia Berg is created') < at(`${mia} is deleted`))
    const held = acsUsers.all().filter((one) => one.access_schedule?.ends_at === null)
    t.deepEqual(held.map((one) => one.full_name).sort(), ['Grace', 'Mia Berg'])
    await stack.up('--expect-no-changes', '--refresh', endless)
    await stack.destroy()
  },
)
