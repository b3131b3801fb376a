import test from 'ava'
import { diff, Session } from '../../src/provider'
import {
  accessGrant,
  accessGroupMembership,
  space,
  userIdentity,
  type SeamResource,
} from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import { swapName, unknown, type Wire } from '../../src/schema'
import { grantOf, planned, seed } from './office'

const { spaces, userIdentities, accessGroups, acsUsers, entrances } = officeIds

/** `same`, `update: a, b` or `replace, create-first: a, b`; for replacements the forcing inputs. */
type Outcome = string
type Case = [definition: SeamResource, before: Wire, after: Wire, outcome: Outcome]

/** The plan for inputs of a program against those of the object that it made before. */
function outcomeOf([definition, before, after]: Case): Outcome {
  const had = planned(definition, before)
  const wanted = planned(definition, after, new Session(), { seed, before: had })
  const change = diff(definition, had, wanted, seed)
  if (change.kind === 'same') return 'same'
  if (change.kind === 'update') return `update: ${change.changed.join(', ')}`
  return `replace, ${change.order}: ${change.reasons.map(({ name }) => name).join(', ')}`
}

const methods = (...list: Wire[]) => grantOf({ requested_access_methods: list })
const code = { mode: 'code' }
const card = { mode: 'card' }
const mobile = { mode: 'mobile_key' }
const mine = { access_grant_key: 'mine' }
const reserved = { reservation_key: 'R1' }
const letters = 'abcdef00-0000-4000-8000-0000000000ab'
const ends_at = '2031-01-01T00:00:00Z'
const two = { space_ids: [spaces.lab, spaces.lobby] }

const grants: Record<string, [before: Wire, after: Wire, outcome: Outcome]> = {
  'nothing changed': [grantOf(), grantOf(), 'same'],
  'null is the same as left out': [grantOf(), grantOf({ name: null, ends_at: null }), 'same'],
  'a name': [grantOf(), grantOf({ name: 'Lab' }), 'update: name'],
  'another name': [grantOf({ name: 'A' }), grantOf({ name: 'B' }), 'update: name'],
  'a name taken away': [grantOf({ name: 'A' }), grantOf(), 'update: name'],
  'an end': [grantOf(), grantOf({ ends_at }), 'update: ends_at'],
  'an end taken away': [grantOf({ ends_at }), grantOf(), 'update: ends_at'],
  'a beginning': [grantOf(), grantOf({ starts_at: ends_at }), 'update: starts_at'],
  'a beginning left to Seam': [grantOf({ starts_at: '2030-01-01T00:00:00Z' }), grantOf(), 'same'],
  'times and name at once': [
    grantOf({ ends_at, name: 'A' }),
    grantOf({ starts_at: '2030-01-01T00:00:00Z' }),
    'update: starts_at, ends_at, name',
  ],
  'the same instant with another offset': [
    grantOf({ ends_at }),
    grantOf({ ends_at: '2031-01-01T01:00:00+01:00' }),
    'same',
  ],
  'the same instant with more digits': [
    grantOf({ ends_at }),
    grantOf({ ends_at: '2031-01-01T00:00:00.000Z' }),
    'same',
  ],
  'an instant a second later': [
    grantOf({ ends_at }),
    grantOf({ ends_at: '2031-01-01T00:00:01Z' }),
    'update: ends_at',
  ],
  'an instant that only a deployment tells': [
    grantOf({ ends_at }),
    grantOf({ ends_at: unknown }),
    'update: ends_at',
  ],
  'a name that only a deployment tells': [grantOf(), grantOf({ name: unknown }), 'update: name'],
  'another person': [
    grantOf(),
    grantOf({ user_identity_id: userIdentities.grace }),
    'replace, create-first: user_identity_id',
  ],
  'a person whom only a deployment tells': [
    grantOf(),
    grantOf({ user_identity_id: unknown }),
    'replace, create-first: user_identity_id',
  ],
  'spaces in another order': [
    grantOf(two),
    grantOf({ space_ids: [...two.space_ids].reverse() }),
    'same',
  ],
  'a space named twice': [
    grantOf(two),
    grantOf({ space_ids: [...two.space_ids, spaces.lab] }),
    'same',
  ],
  'a space in upper case': [
    grantOf({ space_ids: [letters] }),
    grantOf({ space_ids: [letters.toUpperCase()] }),
    'same',
  ],
  'another space': [
    grantOf(),
    grantOf({ space_ids: [spaces.lobby] }),
    'replace, create-first: space_ids',
  ],
  'one more space': [grantOf(), grantOf(two), 'replace, create-first: space_ids'],
  'one more space that only a deployment tells': [
    grantOf(),
    grantOf({ space_ids: [spaces.lab, unknown] }),
    'replace, create-first: space_ids',
  ],
  'an entrance besides': [
    grantOf(),
    grantOf({ acs_entrance_ids: [entrances.roof] }),
    'replace, create-first: acs_entrance_ids',
  ],
  'a door and a name': [
    grantOf(),
    grantOf({ space_ids: [spaces.lobby], name: 'Lobby' }),
    'replace, create-first: space_ids',
  ],
  'methods in another order': [methods(code, card), methods(card, code), 'same'],
  'a method added': [methods(code), methods(code, card), 'update: requested_access_methods'],
  'a method added in front': [
    methods(code),
    methods(card, code),
    'update: requested_access_methods',
  ],
  'the same method again': [methods(card), methods(card, card), 'update: requested_access_methods'],
  'a method taken away': [methods(code, card), methods(code), 'update: requested_access_methods'],
  'a method exchanged': [methods(code), methods(card), 'update: requested_access_methods'],
  'a mobile key for more phones': [
    methods(mobile),
    methods({ ...mobile, instant_key_max_use_count: 3 }),
    'update: requested_access_methods',
  ],
  'a number of phones that is the default': [
    methods(mobile),
    methods({ ...mobile, instant_key_max_use_count: 1 }),
    'same',
  ],
  'another PIN': [
    methods({ ...code, code: '1234' }),
    methods({ ...code, code: '9876' }),
    'update: requested_access_methods',
  ],
  'the same PIN': [methods({ ...code, code: '0123' }), methods({ ...code, code: '0123' }), 'same'],
  'a PIN besides the fixed one': [
    methods({ ...code, code: '1234' }),
    methods({ ...code, code: '1234' }, card),
    'update: requested_access_methods',
  ],
  'a fixed PIN at another door': [
    { ...methods({ ...code, code: '1234' }) },
    { ...methods({ ...code, code: '1234' }), space_ids: [spaces.lobby] },
    'replace, delete-first: space_ids',
  ],
  'a PIN left to Seam': [
    methods({ ...code, code: '1234' }),
    methods(code),
    'update: requested_access_methods',
  ],
  'a PIN that only a deployment tells': [
    methods({ ...code, code: '1234' }),
    methods({ ...code, code: unknown }),
    'update: requested_access_methods',
  ],
  'another space under a key of the program': [
    grantOf(mine),
    grantOf({ ...mine, space_ids: [spaces.lobby] }),
    'replace, delete-first: space_ids',
  ],
  'another space and another key': [
    grantOf(mine),
    grantOf({ access_grant_key: 'other', space_ids: [spaces.lobby] }),
    'replace, create-first: space_ids, access_grant_key',
  ],
  'another key': [
    grantOf(mine),
    grantOf({ access_grant_key: 'other' }),
    'replace, create-first: access_grant_key',
  ],
  'a key of the program instead of ours': [
    grantOf(),
    grantOf(mine),
    'replace, create-first: access_grant_key',
  ],
  'our key instead of the program’s': [
    grantOf(mine),
    grantOf(),
    'replace, create-first: access_grant_key',
  ],
  'a key that only a deployment tells': [
    grantOf(mine),
    grantOf({ access_grant_key: unknown }),
    'replace, create-first: access_grant_key',
  ],
  'another space within a reservation': [
    grantOf(reserved),
    grantOf({ ...reserved, space_ids: [spaces.lobby] }),
    'replace, delete-first: space_ids',
  ],
  'another reservation': [
    grantOf(reserved),
    grantOf({ reservation_key: 'R2' }),
    'replace, create-first: reservation_key',
  ],
}

const room = { name: 'Annex' }
const doors = { ...room, acs_entrance_ids: [entrances.roof, entrances.storage] }
const member = { acs_access_group_id: accessGroups.labTeam, acs_user_id: acsUsers.brivoHugo }
const lea = { full_name: 'Lea Kern', email_address: 'lea@example.com' }
const facts = (customer_data: Wire) => ({ ...room, customer_data })

const others: Record<string, Case> = {
  'a person’s name': [userIdentity, lea, { ...lea, full_name: 'Lea' }, 'update: full_name'],
  'an address in other letters': [
    userIdentity,
    lea,
    { ...lea, email_address: 'LEA@example.com' },
    'same',
  ],
  'a phone number taken away': [
    userIdentity,
    { ...lea, phone_number: '+14155550100' },
    lea,
    'update: phone_number',
  ],
  'a person’s key': [
    userIdentity,
    lea,
    { ...lea, user_identity_key: 'staff-7' },
    'update: user_identity_key',
  ],
  'doors in another order': [
    space,
    doors,
    { ...doors, acs_entrance_ids: [...doors.acs_entrance_ids].reverse() },
    'same',
  ],
  'one door fewer': [
    space,
    doors,
    { ...doors, acs_entrance_ids: [entrances.roof] },
    'update: acs_entrance_ids',
  ],
  'no door any more': [
    space,
    doors,
    { ...doors, acs_entrance_ids: [] },
    'update: acs_entrance_ids',
  ],
  'doors left as they are': [space, doors, room, 'same'],
  'a space’s key': [
    space,
    room,
    { ...room, space_key: 'annex' },
    'replace, create-first: space_key',
  ],
  'a space’s customer': [
    space,
    room,
    { ...room, customer_key: 'c1' },
    'replace, create-first: customer_key',
  ],
  'a fact of a space': [
    space,
    facts({ address: 'A', time_zone: 'UTC' }),
    facts({ address: 'B', time_zone: 'UTC' }),
    'update: customer_data',
  ],
  'facts in another order': [
    space,
    facts({ address: 'A', time_zone: 'UTC' }),
    facts({ time_zone: 'UTC', address: 'A' }),
    'same',
  ],
  'a fact that only a deployment tells': [
    space,
    facts({ address: 'A' }),
    facts({ address: unknown }),
    'update: customer_data',
  ],
  'another user in a group': [
    accessGroupMembership,
    member,
    { ...member, acs_user_id: acsUsers.brivoAna },
    'replace, create-first: acs_user_id',
  ],
  'a person instead of a user': [
    accessGroupMembership,
    member,
    { acs_access_group_id: accessGroups.labTeam, user_identity_id: userIdentities.grace },
    'replace, create-first: acs_user_id, user_identity_id',
  ],
}

const cases: Record<string, Case> = {
  ...Object.fromEntries(
    Object.entries(grants).map(([what, [before, after, outcome]]): [string, Case] => [
      what,
      [accessGrant, before, after, outcome],
    ]),
  ),
  ...others,
}

for (const [what, row] of Object.entries(cases)) {
  test(`Diff: ${what} → ${row[3]}`, (t) => t.is(outcomeOf(row), row[3]))
}

test('Diff: a reason is given for every input that forces a replacement', (t) => {
  const change = diff(
    accessGrant,
    planned(accessGrant, grantOf()),
    planned(accessGrant, grantOf({ user_identity_id: userIdentities.grace, name: 'Lab' })),
    seed,
  )
  t.like(change, {
    kind: 'replace',
    reasons: [{ name: 'user_identity_id', reason: 'a grant belongs to one person' }],
  })
  t.is(change.kind === 'replace' && change.changed.map(swapName).join(), 'userIdentityId,name')
})

test('Diff: a resource that was renamed keeps its object', (t) => {
  const had = planned(accessGrant, grantOf())
  const wanted = planned(accessGrant, grantOf(), new Session(), { seed, before: had })
  t.is(wanted['access_grant_key'], had['access_grant_key'])
  t.not(
    planned(accessGrant, grantOf(), new Session(), { seed: 'bbbbbbbbbbbb' })['access_grant_key'],
    had['access_grant_key'],
  )
})
