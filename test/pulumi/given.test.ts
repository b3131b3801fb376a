import * as pulumi from '@pulumi/pulumi'
import test from 'ava'
import { AccessGrant, AcsUser, getSpace, UserIdentity } from '../../src'
import { refusal, whole } from '../../src/pulumi/dynamic/given'
import { officeIds } from '../../src/sandbox'
import { deployment, writes } from '../fixtures/building'

const grant = {
  userIdentityId: officeIds.userIdentities.ivan,
  spaceIds: [officeIds.spaces.lab],
  requestedAccessMethods: [{ mode: 'code' as const }],
}

class Moment {
  readonly at = '2031-01-01T00:00:00Z'
  get endsAt() {
    return this.at
  }
}

const circle: Record<string, unknown> = {}
circle['inner'] = circle
const deep = Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 'x')
const withHole: unknown[] = [officeIds.spaces.lab]
withHole[2] = officeIds.spaces.lobby
const hiddenMember = Object.defineProperty({}, 'endsAt', { value: '2031-01-01T00:00:00Z' })

/** Values of which Pulumi's SDK sends nothing, or something else, without a word. */
const lossy: Record<string, [args: object, path: string, reason: RegExp]> = {
  'a function': [{ endsAt: () => '2031-01-01T00:00:00Z' }, 'endsAt', /is a function/],
  'a symbol': [{ name: Symbol('lab') }, 'name', /is a symbol/],
  'a bigint': [{ name: 12n }, 'name', /is a bigint/],
  'no number': [
    { requestedAccessMethods: [{ mode: 'mobile_key', instantKeyMaxUseCount: NaN }] },
    'requestedAccessMethods[0].instantKeyMaxUseCount',
    /is no finite number/,
  ],
  'a number without end': [{ name: Infinity }, 'name', /is no finite number/],
  'a date': [{ endsAt: new Date() }, 'endsAt', /not an object of a class \(Date\)/],
  'a map': [
    { requestedAccessMethods: [new Map([['mode', 'code']])] },
    'requestedAccessMethods[0]',
    /\(Map\)/,
  ],
  'a set': [{ spaceIds: new Set(grant.spaceIds) }, 'spaceIds', /\(Set\)/],
  'an instance of a class': [{ name: new Moment() }, 'name', /\(Moment\)/],
  'text in a box': [{ name: Object('Lab') as unknown }, 'name', /\(String\)/],
  bytes: [{ name: Buffer.from('Lab') }, 'name', /\(Buffer\)/],
  'a pattern': [{ name: /lab/ }, 'name', /\(RegExp\)/],
  'something that can be awaited and is no promise': [
    { name: { then: () => 'Lab' } },
    'name.then',
    /is a function/,
  ],
  'nothing in a list': [{ spaceIds: [undefined] }, 'spaceIds[0]', /is undefined/],
  'a hole in a list': [{ spaceIds: withHole }, 'spaceIds[1]', /is undefined/],
  'a name in a list': [
    { spaceIds: Object.assign([...grant.spaceIds], { more: 'x' }) },
    'spaceIds.more',
    /is a name in a list/,
  ],
  'a name that is a symbol': [
    { requestedAccessMethods: [{ mode: 'code', [Symbol('code')]: '1234' }] },
    'requestedAccessMethods[0]',
    /has a symbol for a name/,
  ],
  'a member that is not enumerable': [hiddenMember, 'endsAt', /is not enumerable/],
  'a member of the name of the prototype': [
    { requestedAccessMethods: [JSON.parse('{"mode":"card","__proto__":{"code":"739114"}}')] },
    'requestedAccessMethods[0].__proto__',
    /is not a property/,
  ],
  'a prototype of its own': [
    JSON.parse('{"__proto__":{"name":"Lab"}}') as object,
    '__proto__',
    /is not a property/,
  ],
  'a name of this provider’s': [{ __seed: 'aaaaaaaaaaaa' }, '__seed', /is not a property/],
  'half of a character': [{ name: 'Lab \ud83d' }, 'name', /lone surrogate/],
  'half of a character in a list': [{ spaceKeys: ['\udeaa'] }, 'spaceKeys[0]', /lone surrogate/],
  'half of a character in a name': [
    { requestedAccessMethods: [{ '\ud83d': 1 }] },
    'requestedAccessMethods[0]',
    /lone surrogate/,
  ],
  'a circle': [{ requestedAccessMethods: circle }, 'requestedAccessMethods', /more than 20/],
  'lists in lists': [{ spaceIds: deep }, 'spaceIds', /more than 20/],
  'its own id': [{ accessGrantId: officeIds.spaces.lab }, 'accessGrantId', /is set by Seam/],
  'the id of the engine': [{ id: officeIds.spaces.lab }, 'id', /is not a property/],
  'the URN of the engine': [{ urn: 'urn:pulumi:x' }, 'urn', /is not a property/],
  'a list of all': [[grant], '', /./],
}

test.before(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs as object }),
    call: ({ inputs }) => inputs as object,
  }),
)

for (const [what, [more, path, reason]] of Object.entries(lossy)) {
  test(`Given: ${what} is refused with its path, and shown to nobody`, (t) => {
    const args = Array.isArray(more) || path === '__proto__' ? more : withOwn(grant, more)
    const error = t.throws(() => new AccessGrant('ana-lab', args as never))
    t.regex(error.message, path ? /^AccessGrant "ana-lab": `/ : /^AccessGrant "ana-lab": /)
    if (path) t.true(error.message.startsWith(`AccessGrant "ana-lab": \`${path}\` `), error.message)
    t.regex(error.message, reason)
    t.notRegex(error.message, /2031|739114|\n/)
  })
}

/** Members with all that is special about them. */
const withOwn = (base: object, more: object) =>
  Object.defineProperties({ ...base }, Object.getOwnPropertyDescriptors(more))

test('Given: what a promise turns out to be is refused too', async (t) => {
  for (const value of [() => 1, new Date(), new Map(), 1n, [undefined], '\ud83d']) {
    const given = whole([Promise.resolve(value)], ['endsAt'], refusal('AccessGrant "ana-lab"'))
    const known = (given as [Promise<unknown>])[0]
    await t.throwsAsync(known, { message: /^AccessGrant "ana-lab": `endsAt\[0\]/ })
  }
})

const valueOf = <T>(output: pulumi.Output<T>) =>
  new Promise<T>((resolve) => output.apply((value) => resolve(value)))

test('Given: outputs, promises, resources and absent values are taken', async (t) => {
  const ana = new UserIdentity('ana', { fullName: 'Ana' })
  const bare = Object.assign(Object.create(null) as object, { mode: Promise.resolve('card') })
  const made = new AccessGrant('ana-lab', {
    userIdentityId: ana.id,
    spaceIds: [pulumi.output(officeIds.spaces.lab), Promise.resolve(officeIds.spaces.lobby)],
    requestedAccessMethods: pulumi.output([bare]) as never,
    endsAt: undefined,
    name: null as never,
  })
  t.is(await valueOf(made.userIdentityId), 'ana-id')
  t.deepEqual(await valueOf(made.spaceIds), [officeIds.spaces.lab, officeIds.spaces.lobby])
  const methods = await valueOf(made.requestedAccessMethods)
  t.deepEqual(
    methods.map(({ mode }) => mode),
    ['card'],
  )
})

test('Given: a member that is computed is read once', async (t) => {
  let reads = 0
  const args = {
    get fullName() {
      reads += 1
      return 'Ana'
    },
  }
  const ana = new UserIdentity('ana', args)
  t.is(await valueOf(ana.fullName), 'Ana')
  t.is(reads, 1)
})

test('Given: what a lookup is asked by is held to the same', async (t) => {
  const names: [unknown, RegExp][] = [
    [() => 'Lobby', /^getSpace: `name` is a function/],
    ['\ud83d', /^getSpace: `name` holds half of a character/],
    [undefined, /^getSpace: `spaceId` is required/],
  ]
  for (const [name, message] of names) {
    await t.throwsAsync(getSpace({ name: name as string }), { message })
  }
  const args = { name: 'Lobby', __more: true } as object
  await t.throwsAsync(getSpace(args), { message: /^getSpace: `__more` is not a property/ })
})

test('Given: the name that Seam shows is secret where the name is', async (t) => {
  const people = [
    new UserIdentity('plain', { fullName: 'Ana Ruiz' }),
    new UserIdentity('secret', { fullName: pulumi.secret('Ana Ruiz') }),
    new AcsUser('user', {
      acsSystemId: officeIds.systems.brivo,
      fullName: pulumi.secret('Ana Ruiz'),
    }),
  ]
  const are = await Promise.all(people.map(({ displayName }) => pulumi.isSecret(displayName)))
  t.deepEqual(are, [false, true, true])
  t.is(await valueOf(people[0]!.displayName), 'Ana Ruiz')
})

test.serial('Given: what an output turns out to be ends the program with its path', async (t) => {
  const { sandbox, stack } = await deployment(
    t,
    `
const pulumi = require('@pulumi/pulumi')
const seam = require('seam-iac')
const late = () => (process.env.CASE === 'function' ? () => '2031' : new Date('2031-01-01'))
new seam.AccessGrant('ana-lab', {
  userIdentityId: '${grant.userIdentityId}',
  spaceIds: ${JSON.stringify(grant.spaceIds)},
  requestedAccessMethods: [{ mode: 'code' }],
  endsAt: pulumi.output('x').apply(late),
})`,
  )
  for (const [CASE, reason] of Object.entries({ function: 'is a function', date: 'must be' })) {
    const { stdout, stderr } = await stack.up({ env: { CASE }, expectFailure: true })
    t.true((stdout + stderr).includes(`AccessGrant "ana-lab": \`endsAt\` ${reason}`), stdout)
  }
  t.deepEqual(writes(sandbox), [])
})
