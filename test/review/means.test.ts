import test, { type ExecutionContext } from 'ava'
import { markdown, type Review } from '../../src/review'
import { ask } from '../fixtures/building'
import { askedOf, granted, house, houseFor, lines, pin } from './asking'
import { ana, edited, grant, lab, labId, reviewOf, step, wording, type Given } from './plans'

const { people, spaces, lock } = house

const methods = (...modes: string[]): Given => ({
  requestedAccessMethods: modes.map((mode) => ({ mode })),
})

const held = (...modes: string[]) =>
  pin({ userIdentityId: people[1], spaceIds: [spaces[1]], ...methods(...modes) })

const changed = async (before: Given, after: Given): Promise<Review> => {
  const seen = reviewOf(ana, lab, edited(grant([labId], before), grant([labId], after)))
  return Promise.resolve(seen)
}

test('Review: a grant that loses its last method closes its doors, and one that gets one opens them', async (t) => {
  t.deepEqual(lines(await changed(methods('code'), methods())), [
    'losses: Ana Ruiz: Lab (no end > –)',
  ])
  t.deepEqual(lines(await changed(methods(), methods('code'))), [
    'gains: Ana Ruiz: Lab (– > no end)',
  ])
})

test('Review: a grant without a method opens nothing, and a report says so', async (t) => {
  const seen = reviewOf(
    ana,
    lab,
    step('create', { type: 'AccessGrant', name: 'g', after: grant([labId], methods()) }),
  )
  t.deepEqual(lines(seen), [])
  t.deepEqual(seen.cautions, [
    'Ana Ruiz (AccessGrant g) requests no access method, and so opens nothing.',
  ])
  t.deepEqual((await changed(methods('code'), methods('code'))).cautions, [])
})

test('Review: one of two methods that goes is told by what the door opens', async (t) => {
  const seen = await changed(methods('code', 'card'), methods('card'))
  t.deepEqual(lines(seen), ['means: Ana Ruiz: Lab (no end > no end)'])
  const said = markdown(seen, [], wording)
  t.regex(said, /Opened by other means \(1 person\)/)
  t.regex(said, /\| Ana Ruiz \| Lab \| card, PIN → card \|/)
  t.notRegex(said, /issued anew/)
})

test('Review: tables say by what a door opens', (t) => {
  const end = (modes: string[]) =>
    step('delete', {
      type: 'AccessGrant',
      name: 'g',
      id: 'g',
      before: grant([labId], methods(...modes)),
    })
  const said = (...modes: string[]) => markdown(reviewOf(ana, lab, end(modes)), [], wording)
  t.regex(said('code'), /\| Lab \| PIN \|/)
  t.regex(said('card', 'mobile_key'), /\| Lab \| card, phone \|/)
})

test('Review: a mode that a lock cannot take opens nothing', async (t) => {
  const house = await houseFor(t)
  house.store.devices.update(lock, { can_program_online_access_codes: false })
  const coming = (...modes: string[]) =>
    step('create', {
      type: 'AccessGrant',
      name: 'g',
      after: pin({ userIdentityId: people[1], spaceIds: [spaces[0]], ...methods(...modes) }),
    })
  t.deepEqual(lines(await askedOf(house, coming('code'))), [
    'gains: Person 2: Door 1 in Space 1 (– > no end)',
  ])
  t.deepEqual(lines(await askedOf(house, coming('card'))), [
    'gains: Person 2: Space 1 (– > no end)',
  ])
})

test('Review: a method that somebody deleted opens nothing any more', async (t) => {
  const house = await houseFor(t)
  const id = await granted(house, held('code'))
  const [access_method_id] = house.store.accessGrants.get(id)!.access_method_ids
  await ask(house, '/access_methods/delete', { access_method_id })
  const gone = step('delete', {
    type: 'AccessGrant',
    name: 'g',
    id,
    before: held('code'),
    old: { outputs: { ...held('code'), accessMethodIds: [access_method_id] } },
  })
  t.deepEqual(lines(await askedOf(house, gone)), [])
})

const replaced = (before: Given, after: Given, more: object = {}) =>
  step('replace', { type: 'AccessGrant', name: 'g', id: 'g', before, after, ...more })

const reissued = (...steps: object[]) => markdown(reviewOf(ana, lab, ...steps), [], wording)

test('Review: a PIN that goes on working is not said to stop', (t) => {
  const [before, after] = [
    grant([labId], methods('code')),
    grant([labId], { ...methods('code'), name: 'other' }),
  ]
  const said = reissued(replaced(before, after))
  t.regex(said, /The PIN goes on working: Seam shares it among the grants of a person\./)
  t.notRegex(said, /stop working/)
  const both = reissued(replaced(before, { ...after, ...methods('code', 'card') }))
  t.regex(both, /The PIN goes on working[^|]*Cards and mobile keys are issued anew/)
})

test('Review: who replaces a grant for another PIN is told that the old one stays, and the way out', (t) => {
  const before = grant([labId], methods('code'))
  const said = reissued(replaced(before, before))
  t.regex(said, /AccessGrant g<\/code> is replaced\. The PIN goes on working/)
  t.regex(said, /To have another PIN, remove the grant in one deployment/)
})

test('Review: a fixed PIN is the one that the program gives', (t) => {
  const fixed = { requestedAccessMethods: [{ mode: 'code', code: '471100' }] }
  const before = grant([labId], fixed)
  const said = reissued(
    replaced(before, { ...before, name: 'x' }, { old: { pendingReplacement: true } }),
  )
  t.regex(said, /The PIN is the one that the program gives\. The doors stay closed between/)
  t.notRegex(said, /471100|stop working/)
})

test('Review: a gap is told where another grant on the door begins only later', (t) => {
  const before = grant([labId], methods('card'))
  const first = replaced(before, { ...before, name: 'x' }, { old: { pendingReplacement: true } })
  const beside = (more: Given) =>
    step('same', {
      type: 'AccessGrant',
      name: 'h',
      id: 'h',
      before: { ...before, ...more },
      after: { ...before, ...more },
    })
  t.regex(reissued(first, beside({ startsAt: '2031-01-01T00:00:00Z' })), /with a gap/)
  t.notRegex(reissued(first, beside({})), /with a gap/)
})

test('Review: a grant that is retained beside its successor goes on working', (t) => {
  const before = grant([labId], methods('card'))
  const seen = reviewOf(
    ana,
    lab,
    replaced(before, { ...before, name: 'x' }, { old: { retainOnDelete: true } }),
  )
  t.deepEqual(lines(seen), ['covered: Ana Ruiz: Lab (no end > no end)'])
  const said = markdown(seen, [], wording)
  t.regex(said, /the old one goes on working/)
  t.notRegex(said, /stop working/)
})

test('Review: a PIN of a program is told with a key, though a plan hides it', async (t) => {
  const house = await houseFor(t)
  const open = pin({ userIdentityId: people[1], spaceIds: [spaces[1]] })
  const id = await granted(house, {
    ...open,
    requestedAccessMethods: [{ mode: 'code', code: '471100' }],
  })
  await granted(house, { ...open, ...methods('card') })
  const hidden = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270' }
  const gone = step('delete', {
    type: 'AccessGrant',
    name: 'g',
    id,
    before: { ...open, requestedAccessMethods: { ...hidden, ciphertext: '[secret]' } },
  })
  const seen = await askedOf(house, gone)
  t.deepEqual(lines(seen), ['means: Person 2: Space 2 (no end > no end)'])
  const said = markdown(seen, [], wording)
  t.regex(said, /\| Space 2 \| card, PIN → card \|/)
  t.notRegex(said, /471100/)
})

test('Review: what takes the place of a grant is issued anew, also beside others', (t) => {
  const given = grant([labId], methods('card'))
  const other = { ...given, name: 'other' }
  const seen = reviewOf(
    ana,
    lab,
    step('delete', { type: 'AccessGrant', name: 'old', id: 'o', before: given }),
    step('create', { type: 'AccessGrant', name: 'new', after: given }),
    step('same', { type: 'AccessGrant', name: 'k', id: 'k', before: other, after: other }),
  )
  t.true(lines(seen).includes('reissues: Ana Ruiz: Lab (no end > no end)'))
})

test('Review: a PIN that lasts is not issued anew', (t) => {
  const before = grant([labId], methods('code'))
  t.deepEqual(lines(reviewOf(ana, lab, replaced(before, { ...before, name: 'x' }))), [])
})

/** Two grants of the second person with a PIN of each: 1 for a lock, and then 2 for a space. */
async function withTwoPins(t: ExecutionContext) {
  const house = await houseFor(t)
  const of = (code: string): Given => ({
    userIdentityId: people[1],
    requestedAccessMethods: [{ mode: 'code', code }],
  })
  const older = await granted(house, { ...of('471100'), deviceIds: [lock] })
  const newer = await granted(house, { ...of('552200'), spaceIds: [spaces[1]] })
  const free = pin({ userIdentityId: people[1] })
  return { house, older, newer, free }
}

const successor = (id: string, before: Given, after: Given, old: Given = {}) =>
  step('replace', { type: 'AccessGrant', name: 'g', id, before, after, old })

test('Review: who has two PINs gets the one of the oldest grant with a new one', async (t) => {
  const { house, newer, free } = await withTwoPins(t)
  const before = { ...free, spaceIds: [spaces[1]] }
  const seen = await askedOf(house, successor(newer, before, { ...before, name: 'x' }))
  t.deepEqual(lines(seen), ['reissues: Person 2: Space 2 (no end > no end)'])
  const said = markdown(seen, [], wording)
  t.regex(said, /The PIN becomes another one that the person has already\./)
  t.notRegex(said, /goes on working/)
  // And so it is.
  const id = await granted(house, before)
  const { access_methods: made } = await ask(house, '/access_methods/list', { access_grant_id: id })
  t.deepEqual(
    (made as unknown as { code: string }[]).map(({ code }) => code),
    ['471100'],
  )
})

test('Review: the oldest of two grants keeps its PIN', async (t) => {
  const { house, older, free } = await withTwoPins(t)
  const before = { ...free, deviceIds: [lock] }
  const seen = await askedOf(house, successor(older, before, { ...before, name: 'x' }))
  t.deepEqual(lines(seen), [])
  t.regex(markdown(seen, [], wording), /The PIN goes on working/)
})

test('Review: a PIN that another grant has too lasts, in whatever order', async (t) => {
  const house = await houseFor(t)
  const before = pin({ userIdentityId: people[1], spaceIds: [spaces[1]] })
  const id = await granted(house, before)
  const first = { pendingReplacement: true }
  const after = { ...before, name: 'x' }
  t.deepEqual(lines(await askedOf(house, successor(id, before, after, first))), [
    'reissues: Person 2: Space 2 (no end > no end)',
  ])
  await granted(house, before)
  t.deepEqual(lines(await askedOf(house, successor(id, before, after, first))), [])
})

test('Review: a fixed PIN that is left to Seam is another one, if the person has no other', async (t) => {
  const house = await houseFor(t)
  const before = pin({
    userIdentityId: people[1],
    spaceIds: [spaces[1]],
    requestedAccessMethods: [{ mode: 'code', code: '471100' }],
  })
  const id = await granted(house, before)
  const update = step('update', {
    type: 'AccessGrant',
    name: 'g',
    id,
    before,
    after: { ...before, ...methods('code') },
  })
  t.deepEqual(lines(await askedOf(house, update)), [
    'reissues: Person 2: Space 2 (no end > no end)',
  ])
})
