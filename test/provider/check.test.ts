import test from 'ava'
import { v1 } from '../../src/pulumi/dynamic/handlers'

const person = '20000000-0000-4000-8000-000000000001'
const room = '40000000-0000-4000-8000-000000000001'
const lobby = '40000000-0000-4000-8000-000000000002'
const group = '60000000-0000-4000-8000-000000000001'
const user = '70000000-0000-4000-8000-000000000001'

const grant = {
  userIdentityId: person,
  spaceIds: [room],
  requestedAccessMethods: [{ mode: 'code' }],
}
const withMethod = (method: object) => ({ ...grant, requestedAccessMethods: [method] })
const window = (startsAt: unknown, endsAt: unknown) => ({ ...grant, startsAt, endsAt })

type Case = [resource: string, inputs: object, property: string, reason: RegExp]

const invalid: Record<string, Case> = {
  'a person is missing': [
    'AccessGrant',
    { ...grant, userIdentityId: undefined },
    'userIdentityId',
    /^is required$/,
  ],
  'null is missing too': [
    'AccessGrant',
    { ...grant, userIdentityId: null },
    'userIdentityId',
    /^is required$/,
  ],
  'a name where an id belongs': [
    'AccessGrant',
    { ...grant, userIdentityId: 'Ana' },
    'userIdentityId',
    /^must be an id of Seam \(a UUID\)$/,
  ],
  'an id that is a number': [
    'AccessGrant',
    { ...grant, userIdentityId: 7 },
    'userIdentityId',
    /^must be text in quotes/,
  ],
  'an id that is a list': [
    'AccessGrant',
    { ...grant, userIdentityId: [person] },
    'userIdentityId',
    /^must be text, not a list$/,
  ],
  'an empty id': [
    'AccessGrant',
    { ...grant, userIdentityId: '' },
    'userIdentityId',
    /^must not be empty; leave it out instead$/,
  ],
  'no methods': [
    'AccessGrant',
    { ...grant, requestedAccessMethods: undefined },
    'requestedAccessMethods',
    /^is required$/,
  ],
  'one method that is no list': [
    'AccessGrant',
    { ...grant, requestedAccessMethods: { mode: 'code' } },
    'requestedAccessMethods',
    /^must be a list, not a record$/,
  ],
  'a method that is text': [
    'AccessGrant',
    { ...grant, requestedAccessMethods: ['code'] },
    'requestedAccessMethods[0]',
    /^must be a record, not a string$/,
  ],
  'a method without a mode': [
    'AccessGrant',
    withMethod({}),
    'requestedAccessMethods[0].mode',
    /^is required$/,
  ],
  'a mode that does not exist': [
    'AccessGrant',
    withMethod({ mode: 'pin' }),
    'requestedAccessMethods[0].mode',
    /^must be one of code, card, mobile_key, cloud_key$/,
  ],
  'a mode in camel case': [
    'AccessGrant',
    withMethod({ mode: 'mobileKey' }),
    'requestedAccessMethods[0].mode',
    /^must be one of code, card, mobile_key, cloud_key$/,
  ],
  'a PIN that is a number': [
    'AccessGrant',
    withMethod({ mode: 'code', code: 1234 }),
    'requestedAccessMethods[0].code',
    /^must be text in quotes: a number loses its leading zeros$/,
  ],
  'a PIN that is too short': [
    'AccessGrant',
    withMethod({ mode: 'code', code: '123' }),
    'requestedAccessMethods[0].code',
    /^must be 4 to 9 digits$/,
  ],
  'a PIN that is too long': [
    'AccessGrant',
    withMethod({ mode: 'code', code: '1234567890' }),
    'requestedAccessMethods[0].code',
    /^must be 4 to 9 digits$/,
  ],
  'a PIN with a letter': [
    'AccessGrant',
    withMethod({ mode: 'code', code: '12a4' }),
    'requestedAccessMethods[0].code',
    /^must be 4 to 9 digits$/,
  ],
  'a PIN for a card': [
    'AccessGrant',
    withMethod({ mode: 'card', code: '1234' }),
    'requestedAccessMethods[0].code',
    /^goes only with `mode` "code"$/,
  ],
  'a use count for a PIN': [
    'AccessGrant',
    withMethod({ mode: 'code', instantKeyMaxUseCount: 2 }),
    'requestedAccessMethods[0].instantKeyMaxUseCount',
    /^goes only with `mode` "mobile_key"$/,
  ],
  'a use count of none': [
    'AccessGrant',
    withMethod({ mode: 'mobile_key', instantKeyMaxUseCount: 0 }),
    'requestedAccessMethods[0].instantKeyMaxUseCount',
    /^must be a whole number from 1$/,
  ],
  'half a use': [
    'AccessGrant',
    withMethod({ mode: 'mobile_key', instantKeyMaxUseCount: 1.5 }),
    'requestedAccessMethods[0].instantKeyMaxUseCount',
    /^must be a whole number from 1$/,
  ],
  'a use count in text': [
    'AccessGrant',
    withMethod({ mode: 'mobile_key', instantKeyMaxUseCount: '2' }),
    'requestedAccessMethods[0].instantKeyMaxUseCount',
    /^must be a whole number from 1$/,
  ],
  'a misspelt member of a method': [
    'AccessGrant',
    withMethod({ mode: 'code', pin: '1234' }),
    'requestedAccessMethods[0].pin',
    /^is not a property; there are `mode`, `code`, `instantKeyMaxUseCount`$/,
  ],
  'a member of a method that Seam sets': [
    'AccessGrant',
    withMethod({ mode: 'code', createdAccessMethodIds: [] }),
    'requestedAccessMethods[0].createdAccessMethodIds',
    /^is set by Seam and cannot be given$/,
  ],
  'a start without an offset': [
    'AccessGrant',
    window('2026-03-01T09:00:00', undefined),
    'startsAt',
    /^must be an ISO 8601 date and time with an offset, such as/,
  ],
  'a start that is a day': [
    'AccessGrant',
    window('2026-03-01', undefined),
    'startsAt',
    /with an offset/,
  ],
  'a start that is a number': [
    'AccessGrant',
    window(1767225600000, undefined),
    'startsAt',
    /with an offset/,
  ],
  'a day that does not exist': [
    'AccessGrant',
    window('2026-02-30T09:00:00Z', undefined),
    'startsAt',
    /with an offset/,
  ],
  'an end in words': ['AccessGrant', window(undefined, 'next Friday'), 'endsAt', /with an offset/],
  'an end before the start': [
    'AccessGrant',
    window('2026-03-02T09:00:00Z', '2026-03-01T09:00:00Z'),
    'endsAt',
    /^must be after `startsAt`$/,
  ],
  'an end at the start': [
    'AccessGrant',
    window('2026-03-01T10:00:00+01:00', '2026-03-01T09:00:00Z'),
    'endsAt',
    /^must be after `startsAt`/,
  ],
  'no door': [
    'AccessGrant',
    { ...grant, spaceIds: undefined },
    'spaceIds',
    /^a grant opens something: give at least one of `spaceIds`, `spaceKeys`, `acsEntranceIds`, `deviceIds`$/,
  ],
  'an empty list of doors': [
    'AccessGrant',
    { ...grant, spaceIds: [] },
    'spaceIds',
    /^a grant opens something/,
  ],
  'doors that are no list': [
    'AccessGrant',
    { ...grant, spaceIds: room },
    'spaceIds',
    /^must be a list, not a string$/,
  ],
  'a door that is no id': [
    'AccessGrant',
    { ...grant, spaceIds: [room, 'lobby'] },
    'spaceIds[1]',
    /^must be an id of Seam \(a UUID\)$/,
  ],
  'a key of a space that is empty': [
    'AccessGrant',
    { ...grant, spaceKeys: [''] },
    'spaceKeys[0]',
    /^must not be empty/,
  ],
  'a name that is a number': [
    'AccessGrant',
    { ...grant, name: 12 },
    'name',
    /^must be text in quotes/,
  ],
  'a property that does not exist': [
    'AccessGrant',
    { ...grant, doors: [] },
    'doors',
    /^is not a property; there are `userIdentityId`, /,
  ],
  'a property spelled as on the wire': [
    'AccessGrant',
    { ...grant, ends_at: '2027-01-01T00:00:00Z' },
    'ends_at',
    /^is not a property; did you mean `endsAt`\?$/,
  ],
  'a property in other capitals': [
    'AccessGrant',
    { ...grant, spaceIDs: [room] },
    'spaceIDs',
    /did you mean `spaceIds`\?$/,
  ],
  'a person inside a grant': [
    'AccessGrant',
    { ...grant, userIdentity: { fullName: 'Ana' } },
    'userIdentity',
    /declare a UserIdentity and pass its id as `userIdentityId`$/,
  ],
  'a location': [
    'AccessGrant',
    { ...grant, location: {} },
    'location',
    /declare a Space and pass its id in `spaceIds`$/,
  ],
  'ids of locations': [
    'AccessGrant',
    { ...grant, locationIds: [room] },
    'locationIds',
    /use `spaceIds`$/,
  ],
  'an output as an input': [
    'AccessGrant',
    { ...grant, accessGrantId: room },
    'accessGrantId',
    /^is set by Seam and cannot be given$/,
  ],
  'a membership without a member': [
    'AccessGroupMembership',
    { acsAccessGroupId: group },
    'acsUserId',
    /^is required: give one of `acsUserId`, `userIdentityId`$/,
  ],
  'a membership of two': [
    'AccessGroupMembership',
    { acsAccessGroupId: group, acsUserId: user, userIdentityId: person },
    'userIdentityId',
    /^cannot stand beside `acsUserId`: give only one$/,
  ],
  'a membership in nothing': [
    'AccessGroupMembership',
    { acsUserId: user },
    'acsAccessGroupId',
    /^is required$/,
  ],
  'an e-mail address without a host': [
    'UserIdentity',
    { emailAddress: 'ana' },
    'emailAddress',
    /^must be an e-mail address, such as ana@example.com$/,
  ],
  'a phone number without a country': [
    'UserIdentity',
    { phoneNumber: '0555 123456' },
    'phoneNumber',
    /^must be a phone number in E.164 form, such as \+14155550100$/,
  ],
  'a phone number as a number': [
    'UserIdentity',
    { phoneNumber: 14155550100 },
    'phoneNumber',
    /^must be text in quotes/,
  ],
  'a name that is empty': [
    'UserIdentity',
    { fullName: '' },
    'fullName',
    /^must not be empty; leave it out instead$/,
  ],
  'systems of a person': [
    'UserIdentity',
    { acsSystemIds: [room] },
    'acsSystemIds',
    /^is not set here/,
  ],
  'a space without a name': ['Space', {}, 'name', /^is required$/],
  'a time of day that does not exist': [
    'Space',
    { name: 'Flat', customerData: { defaultCheckinTime: '25:00' } },
    'customerData.defaultCheckinTime',
    /^must be a time of day, such as 15:00$/,
  ],
  'customer data that is text': [
    'Space',
    { name: 'Flat', customerData: 'x' },
    'customerData',
    /^must be a record, not a string$/,
  ],
  'an entrance that is no id': [
    'Space',
    { name: 'Flat', acsEntranceIds: ['front'] },
    'acsEntranceIds[0]',
    /^must be an id of Seam/,
  ],
}

/** The engine prints the value of a property that a failure names, so the reason names it instead. */
function told({ property, reason }: { property: string; reason: string }) {
  const [, path = '', what = ''] = /^`([^`]+)` ([^]*)$/.exec(reason) ?? []
  return { path: property === '' ? path : `the engine prints ${property}`, reason: what }
}

for (const [what, [resource, inputs, property, reason]] of Object.entries(invalid)) {
  test(`Check: refuses ${what}`, async (t) => {
    const { failures } = await v1(resource)().check({}, inputs as Record<string, unknown>)
    t.deepEqual(
      failures.map(told).map(({ path }) => path),
      [property],
    )
    t.regex(told(failures[0]!).reason, reason)
  })
}

test('Check: the table holds at least 40 invalid inputs', (t) => {
  t.true(Object.keys(invalid).length >= 40)
})

const checked = async (inputs: object, olds: object = {}) => {
  const result = await v1('AccessGrant')().check(
    olds as Record<string, unknown>,
    inputs as Record<string, unknown>,
  )
  if (result.failures[0]) throw new Error(result.failures[0].reason)
  return result.inputs
}

test('Check: tells every problem at once', async (t) => {
  const { failures } = await v1('AccessGrant')().check({}, { name: 1, endsAt: 'soon' })
  t.deepEqual(failures.map((failure) => told(failure).path).sort(), [
    'endsAt',
    'name',
    'requestedAccessMethods',
    'spaceIds',
    'userIdentityId',
  ])
})

test('Check: brings instants, sets and blanks to one spelling', async (t) => {
  const inputs = await checked({
    ...grant,
    spaceIds: [lobby, room, lobby],
    startsAt: '2026-03-01T10:00:00.000+01:00',
    endsAt: null,
  })
  t.deepEqual(inputs['spaceIds'], [room, lobby])
  t.is(inputs['startsAt'], '2026-03-01T09:00:00Z')
  t.false('endsAt' in inputs)
})

const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

test('Check: lets values through that only a deployment will tell', async (t) => {
  const inputs = await checked({
    userIdentityId: unknown,
    spaceIds: [unknown, room],
    startsAt: unknown,
    endsAt: '2040-01-01T00:00:00Z',
    requestedAccessMethods: [{ mode: 'code', code: unknown }],
  })
  t.is(inputs['userIdentityId'], unknown)
  t.deepEqual(inputs['spaceIds'], [room, unknown])
  t.deepEqual(inputs['requestedAccessMethods'], [{ mode: 'code', code: unknown }])
})

test('Check: an automatic key is known before what only a deployment will tell', async (t) => {
  const inputs = await checked({ ...grant, userIdentityId: unknown, __seed: 'aaaaaaaaaaaa' })
  t.is(inputs['accessGrantKey'], 'iac-aaaaaaaaaaaa')
})

test('Check: an automatic key follows the resource, and nothing that it says', async (t) => {
  const key = async (seed: string, more: object) =>
    (await checked({ ...grant, ...more, __seed: seed }))['accessGrantKey']
  const first = await key('eeeeeeeeeeee', {})
  t.is(first, 'iac-eeeeeeeeeeee')
  t.is(await key('eeeeeeeeeeee', withMethod({ mode: 'code', code: '9876' })), first)
  t.is(await key('eeeeeeeeeeee', { spaceIds: [lobby] }), first)
  t.is(await key('ffffffffffff', {}), 'iac-ffffffffffff')
})

test('Check: a key stays with its object, and a replacement gets the next one', async (t) => {
  const first = await checked({ ...grant, __seed: 'cccccccccccc' })
  const renamed = await checked({ ...grant, name: 'Lab', __seed: 'dddddddddddd' }, first)
  const moved = await checked({ ...grant, spaceIds: [lobby], __seed: 'cccccccccccc' }, first)
  const both = await checked({ ...grant, spaceIds: [lobby], __seed: 'dddddddddddd' }, first)
  t.is(renamed['accessGrantKey'], first['accessGrantKey'])
  t.is(renamed['__seed'], 'dddddddddddd', 'no other resource can have its seed')
  t.is(first['accessGrantKey'], 'iac-cccccccccccc')
  t.is(moved['accessGrantKey'], 'iac-cccccccccccc~2')
  t.is(both['accessGrantKey'], 'iac-dddddddddddd', 'what replaces it has a key of the new name')
})

test('Check: a new resource with the old name of a live one takes the next key', async (t) => {
  const first = await checked({ ...grant, __seed: '111111111111' })
  await checked({ ...grant, __seed: '222222222222' }, first)
  const other = await checked({ ...grant, __seed: '111111111111' })
  t.is(other['accessGrantKey'], 'iac-111111111111~2')
})

const reasonsFor = async (resource: string, inputs: object) => {
  const { failures } = await v1(resource)().check({}, inputs as Record<string, unknown>)
  return failures.map(({ reason }) => reason)
}

for (const [what, emailAddress] of Object.entries({
  'an address of dots': 'a@' + '.'.repeat(1e6) + ' ',
  'an address of signs': '@'.repeat(1e6),
  'an address of names': 'a@' + 'b.'.repeat(5e5) + '@',
  'control characters': `a@b.c\u001b[2J\u0000 `,
})) {
  test(`Check: refuses ${what} at once, and does not repeat it`, async (t) => {
    t.deepEqual(await reasonsFor('UserIdentity', { emailAddress }), [
      '`emailAddress` must be an e-mail address, such as ana@example.com',
    ])
  })
}

test('Check: takes the e-mail addresses that it has always taken', async (t) => {
  for (const address of ['a@b.c', 'ana.ruiz+x@mail.example.com', 'a@b..c', 'a@..c', 'a@b.c.']) {
    t.deepEqual(await reasonsFor('UserIdentity', { emailAddress: address }), [], address)
  }
  for (const address of ['a@b', 'a@.c', 'a@b.', '@b.c', 'a@b.c@d', 'a b@c.d']) {
    t.is((await reasonsFor('UserIdentity', { emailAddress: address })).length, 1, address)
  }
})

test('Check: tells a few of many problems, and how many more there are', async (t) => {
  const spaceIds = Array.from({ length: 5000 }, () => 'x')
  const reasons = await reasonsFor('AccessGrant', { ...grant, spaceIds })
  t.is(reasons.length, 21)
  t.is(reasons.at(-1), 'has 4980 more problems')
})

test('Check: a name that is no property is told in short, without what steers a terminal', async (t) => {
  const [reason, ...more] = await reasonsFor('Space', {
    name: 'Flat',
    [`x\u001b[2J\n${'y'.repeat(1e6)}`]: 1,
  })
  t.deepEqual(more, [])
  t.regex(reason!, /^`x y{98}…` is not a property; there are `name`/)
})

test('Check: what is nested without end, or holds half of a character, is one problem', async (t) => {
  const deep = Array.from({ length: 5000 }).reduce<unknown>((inner) => [inner], room)
  t.deepEqual(await reasonsFor('AccessGrant', { ...grant, spaceIds: deep }), [
    'holds more than 20 values one within the other',
  ])
  t.deepEqual(await reasonsFor('AccessGrant', { ...grant, name: 'Lab \ud83d' }), [
    '`name` holds half of a character (a lone surrogate), which no text can',
  ])
})
