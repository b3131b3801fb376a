import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { deployment } from '../fixtures/building'
import type { PulumiStack } from '../fixtures/pulumi'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 8)

const { spaces } = officeIds
const urnOf = (name: string) =>
  `urn:pulumi:test::program::pulumi-nodejs:dynamic/seam:AccessGrant::${name}`

const head = `
const seam = require('seam-iac')
const ana = '${officeIds.userIdentities.ivan}'
const grant = (name, space, options) => new seam.AccessGrant(name, {
  userIdentityId: ana, spaceIds: [space], requestedAccessMethods: [{ mode: 'code' }],
}, options)
`
const one = (space: string, options = '{}') =>
  `${head}exports.id = grant('one', '${space}', ${options}).id`

/** The grants that are not of the sandbox's seed. */
const grants = ({ store }: Sandbox) =>
  store.accessGrants
    .all()
    .filter(({ access_grant_key: key }) => key?.startsWith('iac-'))
    .map(({ access_grant_id: id }) => id)

const said = ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr

/** A run that meets a live grant names it and the ways out, and touches nothing. */
async function refused(
  t: ExecutionContext,
  run: Promise<{ stdout: string; stderr: string }>,
  sandbox: Sandbox,
  id: string,
) {
  const text = said(await run)
  t.true(text.includes(`AccessGrant ${id}`), text)
  t.regex(text, /is in no state that this run knows, and (differs in `spaceIds`|is older)/)
  t.regex(text, /`adoptId`[^\n]*`accessGrantKey`[^\n]*seam:namespace/)
  t.deepEqual(grants(sandbox), [id])
}

const args = (name: string) => ['--yes', '--skip-preview', '--stack', name]

/** The same program and names in a state that knows nothing of the first one. */
const others: Record<string, (stack: PulumiStack) => Promise<PulumiStack['run']>> = {
  'a stack that has the former name of a renamed one': async (stack) => {
    await stack.run('stack', 'rename', 'prod', '--stack', 'test')
    await stack.run('stack', 'init', 'test')
    return stack.run
  },
  'a second state backend': async (stack) => {
    const backend = join(dirname(stack.folder), 'second-backend')
    await mkdir(backend)
    const env = { PULUMI_BACKEND_URL: `file://${backend}` }
    const run: PulumiStack['run'] = (...words) => {
      const last = words.at(-1)
      const options = typeof last === 'object' ? last : {}
      return stack.run(...words.filter((word) => typeof word === 'string'), { ...options, env })
    }
    await run('stack', 'init', 'test')
    return run
  },
}

for (const [what, other] of Object.entries(others)) {
  some(`Leftover: ${what} neither deletes nor takes a live grant`, async (t) => {
    const { sandbox, stack } = await deployment(t, one(spaces.lobby))
    await stack.up()
    const [first] = grants(sandbox) as [string]
    const run = await other(stack)
    await stack.writeProgram(one(spaces.lab))
    await refused(t, run('up', ...args('test'), { expectFailure: true }), sandbox, first)
    // The same doors: nothing but its age tells it from what an interrupted run has left.
    await stack.writeProgram(one(spaces.lobby))
    const before = new Date(Date.now() - 2 * 3_600_000).toISOString()
    sandbox.store.accessGrants.update(first, { created_at: before, starts_at: before })
    await refused(t, run('up', ...args('test'), { expectFailure: true }), sandbox, first)

    await run('config', 'set', 'seam:namespace', 'second', '--stack', 'test')
    await run('up', ...args('test'))
    t.is(grants(sandbox).length, 2)
    await run('up', ...args('test'), '--expect-no-changes')
    await run('destroy', ...args('test'))
    t.deepEqual(grants(sandbox), [first], 'the first stack has what it had')
  })
}

some('Leftover: a new grant of a renamed one’s name leaves that one alone', async (t) => {
  const { sandbox, stack } = await deployment(t, one(spaces.lobby))
  await stack.up()
  const [first] = grants(sandbox) as [string]
  await stack.run('state', 'rename', urnOf('one'), 'two', '--yes', '--stack', 'test')
  const both = (space: string) =>
    `${head}const one = grant('one', '${space}'); exports.id = one.id\ngrant('two', '${spaces.lobby}', { dependsOn: one })`
  await stack.writeProgram(both(spaces.lab))
  const target = ['--target', urnOf('one')]
  await refused(t, stack.up(...target, { expectFailure: true }), sandbox, first)
  await refused(t, stack.up({ expectFailure: true }), sandbox, first)

  // Without the dependency, the provider hears of the renamed one in time.
  await stack.writeProgram(both(spaces.lab).replace(', { dependsOn: one }', ''))
  await stack.up()
  t.is(grants(sandbox).length, 2)
  t.true(grants(sandbox).includes(first))
  const seeds = (await stack.resources('seam:AccessGrant')).map(({ inputs }) => inputs?.['__seed'])
  t.is(new Set(seeds).size, 2, 'no two of a program share a seed')
  await stack.destroy()
  t.deepEqual(grants(sandbox), [])
})

some('Leftover: a retained grant is not taken by a later one of its name', async (t) => {
  const { sandbox, stack } = await deployment(t, one(spaces.lobby, '{ retainOnDelete: true }'))
  await stack.up()
  const [first] = grants(sandbox) as [string]
  await stack.writeProgram(head)
  await stack.up()
  t.deepEqual(grants(sandbox), [first])
  await stack.writeProgram(one(spaces.lab))
  await refused(t, stack.up({ expectFailure: true }), sandbox, first)
  await stack.writeProgram(
    one(spaces.lab).replace('userIdentityId', `accessGrantKey: 'one', userIdentityId`),
  )
  await stack.up()
  t.is(
    sandbox.store.accessGrants.where('user_identity_id', officeIds.userIdentities.ivan).length,
    2,
  )
  await stack.destroy()
  t.deepEqual(grants(sandbox), [first])
})

some('Leftover: what is equal and of the last hour is continued with a warning', async (t) => {
  const { sandbox, stack } = await deployment(t, one(spaces.lobby))
  await stack.up()
  const [first] = grants(sandbox) as [string]
  await stack.run('state', 'delete', urnOf('one'), '--yes', '--stack', 'test')
  const text = said(await stack.up())
  t.true(text.includes(`warning: AccessGrant ${first}`), text)
  t.is((await stack.outputs())['id'], first)
  await stack.destroy()
  t.deepEqual(grants(sandbox), [])
})

some('Leftover: a person is adopted by id, as the plan says, and let go', async (t) => {
  const id = officeIds.userIdentities.ivan
  const program = (more: string) => `
    const seam = require('seam-iac')
    exports.adopted = new seam.UserIdentity('ivan', { fullName: 'Ivan N.', ${more} }).adopted`
  const { sandbox, stack } = await deployment(t, program(`adoptId: '${id}'`))
  const preview = await stack.preview()
  t.regex(said(preview), new RegExp(`warning: UserIdentity ${id} will be adopted`))
  t.is(sandbox.store.userIdentities.get(id)?.full_name, 'Ivan Novak')
  await stack.up()
  t.deepEqual(await stack.outputs(), { adopted: true })
  t.is(sandbox.store.userIdentities.get(id)?.full_name, 'Ivan N.')
  await stack.refresh('--expect-no-changes')
  await stack.up('--expect-no-changes')
  await stack.writeProgram(program(''))
  await stack.up()
  t.deepEqual(await stack.outputs(), { adopted: true }, 'it stays so without the id')
  await stack.destroy()
  t.truthy(sandbox.store.userIdentities.get(id))
})
