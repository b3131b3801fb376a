import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment } from '../fixtures/building'
import type { PulumiStack } from '../fixtures/pulumi'
import { isQuick, shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 6)

const { spaces, systems } = officeIds
const canary = '739114'
const name = 'Canary Vogel'

/** What was said, without the engine's own log: it holds every message between engine and plugins. */
const linesOf = (said: string) =>
  said.split('\n').filter((line) => !/^[IWEF]\d{4} [\d:.]+ +\d+ \w+\.go:\d+\]/.test(line))

const start = `
const pulumi = require('@pulumi/pulumi')
const seam = require('seam-iac')
const place = { spaceIds: ['${spaces.lobby}'] }
const grant = (name, more, opts) => new seam.AccessGrant(name, {
  userIdentityId: '${officeIds.userIdentities.ivan}', ...place, requestedAccessMethods: [{ mode: 'code' }], ...more }, opts)
`

/** Wrong values in the places of secrets, and secrets in wrong places; the handlers' test has them all. */
const wrong: Record<string, string> = {
  number: `{ requestedAccessMethods: [{ mode: 'code', code: ${canary} }] }`,
  top: `{ code: ${canary} }`,
  brackets: `{ requestedAccessMethods: { mode: 'code', code: '${canary}' } }`,
  choice: `{ requestedAccessMethods: [{ mode: pulumi.secret('${canary}') }] }`,
  text: `{ endsAt: pulumi.secret('${canary}') }`,
}

some('Canary: no command prints a wrong value', async (t) => {
  const { stack } = await deployment(
    t,
    `${start}
const wrong = { ${Object.entries(wrong).map((pair) => pair.join(': '))} }
if (process.env.CASE in wrong) grant('wrong', wrong[process.env.CASE])
else new seam.AcsCredential('wrong', { accessMethod: 'code', acsUserId: '${officeIds.acsUsers.brivoHugo}', code: ${canary} })`,
  )
  const env = { CASE: 'number' }
  const runs = [
    await stack.preview('--json', { env, expectFailure: true }),
    await stack.up({ env, expectFailure: true }),
  ]
  // Each takes a preview of many seconds.
  for (const one of isQuick ? ['number', 'credential'] : [...Object.keys(wrong), 'credential']) {
    const settings = { env: { CASE: one }, expectFailure: true }
    runs.push(await stack.preview('--diff', '--logtostderr', '-v=9', settings))
  }
  for (const { stdout, stderr } of runs) {
    const said = linesOf(stdout + stderr)
    t.deepEqual(
      said.filter((line) => /739114|<nil>/.test(line)),
      [],
    )
    t.regex(said.join('\n'), /'wrong' has a problem: `[\w.[\]]+` /, 'it is named all the same')
  }
  t.false((await stack.everythingStored()).includes(canary))
})

/** The ways by which something else than the program gives a property, for a grant named `wrong`. */
const ways: Record<string, (add: string) => string> = {
  'a transformation of the stack': (add) =>
    `pulumi.runtime.registerStackTransformation((args) => args.name === 'wrong' ? ${add} : undefined); grant('wrong')`,
  'a transform of the stack': (add) =>
    `pulumi.runtime.registerResourceTransform((args) => args.name === 'wrong' ? ${add} : undefined); grant('wrong')`,
  'a transformation of a component': (add) =>
    `const flat = new pulumi.ComponentResource('example:Flat', 'flat', {}, { transformations: [(args) => args.name === 'wrong' ? ${add} : undefined] }); grant('wrong', {}, { parent: flat })`,
  'a transform of a component': (add) =>
    `const flat = new pulumi.ComponentResource('example:Flat', 'flat', {}, { transforms: [(args) => args.name === 'wrong' ? ${add} : undefined] }); grant('wrong', {}, { parent: flat })`,
  'a transformation of its own': (add) =>
    `grant('wrong', {}, { transformations: [(args) => ${add}] })`,
  'a transform of its own': (add) => `grant('wrong', {}, { transforms: [(args) => ${add}] })`,
}

some('Canary: no wrong value that a transform adds is printed', async (t) => {
  const { stack } = await deployment(t, '')
  const values = {
    number: `[{ mode: 'code', code: ${canary} }]`,
    shape: `[{ mode: 'code', code: 'x${canary}' }]`,
    brackets: `{ mode: 'code', code: '${canary}' }`,
  }
  const cases = Object.entries(ways).flatMap(([what, write], at) => {
    const kinds = Object.entries(values)
    const [kind, value] = kinds[at % kinds.length]!
    const add = `({ props: { ...args.props, requestedAccessMethods: ${value} }, opts: args.opts })`
    return [[`${what}, ${kind}`, write(add)] as const]
  })
  for (const [what, program] of cases) {
    await stack.writeProgram(start + program)
    const { stdout, stderr } = await stack.preview('--diff', { expectFailure: true })
    const said = stdout + stderr
    t.notRegex(said, /739114|<nil>/, what)
    t.regex(
      said,
      /'wrong' has a problem: `requestedAccessMethods[\w.[\]]*` /,
      `${what}: it is named`,
    )
  }
  t.false((await stack.everythingStored()).includes(canary))
})

some('Canary: no wrong name that is a secret is printed', async (t) => {
  const { stack } = await deployment(t, '')
  const named = (value: string) =>
    `new seam.UserIdentity('wrong', { fullName: pulumi.secret(${value}) })`
  const wrongNames = [canary, `['${name}']`, `{ first: '${name}' }`, `'${name} \\ud800'`]
  for (const value of wrongNames) {
    await stack.writeProgram(start + named(value))
    const { stdout, stderr } = await stack.preview('--diff', { expectFailure: true })
    const said = stdout + stderr
    t.notRegex(said, /739114|<nil>|Canary Vogel/, value)
    t.regex(said, /`?fullName`? /, `${value}: the property is named`)
  }
  t.false((await stack.everythingStored()).includes(name))
})

async function everythingSaid(stack: PulumiStack): Promise<string> {
  const logs = ['--logtostderr', '-v=9']
  const runs = [
    await stack.preview('--diff', ...logs),
    await stack.preview('--json', '--save-plan', 'plan.json'),
    await stack.up('--diff', ...logs),
    await stack.refresh('--diff'),
    await stack.preview('--diff', '--refresh'),
    await stack.run('stack', '--show-ids', '--stack', 'test'),
  ]
  const plan = await readFile(join(stack.folder, 'plan.json'), 'utf8')
  const said = runs.flatMap(({ stdout, stderr }) => linesOf(stdout + stderr))
  return [...said, plan, await stack.everythingStored()].join('\n')
}

some('Canary: what transformations add is as secret as what a program gives', async (t) => {
  const add = (code: string) =>
    `{ ...args.props, requestedAccessMethods: [{ mode: 'code', code: '${code}' }] }`
  const { sandbox, stack } = await deployment(
    t,
    `${start}
const old = (args) => args.name === 'old' ? { props: ${add(`${canary}1`)}, opts: args.opts } : undefined
const stack = (args) => args.name === 'stack' ? { props: ${add(`${canary}2`)}, opts: args.opts } : undefined
const parent = (args) => args.name === 'child' ? { props: ${add(`${canary}3`)}, opts: args.opts } : undefined
const person = (args) => args.type.endsWith(':AcsCredential') ? { props: { ...args.props, code: '${canary}4' }, opts: args.opts } : undefined
const named = (args) => ({ props: { ...args.props, fullName: pulumi.secret('${name} Transformed') }, opts: args.opts })
pulumi.runtime.registerStackTransformation(old)
pulumi.runtime.registerResourceTransform(stack)
pulumi.runtime.registerResourceTransform(person)
grant('old')
grant('stack')
const component = new pulumi.ComponentResource('example:Flat', 'flat', {}, { transforms: [parent] })
grant('child', {}, { parent: component })
grant('own', {}, { transforms: [(args) => ({ props: ${add(`${canary}5`)}, opts: args.opts })] })
new seam.AcsCredential('credential', { accessMethod: 'code', acsUserId: '${officeIds.acsUsers.brivoHugo}' })
new seam.UserIdentity('named', { fullName: 'Somebody' }, { transforms: [named] })`,
  )
  const said = await everythingSaid(stack)
  const pins = sandbox.store.accessMethods
    .all()
    .map(({ code }) => code)
    .filter((code) => code?.startsWith(canary))
  t.deepEqual(
    pins.sort(),
    [1, 2, 3, 5].map((last) => `${canary}${last}`),
    'Seam has them',
  )
  t.is(said.match(new RegExp(`.{0,200}${canary}.{0,100}`))?.[0], undefined)
  t.is(said.match(new RegExp(`.{0,200}${name}.{0,100}`))?.[0], undefined)
  await stack.destroy()
})

some('Canary: a secret name is repeated nowhere, and a plain one is readable', async (t) => {
  const { sandbox, stack } = await deployment(
    t,
    `${start}
const ana = new seam.UserIdentity('ana', { fullName: pulumi.secret('${name}'), userIdentityKey: 'ana' })
const user = new seam.AcsUser('user', { acsSystemId: '${systems.brivo}', fullName: pulumi.secret('${name}') })
const named = grant('named', { userIdentityId: ana.id, name: pulumi.secret('${name} Lobby') })
const unnamed = grant('unnamed', { userIdentityId: ana.id })
const space = new seam.Space('space', { name: pulumi.secret('${name} Flat') })
const plain = grant('plain', { name: 'Lobby' })
exports.names = [ana, user, named, unnamed, space].map((one) => one.displayName)
exports.plain = plain.displayName`,
    { sandbox: { settleMs: 20 } },
  )
  const said = await everythingSaid(stack)
  t.is(said.match(new RegExp(`.{0,200}${name}.{0,100}`))?.[0], undefined)
  const { names, plain } = await stack.outputs()
  t.deepEqual(names, [name, name, `${name} Lobby`, `Access Grant for ${name}`, `${name} Flat`])
  t.is(plain, 'Lobby')
  t.regex(said, /"plain": "Lobby"/, 'the name of a plain grant stays readable')

  // What Seam says of the person to an operator does not name them either.
  sandbox.store.accessGrants.update(
    sandbox.store.accessGrants.all().find(({ name: one }) => one === `${name} Lobby`)!
      .access_grant_id,
    {
      errors: [
        {
          error_code: 'cannot_create_requested_access_methods',
          message: `Nothing for ${name}.`,
          created_at: '2026-01-01T00:00:00Z',
        },
      ],
    },
  )
  const { stdout, stderr } = await stack.refresh()
  t.regex(stdout + stderr, /\[secret\]/)
  t.notRegex(stdout + stderr, new RegExp(name))
  await stack.destroy()
})
