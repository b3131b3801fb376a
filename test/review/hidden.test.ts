// A program that gives a PIN makes the whole list of methods a secret for the engine. What a door opens
// by is none, and stands beside the list.
import test from 'ava'
import { markdown } from '../../src/review'
import { ask } from '../fixtures/building'
import { askedOf, granted, house, houseFor, lines, pin } from './asking'
import { ana, edited, grant, lab, labId, reviewOf, step, wording, type Given } from './plans'

const { people, spaces, lock } = house

const secret = '[secret]'

/** As the engine spells a list in which a record has a PIN. */
const hidden = (modes: string): Given => ({ requestedAccessMethods: secret, __modes: modes })

const plain = (...modes: string[]): Given => ({
  requestedAccessMethods: modes.map((mode) => ({ mode })),
})

/** The engine sees that secrets differ, and does not show how. */
const changed = (before: Given, after: Given) => {
  const plan = edited(grant([labId], before), grant([labId], after))
  return reviewOf(ana, lab, { ...plan, diffReasons: ['__modes', 'requestedAccessMethods'] })
}

test('Review: a card that goes is told, though a PIN hides the list', (t) => {
  const seen = changed(hidden('code* card'), hidden('code*'))
  t.deepEqual(lines(seen), ['means: Ana Ruiz: Lab (no end > no end)'])
  t.regex(markdown(seen, [], wording), /\| card, PIN → PIN \|/)
})

test('Review: a PIN that the program changes is issued anew, and one that it leaves alone is not', (t) => {
  t.deepEqual(lines(changed(hidden('code*'), hidden('code!'))), [
    'reissues: Ana Ruiz: Lab (no end > no end)',
  ])
  t.deepEqual(lines(changed(hidden('code*'), hidden('code* card'))), [
    'means: Ana Ruiz: Lab (no end > no end)',
  ])
  t.deepEqual(lines(changed(plain('code'), hidden('code!'))), [
    'reissues: Ana Ruiz: Lab (no end > no end)',
  ])
})

test('Review: a PIN that the program leaves to Seam is the one that the person has', (t) => {
  t.deepEqual(lines(changed(hidden('code*'), plain('code', 'card'))), [
    'means: Ana Ruiz: Lab (no end > no end)',
  ])
})

test('Review: an exchanged PIN is one for one deployment only', (t) => {
  const last = { ...hidden('code!'), name: 'a' }
  const seen = reviewOf(
    ana,
    lab,
    edited(grant([labId], last), grant([labId], { ...hidden('code*'), name: 'b' })),
  )
  t.deepEqual(lines(seen), [])
})

test('Review: a PIN opens no lock that takes none, though a PIN hides the list', async (t) => {
  const sandbox = await houseFor(t)
  sandbox.store.devices.update(lock, { can_program_online_access_codes: false })
  const given = { userIdentityId: people[1], deviceIds: [lock] }
  const made = (modes: string) =>
    askedOf(
      sandbox,
      step('create', { type: 'AccessGrant', name: 'g', after: { ...given, ...hidden(modes) } }),
    )
  t.deepEqual(lines(await made('code*')), [])
  t.deepEqual(lines(await made('code* card')), ['gains: Person 2: Lock 1 (– > no end)'])

  const id = await granted(sandbox, { ...given, ...plain('card') })
  const before = { ...given, ...plain('card') }
  const after = { ...given, ...hidden('code*') }
  t.deepEqual(
    lines(
      await askedOf(sandbox, step('update', { type: 'AccessGrant', name: 'g', id, before, after })),
    ),
    ['losses: Person 2: Lock 1 (no end > –)'],
  )
})

test('Review: who is replaced and hides a PIN opens by what was asked for, if the program leaves that alone', async (t) => {
  const sandbox = await houseFor(t)
  const given = { userIdentityId: people[1], spaceIds: [spaces[1]], ...plain('card') }
  const id = await granted(sandbox, given)
  // A list that is an output as a whole says nothing of its modes.
  const said = { ...given, requestedAccessMethods: secret }
  const seen = await askedOf(
    sandbox,
    step('replace', {
      type: 'AccessGrant',
      name: 'g',
      id,
      before: said,
      after: { ...said, acsEntranceIds: [house.doors[0]] },
    }),
  )
  t.deepEqual(lines(seen), [
    'gains: Person 2: Door 1 (– > no end)',
    'reissues: Person 2: Space 2 (no end > no end)',
  ])
  t.regex(markdown(seen, [], wording), /\| Door 1 \| card \|/)
})

test('Review: a PIN that another grant of the person has stays when a program takes it away', async (t) => {
  const sandbox = await houseFor(t)
  const given = { userIdentityId: people[1], spaceIds: [spaces[1]], ...plain('code') }
  const id = await granted(sandbox, given)
  const other = await granted(sandbox, pin({ userIdentityId: people[1], spaceIds: [spaces[0]] }))
  const without = step('update', {
    type: 'AccessGrant',
    name: 'g',
    id,
    before: given,
    after: { ...given, ...plain() },
  })
  const seen = await askedOf(sandbox, without)
  t.deepEqual(lines(seen), [])
  t.regex(
    seen.cautions.join(),
    /Person 2 \(AccessGrant g\) goes on opening its doors by the code that it has: another/,
  )
  t.notRegex(seen.cautions.join(), /opens nothing/)
  await ask(sandbox, '/access_grants/delete', { access_grant_id: other })
  t.deepEqual(lines(await askedOf(sandbox, without)), ['losses: Person 2: Space 2 (no end > –)'])
})

test('Review: a PIN that another grant of the person has goes on beside another one', async (t) => {
  const sandbox = await houseFor(t)
  const given = { userIdentityId: people[1], spaceIds: [spaces[1]], ...plain('code') }
  const id = await granted(sandbox, given)
  const other = await granted(sandbox, pin({ userIdentityId: people[1], spaceIds: [spaces[0]] }))
  const after = { ...given, ...hidden('code!') }
  const fixed = step('update', { type: 'AccessGrant', name: 'g', id, before: given, after })
  const seen = await askedOf(sandbox, fixed)
  t.deepEqual(lines(seen), [])
  t.regex(seen.cautions.join(), /goes on opening its doors by the code that it has: another/)
  await ask(sandbox, '/access_grants/delete', { access_grant_id: other })
  t.deepEqual(lines(await askedOf(sandbox, fixed)), [
    'reissues: Person 2: Space 2 (no end > no end)',
  ])
})

test('Review: a method of a mode that the door does not take is not what is issued anew', async (t) => {
  const sandbox = await houseFor(t)
  sandbox.store.acsEntrances.update(house.doors[1], { can_unlock_with_card: false })
  const given = { userIdentityId: people[1], spaceIds: [spaces[1]], ...plain('code', 'card') }
  const id = await granted(sandbox, given)
  const next = { ...given, acsEntranceIds: [house.doors[0]] }
  const seen = await askedOf(
    sandbox,
    step('replace', { type: 'AccessGrant', name: 'g', id, before: given, after: next }),
  )
  t.deepEqual(lines(seen), ['gains: Person 2: Door 1 (– > no end)'])
})
