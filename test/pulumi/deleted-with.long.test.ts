import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 8)

const { spaces } = officeIds

const program = (options: string, before = '') => `
const pulumi = require('@pulumi/pulumi')
const seam = require('seam-iac')
const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
${before}
new seam.AccessGrant('ana-lobby', {
  userIdentityId: ana.id, spaceIds: ['${spaces.lobby}'],
  requestedAccessMethods: [{ mode: 'code', code: process.env.PIN }],
}, ${options})`

const set = `({ props, opts, type }) => type.endsWith('AccessGrant')
  ? { props, opts: { ...opts, deletedWith: ana } } : undefined`

const ways: [what: string, options: string, before?: string][] = [
  ['of its own', '{ deletedWith: ana }'],
  [
    'of a component around it',
    '{ parent: team }',
    `const team = new pulumi.ComponentResource('example:Team', 'team', {}, { deletedWith: ana })`,
  ],
  [
    'of a component around its component',
    '{ parent: flat }',
    `const team = new pulumi.ComponentResource('example:Team', 'team', {}, { deletedWith: ana })
     const flat = new pulumi.ComponentResource('example:Flat', 'flat', {}, { parent: team })`,
  ],
  ['of a transformation of its own', `{ transformations: [${set}] }`],
  ['of a transform of its own', `{ transforms: [${set}] }`],
  ['of a transformation of the stack', '{}', `pulumi.runtime.registerStackTransformation(${set})`],
]

for (const [what, options, before] of ways) {
  some(
    `deletedWith: a grant with that ${what} is deleted by itself, and the person after it`,
    async (t) => {
      const env = { PIN: '4712' }
      const { sandbox, stack } = await deployment(t, program(options, before), { env })
      const { stdout, stderr } = await stack.up()
      t.regex(stdout + stderr, /ana-lobby.*\n(.*\n)*.*deletedWith is left out/)
      await stack.up('--expect-no-changes')
      await stack.destroy()
      t.is(sandbox.store.accessGrants.all().length, 1)
      t.false(sandbox.store.userIdentities.all().some(({ full_name: name }) => name === 'Ana Ruiz'))
      t.notRegex(await stack.everythingStored(), /4712/)
      t.true(sandbox.requests.some(({ path }) => path === '/access_grants/delete'))
    },
  )
}
