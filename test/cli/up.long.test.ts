import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { ask, deployment, writes } from '../fixtures/building'
import { seamIac } from '../fixtures/cli'
import type { PulumiStack } from '../fixtures/pulumi'
import { shareOf } from '../fixtures/share'
import { holders } from './holders'

const some = shareOf(test, 8)

const { lab, lobby } = officeIds.spaces

const program = (body: string) => `const seam = require('seam-iac')
const person = (name, more) => new seam.UserIdentity(name.toLowerCase(), { fullName: name, ...more })
${body}`

/** People, each with a grant of a space that is there already. */
const staff = (people: Record<string, object>, more = '') =>
  program(`
for (const [name, rest] of Object.entries(${JSON.stringify(people)})) {
  const { userIdentityId } = person(name)
  new seam.AccessGrant(name.toLowerCase() + '-lab', {
    name, userIdentityId, spaceIds: ['${lab}'], requestedAccessMethods: [{ mode: 'card' }], ...rest,
  })
}
${more}`)

const deploy = (stack: PulumiStack, ...args: string[]) =>
  seamIac(['up', '--stack', 'test', ...args], { cwd: stack.folder, env: stack.env })

/** Her e-mail address is somebody else's already, so she cannot be made. */
const cannotBeMade = ({ store }: Sandbox) => {
  const taken = store.userIdentities.get(officeIds.userIdentities.ivan)!.email_address
  return `person('Eve', { emailAddress: '${taken}' })`
}

some('seam-iac up: leavers are out, although something else cannot be made', async (t) => {
  const { sandbox, stack } = await deployment(t, staff({ Ana: {}, Ben: {}, Cy: {}, Dana: {} }))
  await stack.up()
  await stack.writeProgram(staff({ Dana: {} }, cannotBeMade(sandbox)))

  await stack.up({ expectFailure: true })
  t.deepEqual(holders(sandbox), ['Ana', 'Ben', 'Cy', 'Dana'], 'the engine alone leaves them in')

  const { code, stdout, stderr } = await deploy(stack, '--yes')
  t.deepEqual(holders(sandbox), ['Dana'])
  t.not(code, 0)
  t.regex(stdout, /3 people lose/)
  t.regex(stderr, /every revocation was made/)
  await stack.writeProgram(staff({ Dana: {} }))
  await stack.up()
  await stack.destroy()
  t.deepEqual(holders(sandbox), [])
})

some('seam-iac up: a revocation that fails is listed, and others are made', async (t) => {
  const people = { Ana: {}, Ben: {}, Cy: {}, Dana: {} }
  // One thing at a time: what comes after a failure is not under way already.
  const { sandbox, stack } = await deployment(t, staff(people), { env: { PULUMI_PARALLEL: '1' } })
  await stack.up()
  await stack.run('stack', 'init', 'selected-but-not-meant')
  const endsAt = '2099-01-01T00:00:00Z'
  const withoutLeavers = { Dana: { endsAt } }
  await stack.writeProgram(staff(withoutLeavers, cannotBeMade(sandbox)))
  // It is met by whoever comes first; what comes with the rest of the program is not tried.
  sandbox.fault({ path: '/access_grants/delete', kind: 'status', status: 400, times: 1 })
  const failed = await deploy(stack, '--yes')
  t.not(failed.code, 0)
  const [left, ...others] = holders(sandbox)
  t.deepEqual(others, ['Dana'], 'all leavers but one are out')
  const isListed = new RegExp(`NOT revoked[^]*\\n {2}${left}: [^]*AccessGrant ${left}-lab`, 'i')
  t.regex(failed.stderr, isListed)
  for (const name of Object.keys(people).filter((one) => one !== left)) {
    t.notRegex(failed.stderr, new RegExp(`NOT revoked[^]*${name}`))
  }
  const dana = sandbox.store.accessGrants.all().find(({ name }) => name === 'Dana')
  t.is(dana && Date.parse(String(dana.ends_at)), Date.parse(endsAt))

  await stack.writeProgram(staff(withoutLeavers))
  sandbox.fault({ path: '/access_grants/delete', kind: 'status', status: 400 })
  const again = await deploy(stack, '--yes')
  t.not(again.code, 0)
  t.regex(again.stderr, isListed)
  sandbox.clearFaults()
  t.is((await deploy(stack, '--yes')).code, 0)
  t.deepEqual(holders(sandbox), ['Dana'])
  await stack.destroy()
})

some(
  'seam-iac up: a revocation takes along what hung on it, and waits alone for what it needs',
  async (t) => {
    const endsAt = '2099-01-01T00:00:00Z'
    const grants = (more: string) =>
      program(`
const grant = (name, more, options) => new seam.AccessGrant(name.toLowerCase() + '-lab', {
  name, userIdentityId: person(name).userIdentityId, spaceIds: ['${lab}'],
  requestedAccessMethods: [{ mode: 'card' }], ...more,
}, options)
${more}`)
    const { sandbox, stack } = await deployment(
      t,
      grants(
        `const ana = grant('Ana'); grant('Ben'); grant('Cy')
       new seam.Space('den', { name: 'Den' }, { dependsOn: [ana] })`,
      ),
    )
    await stack.up()
    await stack.writeProgram(
      grants(
        `new seam.Space('den', { name: 'Den' })
       const eve = ${cannotBeMade(sandbox)}
       grant('Ben', { endsAt: '${endsAt}' }, { dependsOn: [eve] })
       grant('Cy', { endsAt: '${endsAt}' })`,
      ),
    )
    const { code, stderr } = await deploy(stack, '--yes')
    t.not(code, 0)
    const ends = sandbox.store.accessGrants
      .all()
      .filter(({ name }) => ['Ana', 'Ben', 'Cy'].includes(String(name)))
      .map(({ name, ends_at }) => [String(name), ends_at && Date.parse(ends_at)] as const)
      .sort(([one], [other]) => one.localeCompare(other))
    t.deepEqual(ends, [
      ['Ben', null],
      ['Cy', Date.parse(endsAt)],
    ])
    t.regex(stderr, /NOT revoked[^]*\n {2}Ben: [^]*AccessGrant ben-lab/)
    t.notRegex(stderr, /NOT revoked[^]*(Ana|Cy)/)
    await stack.destroy()
  },
)

some('seam-iac up: who moves to another grant of the same door is never outside', async (t) => {
  const both = { spaceIds: [lab, lobby] }
  const { sandbox, stack } = await deployment(t, staff({ Ana: both, Ben: {}, Cy: {} }))
  await stack.up()
  // Ana loses the lobby with what opened the lab, and Cy nothing at all.
  await stack.writeProgram(
    program(`
for (const [name, spaceIds] of [['Ana', ['${lab}']], ['Cy', ['${lab}', '${lobby}']]]) {
  const { userIdentityId } = person(name)
  new seam.AccessGrant(name.toLowerCase() + '-moved', {
    name, userIdentityId, spaceIds, requestedAccessMethods: [{ mode: 'card' }],
  })
}`),
  )
  sandbox.clearRequests()
  const { code, stdout } = await deploy(stack, '--yes')
  t.is(code, 0, stdout)
  t.deepEqual(holders(sandbox), ['Ana', 'Cy'])
  const calls = writes(sandbox).filter((path) => path.startsWith('/access_grants/'))
  t.deepEqual(
    calls,
    ['delete', 'create', 'create', 'delete', 'delete'].map((call) => `/access_grants/${call}`),
  )
  t.is((await deploy(stack, '--yes')).code, 0)
  await stack.destroy()
})

some('seam-iac up: a guard stops a deployment until it is named', async (t) => {
  const { sandbox, stack } = await deployment(t, staff({ Ana: {}, Ben: {}, Cy: {} }))
  await stack.up()
  await stack.writeProgram(staff({ Cy: {} }))
  const settings = 'guards:\n  removal-limit: { count: 1 }\n  protected: { people: [Ben] }\n'
  await writeFile(join(stack.folder, 'seam-iac.yaml'), settings)
  sandbox.clearRequests()
  const stopped = await deploy(stack, '--yes')
  t.is(stopped.code, 4)
  t.regex(stopped.stdout, /removal-limit: 2 people lose access; 1 may\./)
  t.regex(stopped.stdout, /protected: Ben is protected; Ben loses/)
  t.is((await deploy(stack, '--yes', '--allow', 'protected')).code, 3)
  t.deepEqual(writes(sandbox), [])
  const unasked = await deploy(stack, '--allow', 'protected', 'removal-limit')
  t.is(unasked.code, 1)
  t.regex(unasked.stderr, /give --yes/)
  t.deepEqual(writes(sandbox), [])
  const allowed = await deploy(stack, '--yes', '--allow', 'protected', 'removal-limit')
  t.is(allowed.code, 0, allowed.stderr)
  t.regex(allowed.stdout, /overridden with --allow removal-limit/)
  t.deepEqual(holders(sandbox), ['Cy'])
  await stack.destroy()
})

some('seam-iac up: nothing is deployed where the plan fails', async (t) => {
  const { sandbox, stack } = await deployment(t, staff({ Ana: {} }))
  await stack.up()
  await stack.writeProgram(program("new seam.UserIdentity('ben', { fullName: 12 })"))
  const { code, stdout, stderr } = await deploy(stack, '--yes')
  t.is(code, 1)
  t.regex(stdout, /The plan failed\n[^]*fullName/)
  t.regex(stderr, /nothing was deployed/)
  t.deepEqual(holders(sandbox), ['Ana'])
  await stack.destroy()
})

some('seam-iac up: a space loses a door, and a grant of it goes', async (t) => {
  const { labEntrance: labDoor, labBench: benchDoor } = officeIds.entrances
  const den = (doors: string[], holders: string[]) =>
    program(`
const den = new seam.Space('den', { name: 'Den', acsEntranceIds: ${JSON.stringify(doors)} })
for (const name of ${JSON.stringify(holders)}) {
  const { userIdentityId } = person(name)
  new seam.AccessGrant(name.toLowerCase() + '-den', {
    name, userIdentityId, spaceIds: [den.spaceId], requestedAccessMethods: [{ mode: 'card' }],
  })
}`)
  const { sandbox, stack } = await deployment(t, den([labDoor, benchDoor], ['Ana', 'Ben', 'Cy']))
  await stack.up()
  await stack.writeProgram(den([labDoor], ['Ben', 'Cy']))
  const { code, stderr, stdout } = await deploy(stack, '--yes')
  t.is(code, 0, stderr)
  t.notRegex(stdout + stderr, /could not be found|error/)
  t.deepEqual(holders(sandbox), ['Ben', 'Cy'])

  // What an earlier run could not delete is still a target of the later one.
  await stack.writeProgram(den([benchDoor], ['Cy']))
  sandbox.fault({ path: '/access_grants/delete', kind: 'status', status: 400, times: 1 })
  const failed = await deploy(stack, '--yes')
  t.not(failed.code, 0, 'a run that failed is told, although a later one made up for it')
  t.notRegex(failed.stdout + failed.stderr, /could not be found|not specified in --target/)
  t.regex(failed.stderr, /every revocation was made/)
  t.deepEqual(holders(sandbox), ['Cy'])
  t.is((await deploy(stack, '--yes')).code, 0)
  await stack.destroy()
})

some('seam-iac up --refresh: brings back what others changed, under the guards', async (t) => {
  const endsAt = '2098-01-01T00:00:00Z'
  const user = `new seam.AcsUser('una', {
    fullName: 'Una', acsSystemId: '${officeIds.systems.saltoKs}', isSuspended: false,
  })`
  const { sandbox, stack } = await deployment(t, staff({ Ana: { endsAt }, Ben: { endsAt } }, user))
  await stack.up()
  const ofName = (who: string) => sandbox.store.accessGrants.all().find(({ name }) => name === who)!
  const una = () => sandbox.store.acsUsers.all().find((one) => one.full_name === 'Una')!
  await ask(sandbox, '/access_grants/update', {
    access_grant_id: ofName('Ana').access_grant_id,
    ends_at: '2099-01-01T00:00:00Z',
  })
  await ask(sandbox, '/access_grants/delete', { access_grant_id: ofName('Ben').access_grant_id })
  await ask(sandbox, '/acs/users/suspend', { acs_user_id: una().acs_user_id })

  const settings = join(stack.folder, 'seam-iac.yaml')
  await writeFile(settings, 'guards: { removal-limit: { count: 0 } }')
  const stopped = await deploy(stack, '--refresh', '--yes')
  t.is(stopped.code, 3, stopped.stderr)
  t.regex(stopped.stdout, /1 person loses access; 0 may/)
  t.regex(ofName('Ana').ends_at!, /^2099/)

  await writeFile(settings, '')
  const done = await deploy(stack, '--refresh', '--yes')
  t.is(done.code, 0, done.stderr)
  t.regex(done.stderr, /first what takes access away \(1 resource\)/)
  t.is(Date.parse(ofName('Ana').ends_at!), Date.parse(endsAt))
  t.deepEqual(holders(sandbox), ['Ana', 'Ben'])
  t.false(una().is_suspended)
  const calm = await seamIac(['drift', '--stack', 'test'], { cwd: stack.folder, env: stack.env })
  t.is(calm.code, 0, calm.stdout)
  await stack.destroy()
})
