import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment, plannedSteps, writes } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 6)

const { spaces } = officeIds
const methods = `requestedAccessMethods: [{ mode: 'code' }]`

some('Options: an alias keeps a renamed grant, its key and its PIN', async (t) => {
  const program = (name: string, options = '{}') => `
    const seam = require('seam-iac')
    const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
    new seam.AccessGrant('${name}', { userIdentityId: ana.id, spaceIds: ['${spaces.lobby}'], ${methods} }, ${options})`
  const { sandbox, stack } = await deployment(t, program('ana-lobby'))
  await stack.up()
  sandbox.clearRequests()
  await stack.writeProgram(program('ana-front', `{ aliases: [{ name: 'ana-lobby' }] }`))
  t.deepEqual(await plannedSteps(stack), [])
  await stack.up()
  t.deepEqual(sandbox.requests, [])
  await stack.destroy()
})

some(
  'Options: components hold grants, and equal names under parents of two types are two grants',
  async (t) => {
    const { sandbox, stack } = await deployment(
      t,
      `
    const pulumi = require('@pulumi/pulumi')
    const seam = require('seam-iac')
    class Flat extends pulumi.ComponentResource {
      constructor(kind, name, person) {
        super("example:" + kind, name)
        this.grant = new seam.AccessGrant('door', {
          userIdentityId: person.userIdentityId, spaceIds: ['${spaces.lobby}'], ${methods},
        }, { parent: this })
        this.registerOutputs()
      }
    }
    const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
    exports.one = new Flat('Flat', 'one', ana).grant.accessGrantKey
    exports.two = new Flat('House', 'two', ana).grant.accessGrantKey
    `,
    )
    await stack.up()
    const { one, two } = await stack.outputs()
    t.not(one, two)
    t.is(sandbox.store.accessGrants.all().length, 3)
    await stack.destroy()
    t.is(sandbox.store.accessGrants.all().length, 1)
  },
)

some('Options: a component holds people together with what is given to them', async (t) => {
  const { sandbox, stack } = await deployment(
    t,
    `
    const pulumi = require('@pulumi/pulumi')
    const seam = require('seam-iac')
    const team = new pulumi.ComponentResource('example:Team', 'team')
    for (const fullName of ['Ana', 'Bo']) {
      const person = new seam.UserIdentity(fullName, { fullName }, { parent: team })
      new seam.AccessGrant(fullName, {
        userIdentityId: person.id, spaceIds: ['${spaces.lobby}'], ${methods},
      }, { parent: person })
    }`,
  )
  await stack.up()
  t.is(sandbox.store.accessGrants.all().length, 3)
  await stack.up('--expect-no-changes')
  await stack.destroy()
})

some(
  'Options: protect refuses, ignoreChanges leaves alone, retainOnDelete leaves behind',
  async (t) => {
    const program = (options: string, extra = '') => `
    const seam = require('seam-iac')
    const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' }, { retainOnDelete: true })
    new seam.AccessGrant('ana-lobby', {
      userIdentityId: ana.id, spaceIds: ['${spaces.lobby}'], ${methods}, ${extra}
    }, ${options})`
    const { sandbox, stack } = await deployment(
      t,
      program('{ protect: true }', `endsAt: '2031-01-01T00:00:00Z'`),
    )
    await stack.up()
    const refused = await stack.destroy({ expectFailure: true })
    t.regex(refused.stdout + refused.stderr, /protect/)
    t.is(sandbox.store.accessGrants.all().length, 2)

    sandbox.clearRequests()
    await stack.writeProgram(
      program(`{ ignoreChanges: ['endsAt'] }`, `endsAt: '2035-01-01T00:00:00Z', name: 'Lobby'`),
    )
    await stack.up()
    t.deepEqual(writes(sandbox), ['/access_grants/update'])
    t.deepEqual(
      Object.keys(
        sandbox.requests.find(({ path }) => path.endsWith('/update'))!.body as object,
      ).sort(),
      ['access_grant_id', 'name'],
    )

    await stack.destroy()
    t.is(sandbox.store.accessGrants.all().length, 1)
    t.true(
      sandbox.store.userIdentities.all().some(({ full_name: name }) => name === 'Ana Ruiz'),
      'she was retained',
    )
  },
)

some(
  'Options: get reads what exists, never changes it, and says when it is not there',
  async (t) => {
    const program = (id: string) => `
    const seam = require('seam-iac')
    const lobby = seam.Space.get('lobby', '${id}')
    exports.name = lobby.name
    exports.id = lobby.spaceId
    exports.isSpace = seam.Space.isInstance(lobby)
    exports.isGrant = seam.AccessGrant.isInstance(lobby)
    exports.type = seam.Space.__pulumiType`
    const { sandbox, stack } = await deployment(t, program(spaces.lobby))
    await stack.up()
    t.deepEqual(await stack.outputs(), {
      name: 'Lobby',
      id: spaces.lobby,
      isSpace: true,
      isGrant: false,
      type: 'pulumi-nodejs:dynamic/seam:Space',
    })
    await stack.destroy()
    t.deepEqual(writes(sandbox), [])
    t.truthy(sandbox.store.spaces.get(spaces.lobby))

    const missing = '80000000-0000-4000-8000-999999999999'
    await stack.writeProgram(program(missing))
    const { stdout, stderr } = await stack.up({ expectFailure: true })
    t.true((stdout + stderr).includes(`There is no Space ${missing} in this workspace.`))
  },
)
