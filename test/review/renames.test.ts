import test from 'ava'
import { refusedRenames, type Review } from '../../src/review'
import { toldRename } from '../../src/review/pulumi/urns'
import {
  anaId,
  edited,
  grant,
  grantId,
  idOf,
  lab,
  labId,
  later,
  withDoor,
  passes,
  reviewOf,
  same,
  servers,
  serversId,
  step,
  told,
  urnOf,
  userId,
  type Given,
} from './plans'

const systemId = idOf(50)

/** What goes under one name and comes under another. */
const renamed = (
  type: string,
  given: Given,
  more: { after?: Given; old?: Given; refers?: object } = {},
) => [
  step('delete', {
    type,
    name: 'old',
    id: idOf(60),
    before: given,
    ...(more.old && { old: more.old }),
  }),
  step('create', {
    type,
    name: 'new',
    after: { ...given, ...more.after },
    refers: { ...more.refers },
  }),
]

/** A grant of the old one that goes, and one of the new one that comes. */
const grants = (doors: string[] = [labId], newDoors = doors) => [
  step('delete', {
    type: 'AccessGrant',
    name: 'g',
    id: grantId,
    before: { ...grant(doors), userIdentityId: idOf(60) },
  }),
  step('create', {
    type: 'AccessGrant',
    name: 'h',
    after: { ...grant(newDoors), userIdentityId: later },
    refers: { userIdentityId: [urnOf('UserIdentity', 'new')] },
  }),
]

const refused = ({ plan }: Review) =>
  refusedRenames(plan.changes).map(({ renamed, name }) => `${renamed!.name} -> ${name}`)

const people: Record<string, { given: Given; after?: Given; isRefused: boolean }> = {
  'an e-mail address': {
    given: { fullName: 'Ana Ruiz', emailAddress: 'ana@example.com' },
    isRefused: true,
  },
  'an e-mail address, with another name': {
    given: { fullName: 'Ana Ruiz', emailAddress: 'ana@example.com' },
    after: { fullName: 'Ana Holm' },
    isRefused: true,
  },
  'an e-mail address, with another key': {
    given: { fullName: 'Ana', emailAddress: 'ana@example.com', userIdentityKey: 'a' },
    after: { userIdentityKey: 'b' },
    isRefused: true,
  },
  'a phone number': { given: { phoneNumber: '+14155550100' }, isRefused: true },
  'a key': { given: { userIdentityKey: 'staff-1' }, isRefused: true },
  'a name': {
    given: { fullName: 'Ana Ruiz', userIdentityKey: 'iac-000000000001' },
    after: { userIdentityKey: 'iac-000000000002' },
    isRefused: false,
  },
  'a name, with an address that is new': {
    given: { fullName: 'Ana Ruiz' },
    after: { emailAddress: 'ana@example.com' },
    isRefused: false,
  },
}

for (const [by, { given, after = {}, isRefused }] of Object.entries(people)) {
  test(`Review: a person is known again by ${by}`, (t) => {
    const seen = reviewOf(...renamed('UserIdentity', given, { after }), lab, ...grants())
    t.deepEqual(passes(seen), [])
    t.deepEqual(told(seen), { losses: [], gains: [], windows: [] })
    t.is(seen.access.reissues.length, 1)
    t.deepEqual(refused(seen), isRefused ? ['old -> new'] : [])
    t.is(
      seen.cautions.some((one) => /an alias/.test(one)),
      isRefused,
    )

    const adopting = renamed('UserIdentity', given, { after: { ...after, adopt: true } })
    const taken = reviewOf(...adopting, lab, ...grants())
    t.deepEqual([passes(taken), refused(taken), told(taken).losses], [[], [], []])
  })
}

test('Review: two people of one name whom their keys or addresses tell apart are two', (t) => {
  for (const [was, is] of [
    [{ userIdentityKey: 'a' }, { userIdentityKey: 'b' }],
    [{ emailAddress: 'a@example.com' }, { emailAddress: 'b@example.com' }],
  ]) {
    const given = { fullName: 'Ana Ruiz', ...was }
    const seen = reviewOf(...renamed('UserIdentity', given, { after: is! }), lab, ...grants())
    t.deepEqual(passes(seen), [['g']])
    t.is(told(seen).losses.length, 1)
    t.is(told(seen).gains.length, 1)
  }
})

test('Review: of people whose addresses are secret, none is taken for another', (t) => {
  const secret = { '4dabf18193072939515e22adb298388d': 'x', value: '[secret]' }
  const given = { fullName: 'Ana Ruiz', emailAddress: secret }
  const other = reviewOf(
    ...renamed('UserIdentity', given, { after: { fullName: 'Bo Lindgren' } }),
    lab,
    ...grants(),
  )
  t.deepEqual(passes(other), [['g']])
  const same = reviewOf(...renamed('UserIdentity', given), lab, ...grants())
  t.deepEqual([passes(same), refused(same)], [[], []])
})

test('Review: what the old name alone opens is taken away first, if the rest of it is not', (t) => {
  const person = renamed('UserIdentity', { fullName: 'Ana Ruiz' })
  const lost = step('delete', {
    type: 'AccessGrant',
    name: 'lost',
    id: idOf(61),
    before: { ...grant([serversId]), userIdentityId: idOf(60) },
  })
  const seen = reviewOf(...person, lab, servers, ...grants(), lost)
  t.deepEqual(told(seen).losses, ['Ana Ruiz: Servers'])
  t.deepEqual(passes(seen), [['lost']])
})

test('Review: whoever stays in Seam, and comes under another name, is the same person', (t) => {
  const given = { fullName: 'Ana Ruiz', emailAddress: 'ana@example.com' }
  for (const old of [{ retainOnDelete: true }, { outputs: { ...given, adopted: true } }]) {
    const seen = reviewOf(...renamed('UserIdentity', given, { old }), lab, ...grants())
    t.deepEqual([passes(seen), refused(seen)], [[], ['old -> new']])
  }
})

test('Review: a space is known again by its key or its name, and its doors are compared', (t) => {
  const holder = same('UserIdentity', 'ana', anaId, { fullName: 'Ana Ruiz' })
  const doors = [idOf(70), idOf(71)]
  const given = { name: 'Den', acsEntranceIds: doors, deviceIds: [] }
  const held = step('replace', {
    type: 'AccessGrant',
    name: 'g',
    id: grantId,
    before: grant([idOf(60)]),
    after: { ...grant([]), spaceIds: later },
    refers: { spaceIds: [urnOf('Space', 'new')] },
  })
  const kept = reviewOf(...renamed('Space', given), holder, held)
  t.deepEqual([passes(kept), refused(kept), told(kept).losses], [[], [], []])
  const smaller = renamed('Space', given, { after: { acsEntranceIds: doors.slice(1) } })
  t.is(reviewOf(...smaller, holder, held).access.losses.length, 1)
  const keyed = renamed(
    'Space',
    { ...withDoor(40), name: 'Den', spaceKey: 'den' },
    { after: { name: 'X' } },
  )
  t.deepEqual(refused(reviewOf(...keyed, holder, held)), ['old -> new'])
})

test('Review: a user of a system is known again, and so are the memberships', (t) => {
  const group = idOf(51)
  const membership = [
    step('delete', {
      type: 'AccessGroupMembership',
      name: 'm',
      id: `${group}/${idOf(60)}`,
      before: { acsAccessGroupId: group, acsUserId: idOf(60) },
    }),
    step('create', {
      type: 'AccessGroupMembership',
      name: 'n',
      after: { acsAccessGroupId: group, acsUserId: later },
      refers: { acsUserId: [urnOf('AcsUser', 'new')] },
    }),
  ]
  const given = { acsSystemId: systemId, fullName: 'Ana Ruiz' }
  const exact = reviewOf(...renamed('AcsUser', given), ...membership)
  t.deepEqual([passes(exact), refused(exact), told(exact).losses], [[], ['old -> new'], []])
  const known = renamed('AcsUser', given, { after: { emailAddress: 'ana@example.com' } })
  const similar = reviewOf(...known, ...membership)
  t.deepEqual([passes(similar), refused(similar), told(similar).losses], [[], [], []])
  const other = renamed('AcsUser', given, { after: { acsSystemId: idOf(52) } })
  t.deepEqual(passes(reviewOf(...other, ...membership)), [['m']])
})

test('Review: a user of a system is known again by the person, who is renamed too', (t) => {
  const user = (name: string, userIdentityId: string): Given => ({
    acsSystemId: systemId,
    fullName: name,
    userIdentityId,
  })
  const seen = reviewOf(
    ...renamed('UserIdentity', { fullName: 'Ana Ruiz' }),
    step('delete', { type: 'AcsUser', name: 'u', id: userId, before: user('Ana', idOf(60)) }),
    step('create', {
      type: 'AcsUser',
      name: 'v',
      after: user('Ana Ruiz', later),
      refers: { userIdentityId: [urnOf('UserIdentity', 'new')] },
    }),
  )
  const { renamed: found } = seen.plan.changes.find(({ name }) => name === 'v')!
  t.is(found?.name, 'u')
  t.deepEqual(refused(seen), [], 'the new person may have a user of her own')
})

test('Review: a grant under a key of its own is known again where it opens the same for the same', (t) => {
  const keyed = (person: string, doors: string[]) => ({
    ...grant(doors),
    userIdentityId: person,
    accessGrantKey: 'k',
  })
  const moved = (person: string, doors: string[]) =>
    reviewOf(
      lab,
      servers,
      same('UserIdentity', 'ana', anaId, { fullName: 'Ana Ruiz' }),
      same('UserIdentity', 'bo', idOf(2), { fullName: 'Bo Lindgren' }),
      step('delete', {
        type: 'AccessGrant',
        name: 'g',
        id: grantId,
        before: keyed(anaId, [labId]),
      }),
      step('create', { type: 'AccessGrant', name: 'h', after: keyed(person, doors) }),
    )
  const seen = moved(anaId, [labId])
  t.deepEqual([passes(seen), refused(seen)], [[], ['g -> h']])
  // Nobody is to keep anything: what goes first makes room for what comes.
  for (const other of [moved(idOf(2), [labId]), moved(anaId, [serversId])]) {
    t.deepEqual([passes(other), refused(other)], [[['g']], []])
  }
})

test('Review: a credential like the one that goes is refused beside it', (t) => {
  const card = { accessMethod: 'card', acsUserId: userId, allowedAcsEntranceIds: [idOf(70)] }
  const seen = reviewOf(...renamed('AcsCredential', card))
  t.deepEqual([passes(seen), refused(seen)], [[], ['old -> new']])
  const other = renamed('AcsCredential', card, { after: { endsAt: '2031-01-01T00:00:00Z' } })
  t.deepEqual(refused(reviewOf(...other)), [])
})

test('Review: of an object with two names in the state, the old one leaves it alone', (t) => {
  const ana = same('UserIdentity', 'ana', anaId, { fullName: 'Ana Ruiz' })
  const left = step('delete', {
    type: 'AccessGrant',
    name: 'old',
    id: grantId,
    before: grant([labId]),
    old: { dependencies: [urnOf('AccessGrant', 'leaver')] },
  })
  const kept = edited(grant([labId]), grant([labId], { endsAt: '2030-06-01T00:00:00Z' }))
  const leaver = step('delete', {
    type: 'AccessGrant',
    name: 'leaver',
    id: idOf(62),
    before: { ...grant([serversId]) },
  })
  const seen = reviewOf(ana, lab, servers, left, kept, leaver)
  t.deepEqual(told(seen).losses, ['Ana Ruiz: Servers'])
  // The engine would delete the one with the other, and not know that it is still somebody's.
  t.deepEqual(passes(seen), [['g']])
  t.is(seen.others.find(({ change }) => change.name === 'old')?.change.action, 'forget')
})

test('Review: an old state names what has an alias as it was', (t) => {
  const ana = same('UserIdentity', 'ana', anaId, { fullName: 'Ana Ruiz' })
  const den = { name: 'Den', acsEntranceIds: [idOf(70)], deviceIds: [] }
  const moved = step('update', {
    type: 'Space',
    name: 'cave',
    id: idOf(63),
    before: den,
    after: { ...den, acsEntranceIds: [] },
    old: { urn: urnOf('Space', 'den') },
  })
  const held = same('AccessGrant', 'g', idOf(64), grant([idOf(63)]))
  const hung = step('delete', {
    type: 'UserIdentity',
    name: 'h',
    id: idOf(65),
    before: { fullName: 'Hal' },
    old: { dependencies: [urnOf('Space', 'den')] },
  })
  t.deepEqual(passes(reviewOf(ana, moved, held, hung)), [['cave', 'h']])
})

test('Review: an alias is a name where the rest is the same, and else a whole URN', (t) => {
  const urn = (types: string, name: string) => `urn:pulumi:prod::building::${types}::${name}`
  t.is(toldRename(urn('seam:Space', 'a'), urn('seam:Space', "b's")), "aliases: [{ name: 'b\\'s' }]")
  t.is(
    toldRename(urn('acme:Team$seam:Space', 'a'), urn('seam:Space', 'a')),
    `aliases: ['${urn('seam:Space', 'a')}']`,
  )
})
