import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { ask, deployment, plannedSteps, writes } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 16)

const { spaces, accessGroups, systems } = officeIds
const methods = `requestedAccessMethods: [{ mode: 'code' }]`

const grantProgram = `
const seam = require('seam-iac')
const { KEY, OPTIONS = '{}', SPACE = '${spaces.lobby}' } = process.env
const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz', emailAddress: 'ana@example.com' })
const grant = new seam.AccessGrant('ana-lobby', {
  userIdentityId: ana.id, spaceIds: [SPACE], ${methods}, accessGrantKey: KEY,
}, JSON.parse(OPTIONS))
exports.grant = grant.id
`
const urnOf = (name: string, type = 'AccessGrant') =>
  `urn:pulumi:test::program::pulumi-nodejs:dynamic/seam:${type}::${name}`

for (const [what, taint] of [
  ['--replace', false],
  ['a tainted grant', true],
] as const) {
  some(`4.1: ${what} never ends with a grant that is in state only`, async (t) => {
    const { sandbox, stack } = await deployment(t, grantProgram)
    await stack.up()
    const urn = urnOf('ana-lobby')
    const replace = async (...more: string[]) => {
      if (!taint) return stack.up('--replace', urn, ...more)
      await stack.run('state', 'taint', urn, '--yes', '--stack', 'test')
      return stack.up(...more)
    }
    const isThere = async () => {
      const id = String((await stack.outputs())['grant'])
      t.truthy(sandbox.store.accessGrants.get(id), 'the state names a grant that exists')
      t.is(sandbox.store.accessGrants.all().length, 2, 'and no other, beside that of the seed')
      return id
    }
    const first = await isThere()
    const { stdout } = await replace()
    t.regex(stdout, /warning: AccessGrant \S+ stays as it is: .* run that again with --refresh/)
    t.is(await isThere(), first)

    // A refresh tells the provider what is alive, so the replacement takes another key.
    await replace('--refresh')
    const second = await isThere()
    t.not(second, first)
    await replace('--refresh')
    t.not(await isThere(), second)
    await stack.up('--expect-no-changes')
    await stack.destroy()
    t.is(sandbox.store.accessGrants.all().length, 1)
  })
}

some('4.1: replaceWith replaces the grant together with another resource', async (t) => {
  const program = `
    const seam = require('seam-iac')
    const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
    const studio = new seam.Space('studio', { name: 'Studio', spaceKey: process.env.SPACE_KEY })
    const grant = new seam.AccessGrant('ana-lobby', { userIdentityId: ana.id, spaceIds: ['${spaces.lobby}'], ${methods} }, { replaceWith: [studio] })
    exports.grant = grant.id`
  const { sandbox, stack } = await deployment(t, program, { env: { SPACE_KEY: 'one' } })
  await stack.up()
  const before = (await stack.outputs())['grant']
  await stack.up({ env: { SPACE_KEY: 'two' } })
  const after = (await stack.outputs())['grant']
  t.not(after, before)
  t.is(sandbox.store.accessGrants.all().length, 2)
  t.truthy(sandbox.store.accessGrants.get(String(after)))
  await stack.up('--expect-no-changes', { env: { SPACE_KEY: 'two' } })
  await stack.destroy()
  t.is(sandbox.store.spaces.all().length, 6)
})

some(
  '4.1: deleteBeforeReplace: false with a key of the program is refused, and nothing is lost',
  async (t) => {
    const { sandbox, stack } = await deployment(t, grantProgram, { env: { KEY: 'ana-front' } })
    const options = { OPTIONS: JSON.stringify({ deleteBeforeReplace: false }) }
    await stack.up({ env: options })
    const before = (await stack.outputs())['grant']
    const { stdout, stderr } = await stack.up({
      env: { ...options, SPACE: spaces.lab },
      expectFailure: true,
    })
    t.regex(
      stdout + stderr,
      /Leave the key out, .*; or set the resource option deleteBeforeReplace to true/,
    )
    t.truthy(sandbox.store.accessGrants.get(String(before)))
    await stack.up({ env: { SPACE: spaces.lab } })
    t.is(sandbox.store.accessGrants.all().length, 2)
    await stack.destroy()
  },
)

some('4.1: a grant that is renamed and a new one under its old name are two', async (t) => {
  const grant = (name: string, space: string = spaces.lobby) => `
    exports['${name}'] = new seam.AccessGrant('${name}', { userIdentityId: ana.id, spaceIds: ['${space}'], ${methods} }).id`
  const head = `
    const seam = require('seam-iac')
    const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })`
  const { sandbox, stack } = await deployment(t, head + grant('one'))
  await stack.up()
  const before = (await stack.outputs())['one']
  await stack.run('state', 'rename', urnOf('one'), 'two', '--yes', '--stack', 'test')
  await stack.writeProgram(head + grant('one') + grant('two'))
  await stack.up()
  const { one, two } = await stack.outputs()
  t.is(two, before, 'the renamed grant is the same grant')
  t.not(one, two)
  t.is(sandbox.store.accessGrants.all().length, 3)
  await stack.up('--expect-no-changes')

  await stack.writeProgram(head + grant('one', spaces.lab) + grant('two'))
  await stack.up()
  t.is(sandbox.store.accessGrants.all().length, 3)
  t.is((await stack.outputs())['two'], before, 'replacing the new one leaves the renamed one alone')
  await stack.destroy()
  t.is(sandbox.store.accessGrants.all().length, 1)
})

some('4.1: stacks of equal programs in one workspace have grants of their own', async (t) => {
  const { sandbox, stack } = await deployment(
    t,
    grantProgram.replace(`emailAddress: 'ana@example.com'`, ''),
  )
  await stack.up()
  await stack.run('stack', 'init', 'other')
  const other = ['--yes', '--skip-preview', '--stack', 'other']
  await stack.run('up', ...other)
  t.is(sandbox.store.accessGrants.all().length, 3)
  await stack.run('destroy', ...other)
  t.is(sandbox.store.accessGrants.all().length, 2)
  await stack.up('--expect-no-changes')
  await stack.refresh('--expect-no-changes')
  await stack.destroy()
})

some(
  '4.2: a key that is taken is refused, adopted on request, and let go by destroy',
  async (t) => {
    const program = `
    const seam = require('seam-iac')
    const adopt = process.env.ADOPT ? { adopt: true } : {}
    const grace = new seam.UserIdentity('grace', { userIdentityKey: 'staff-1', fullName: 'Grace Hopper', ...adopt })
    exports.id = grace.id
    exports.adopted = grace.adopted`
    const { sandbox, stack } = await deployment(t, program)
    const { user_identity: made } = await ask(sandbox, '/user_identities/create', {
      user_identity_key: 'staff-1',
      full_name: 'Grace',
    })
    const id = String(made!['user_identity_id'])
    const refused = await stack.up({ expectFailure: true })
    t.true(
      (refused.stdout + refused.stderr).includes(
        `UserIdentity ${id} has the key "staff-1" already`,
      ),
    )
    t.regex(refused.stdout + refused.stderr, /set `adopt` to true to take it over/)
    t.is(sandbox.store.userIdentities.get(id)?.full_name, 'Grace', 'nothing was touched')

    await stack.up({ env: { ADOPT: 'yes' } })
    t.deepEqual(await stack.outputs(), { id, adopted: true })
    t.is(sandbox.store.userIdentities.get(id)?.full_name, 'Grace Hopper')
    await stack.refresh('--expect-no-changes')
    await stack.up('--expect-no-changes', { env: { ADOPT: 'yes' } })
    await stack.destroy()
    t.truthy(sandbox.store.userIdentities.get(id), 'she was there before, and stays')
  },
)

some(
  '4.2: a member that was there before is told, and destroy takes the membership away',
  async (t) => {
    const member = officeIds.acsUsers.brivoFarid
    const program = `
    const seam = require('seam-iac')
    new seam.AccessGroupMembership('farid', { acsAccessGroupId: '${accessGroups.labTeam}', acsUserId: '${member}' })`
    const { sandbox, stack } = await deployment(t, program)
    const count = sandbox.store.memberships.all().length
    const { stdout } = await stack.up()
    t.regex(stdout, /warning: Farid Khan was a member already/)
    t.is(sandbox.store.memberships.all().length, count)
    await stack.destroy()
    t.is(sandbox.store.memberships.all().length, count - 1)
  },
)

some('4.3: ignoreChanges leaves an end date alone that was extended behind our back', async (t) => {
  const program = (name: string) => `
    const seam = require('seam-iac')
    const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
    exports.id = new seam.AccessGrant('ana-lobby', {
      userIdentityId: ana.id, spaceIds: ['${spaces.lobby}'], ${methods}, endsAt: '2031-01-01T00:00:00Z', name: '${name}',
    }, { ignoreChanges: ['endsAt'] }).id`
  const { sandbox, stack } = await deployment(t, program('Lobby'))
  await stack.up()
  const id = String((await stack.outputs())['id'])
  await ask(sandbox, '/access_grants/update', {
    access_grant_id: id,
    ends_at: '2040-01-01T00:00:00Z',
  })
  await stack.writeProgram(program('Front'))
  await stack.up()
  t.is(sandbox.store.accessGrants.get(id)?.ends_at, '2040-01-01T00:00:00.000Z')
  await stack.refresh()
  t.deepEqual(await plannedSteps(stack), [])
  await stack.destroy()
})

some('4.4: an identity that holds what others made is not deleted without consent', async (t) => {
  const program = (consent = '') => `
    const seam = require('seam-iac')
    exports.id = new seam.UserIdentity('zoe', { fullName: 'Zoe Lang', ${consent} }).id`
  const { sandbox, stack } = await deployment(t, program())
  await stack.up()
  const id = String((await stack.outputs())['id'])
  const { acs_user: user } = await ask(sandbox, '/acs/users/create', {
    acs_system_id: systems.brivo,
    full_name: 'Zoe Lang',
    user_identity_id: id,
  })
  const { acs_credential: credential } = await ask(sandbox, '/acs/credentials/create', {
    access_method: 'code',
    code: '902134',
    acs_user_id: user!['acs_user_id'],
  })
  const refused = await stack.destroy({ expectFailure: true })
  t.true((refused.stdout + refused.stderr).includes(String(credential!['acs_credential_id'])))
  t.regex(refused.stdout + refused.stderr, /set `deleteCascade` to true and deploy that before/)
  t.truthy(sandbox.store.userIdentities.get(id))
  await stack.writeProgram(program('deleteCascade: true'))
  await stack.up()
  await stack.destroy()
  t.is(sandbox.store.userIdentities.get(id), undefined)
})

some(
  '4.5: the plan of a replacement says what it does to people, and not at every step',
  async (t) => {
    const { stack } = await deployment(t, grantProgram)
    await stack.up()
    const moved = await stack.preview({ env: { SPACE: spaces.lab } })
    t.regex(
      moved.stdout,
      /warning: Replaced because `spaceIds` changes \(Seam cannot move a grant to other doors\)\. The PIN goes on working: Seam shares it/,
    )
    const { diagnostics = [] } = await stack.previewJson({ env: { SPACE: spaces.lab } })
    const told = diagnostics.filter(({ message }) => message.includes('goes on working'))
    t.is(told.length, 1)
    const { stdout } = await stack.up({ env: { SPACE: spaces.lab } })
    const steps = stdout.match(/^ .. pulumi-nodejs.* ana-lobby .*/gm) ?? []
    t.true(steps.length >= 6, stdout)
    t.notRegex(steps.at(-1)!, /goes on working/, 'it is not repeated at every step')
    await stack.destroy()
  },
)

some('4.8: changing a PIN requests the new one, and then deletes the old one', async (t) => {
  const program = (code: string) => `
    const seam = require('seam-iac')
    const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
    exports.id = new seam.AccessGrant('ana-lobby', {
      userIdentityId: ana.id, spaceIds: ['${spaces.lobby}'], requestedAccessMethods: [{ mode: 'code', code: '${code}' }],
    }).id`
  const { sandbox, stack } = await deployment(t, program('471147'))
  await stack.up()
  const id = String((await stack.outputs())['id'])
  sandbox.clearRequests()
  await stack.writeProgram(program('815815'))
  await stack.up()
  t.deepEqual(writes(sandbox), ['/access_grants/request_access_methods', '/access_methods/delete'])
  const held = sandbox.store.accessGrants.get(id)!
  t.deepEqual(
    sandbox.store.accessMethods.pick(held.access_method_ids).map(({ code }) => code),
    ['815815'],
  )
  await stack.refresh('--expect-no-changes')
  await stack.up('--expect-no-changes')
  await stack.destroy()
})

some('4.1: a user of an access control system is never made twice', async (t) => {
  const program = (more = '') => `
    const seam = require('seam-iac')
    exports.id = new seam.AcsUser('mia', { acsSystemId: '${systems.brivo}', fullName: 'Mia Berg', emailAddress: 'mia@example.com', ${more} }).id`
  const { sandbox, stack } = await deployment(t, program())
  sandbox.fault({ path: '/acs/users/create', kind: 'reset-after', times: 1 })
  const count = sandbox.store.acsUsers.all().length
  await stack.up()
  t.is(sandbox.store.acsUsers.all().length, count + 1, 'a lost answer makes one user')
  const replaced = ['--replace', urnOf('mia', 'AcsUser')]
  const refused = await stack.up({ expectFailure: true }, ...replaced)
  t.regex(refused.stdout + refused.stderr, /it is the one to be replaced: add --refresh/)
  const held = () => sandbox.store.acsUsers.all().filter((one) => one.full_name === 'Mia Berg')
  const [first] = held()
  await stack.up(...replaced, '--refresh')
  const [second, ...more] = held()
  t.not(second?.acs_user_id, first?.acs_user_id)
  t.deepEqual(more, [])

  await stack.writeProgram(program(`isSuspended: true, phoneNumber: '+14155550100'`))
  await stack.up()
  const id = String((await stack.outputs())['id'])
  t.like(sandbox.store.acsUsers.get(id), { is_suspended: true, phone_number: '+14155550100' })
  await stack.run('state', 'delete', urnOf('mia', 'AcsUser'), '--yes', '--stack', 'test')
  const twin = await stack.up({ expectFailure: true })
  t.true(
    (twin.stdout + twin.stderr).includes(`There is a AcsUser like this one already: ${id}`) ||
      (twin.stdout + twin.stderr).includes(id),
  )
  await stack.writeProgram(
    program(`isSuspended: true, phoneNumber: '+14155550100', adopt: true, deleteAdopted: true`),
  )
  await stack.up()
  t.is((await stack.outputs())['id'], id)
  await stack.destroy()
  t.is(sandbox.store.acsUsers.all().length, count)
})
