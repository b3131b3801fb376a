import test from 'ava'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { deployment, writes } from '../fixtures/building'
import { seamIac } from '../fixtures/cli'
import type { PulumiStack } from '../fixtures/pulumi'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 3)

const { lab } = officeIds.spaces

const header = `const pulumi = require('@pulumi/pulumi')
const seam = require('seam-iac')
const card = { requestedAccessMethods: [{ mode: 'card' }] }
const grant = (name, { userIdentityId }, more, options) => new seam.AccessGrant(name, {
  name, userIdentityId, spaceIds: ['${lab}'], ...card, ...more,
}, options)
const person = (name, args, options) => new seam.UserIdentity(name, { fullName: 'Ana Ruiz', ...args }, options)
`

const program = (body: string) => `${header}\n${body}`

const deploy = (stack: PulumiStack, ...args: string[]) =>
  seamIac(['up', '--stack', 'test', '--yes', ...args], { cwd: stack.folder, env: stack.env })

/** Whose grants the sandbox has, by the name of the grant. */
const granted = ({ store }: Sandbox) =>
  store.accessGrants
    .all()
    .map(({ name }) => String(name))
    .filter((name) => /^(ana|ben)/.test(name))
    .sort()

const email = `emailAddress: 'ana@example.com'`
const ben = `grant('ben-lab', person('ben', { fullName: 'Ben' }))`

/** A program in which nearly everything has another name than in the one before it. */
const before = `
grant('ana-lab', person('ana', { ${email} }))
grant('ana-2', person('other', { emailAddress: 'other@example.com', userIdentityKey: 'staff-1' }))
grant('ana-3', person('ida', { phoneNumber: '+14155550100' }))
grant('ana-4', person('kim'), { accessGrantKey: 'kim-1' })
const den = new seam.Space('den', { name: 'Den', spaceKey: 'den' })
grant('ana-5', person('lou'), { spaceIds: [den.spaceId] })
${ben}`

/** @param aliased whether the engine is told what had another name. */
const after = (aliased: boolean) => {
  const was = (name: string) => (aliased ? `{ aliases: [{ name: '${name}' }] }` : '{}')
  const moved = `{ parent: team, ${aliased ? 'aliases: [{ parent: pulumi.rootStackResource }]' : ''} }`
  return `
grant('ana-lab', person('ana-ruiz', { ${email} }, ${was('ana')}))
grant('ana-two', person('another', { emailAddress: 'other@example.com', userIdentityKey: 'staff-2' }, ${was('other')}), {}, ${was('ana-2')})
const team = new pulumi.ComponentResource('acme:index:Team', 'team')
grant('ana-3', person('ida', { phoneNumber: '+14155550100' }, ${moved}), {}, ${moved})
grant('ana-four', person('kim'), { accessGrantKey: 'kim-1' }, ${was('ana-4')})
const den = new seam.Space('cave', { name: 'Cave', spaceKey: 'den' }, ${was('den')})
grant('ana-five', person('lou'), { spaceIds: [den.spaceId] }, ${was('ana-5')})`
}

some(
  'seam-iac up: what is renamed without an alias stops it before anything is revoked',
  async (t) => {
    const { sandbox, stack } = await deployment(t, program(before))
    await stack.up()
    const was = granted(sandbox)
    await stack.writeProgram(program(after(false)))
    sandbox.clearRequests()
    const { code, stderr } = await deploy(stack)
    t.is(code, 1, stderr)
    t.deepEqual(writes(sandbox), [], 'nothing was done')
    t.deepEqual(granted(sandbox), was)
    for (const said of [
      /UserIdentity ana -> ana-ruiz \(same emailAddress\): aliases: \[\{ name: 'ana' \}\]/,
      /UserIdentity other -> another \(same emailAddress\)/,
      /UserIdentity ida -> ida \(same phoneNumber\): aliases: \['urn:pulumi:test::program::pulumi-nodejs:dynamic\/seam:UserIdentity::ida'\]/,
      /AccessGrant ana-4 -> ana-four \(same accessGrantKey\)/,
      /Space den -> cave \(same spaceKey\)/,
      /adopt: true/,
      /nothing was deployed/,
    ]) {
      t.regex(stderr, said)
    }
    t.notRegex(stderr, /example\.com|4155550100/, 'no address is shown')

    await stack.writeProgram(program(after(true)))
    const aliased = await deploy(stack)
    t.is(aliased.code, 0, aliased.stderr)
    t.deepEqual(
      writes(sandbox).filter((path) => /create/.test(path)),
      [],
    )
    t.is(granted(sandbox).length, was.length - 1, 'only Ben is out')
    await stack.destroy()
  },
)

some(
  'seam-iac up: a person known by name alone is never outside, though renamed without an alias',
  async (t) => {
    const { sandbox, stack } = await deployment(
      t,
      program(`grant('ana-lab', person('ana'))\n${ben}`),
    )
    await stack.up()
    const moved = `
const team = new pulumi.ComponentResource('acme:index:Team', 'team')
grant('ana-lab', person('ana', {}, { parent: team }), {}, { parent: team })`
    const { email_address: taken } = sandbox.store.userIdentities.get(
      officeIds.userIdentities.ivan,
    )!
    await stack.writeProgram(program(`${moved}\nperson('eve', { emailAddress: '${taken}' })`))
    // What fails keeps the engine from deleting anything: the new grant and the old one are both there.
    const failed = await deploy(stack)
    t.not(failed.code, 0)
    t.true(granted(sandbox).includes('ana-lab'))
    t.false(granted(sandbox).includes('ben-lab'), 'who leaves is out all the same')
    await stack.writeProgram(program(moved))
    sandbox.clearRequests()
    t.is((await deploy(stack)).code, 0)
    t.deepEqual(granted(sandbox), ['ana-lab'])
    t.is((await deploy(stack)).code, 0)
    await stack.destroy()
  },
)

some(
  'seam-iac up: what is adopted under a new name stays open, also where the run fails in the middle',
  async (t) => {
    const den = (name: string, more = '') => `
const den = new seam.Space('${name}', { name: 'Den', spaceKey: 'den', acsEntranceIds: ['${officeIds.entrances.labEntrance}'] ${more} })
grant('ana-den', new seam.UserIdentity('ana', { fullName: 'Ana', userIdentityKey: 'a' }), { spaceIds: [den.spaceId] })`
    const { sandbox, stack } = await deployment(t, program(den('den')))
    await stack.up()
    const [space] = sandbox.store.spaces.where('space_key', 'den')
    const { email_address: taken } = sandbox.store.userIdentities.get(
      officeIds.userIdentities.ivan,
    )!
    const renamed = den('cave', ', adopt: true, deleteAdopted: true')
    await stack.writeProgram(program(`${renamed}\nperson('eve', { emailAddress: '${taken}' })`))
    t.not((await deploy(stack)).code, 0)
    await stack.writeProgram(
      program(renamed.replace(/acsEntranceIds: \[.*?\]/, 'acsEntranceIds: []')),
    )
    const { code, stderr } = await deploy(stack)
    t.is(code, 0, stderr)
    t.deepEqual(
      sandbox.store.spaces.where('space_key', 'den').map(({ space_id: id }) => id),
      [space!.space_id],
    )
    t.deepEqual(granted(sandbox), ['ana-den'])
    await stack.destroy()
  },
)
