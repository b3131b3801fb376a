import test from 'ava'
import {
  ana,
  edited,
  grant,
  grantId,
  idOf,
  lab,
  labId,
  passes,
  reviewOf,
  step,
  urnOf,
  withDoor,
  type Given,
} from './plans'

/** All the ways in which something hangs on something else, as a state tells them. */
const hanging: Record<string, (urn: string) => Given> = {
  'as a child': (urn) => ({ parent: urn }),
  'by dependsOn': (urn) => ({ dependencies: [urn] }),
  'by an input': (urn) => ({ propertyDependencies: { name: [urn] } }),
  'by deletedWith': (urn) => ({ deletedWith: urn }),
}

for (const [how, on] of Object.entries(hanging)) {
  test(`Review: an early end waits for what is yet to be made where it hangs on it ${how}`, (t) => {
    const team = 'urn:pulumi:test::program::acme:index:Team::team'
    const state = { urn: team, type: 'acme:index:Team' }
    const end = edited(grant([labId]), grant([labId], { endsAt: '2030-06-01T00:00:00Z' }), {
      next: on(team),
    })
    const made = { op: 'create', urn: team, newState: state }
    t.deepEqual(passes(reviewOf(ana, lab, made, end)), [])
    const kept = { op: 'same', urn: team, oldState: state, newState: state }
    t.deepEqual(passes(reviewOf(ana, lab, kept, end)), [['g']])
  })

  test(`Review: a revocation takes along what hung on it ${how}`, (t) => {
    const given = { name: 'Den', ...withDoor(40) }
    const den = { type: 'Space', name: 'den', id: idOf(40), before: given, after: given }
    const gone = { type: 'AccessGrant', name: 'g', id: grantId, before: grant([labId]) }
    const seen = reviewOf(
      ana,
      lab,
      step('update', { ...den, old: on(urnOf('AccessGrant', 'g')) }),
      step('delete', gone),
    )
    t.deepEqual(passes(seen), [['g', 'den']])
  })
}

test('Review: a name that an engine would take for others too is no target', (t) => {
  const gone = { type: 'AccessGrant', id: grantId, before: grant([labId]) }
  const passesOf = (name: string) => passes(reviewOf(ana, lab, step('delete', { ...gone, name })))
  t.deepEqual(passesOf('all'), [['all']])
  t.deepEqual(passesOf('a*'), [])
})

const end = (name: string, more: object = {}) =>
  step('delete', { type: 'AccessGrant', name, id: grantId, before: grant([labId]), ...more })

test('Review: a target takes along what goes and hung on it through what stays', (t) => {
  const den = { type: 'Space', name: 'den', id: idOf(40) }
  const given = { name: 'Den', ...withDoor(40) }
  const old = step('delete', {
    type: 'UserIdentity',
    name: 'old',
    id: idOf(41),
    before: { fullName: 'Old' },
    old: { dependencies: [urnOf('Space', 'den')] },
  })
  const kept = step('same', {
    ...den,
    before: given,
    after: given,
    old: { dependencies: [urnOf('AccessGrant', 'g')] },
  })
  t.deepEqual(passes(reviewOf(ana, lab, end('g'), kept, old)), [['g', 'den', 'old']])
  const earlier = edited(grant([labId]), grant([labId], { endsAt: '2030-06-01T00:00:00Z' }))
  t.deepEqual(passes(reviewOf(ana, lab, earlier, kept, old)), [['g', 'old']])
})

test('Review: what the old part of an earlier replacement hangs on waits, and alone', (t) => {
  const given = { name: 'Den', ...withDoor(40) }
  const den = { type: 'Space', name: 'den', id: idOf(40), before: given }
  const seen = reviewOf(
    ana,
    lab,
    end('g'),
    end('h', { id: idOf(42) }),
    step('same', { ...den, after: given }),
    step('delete', {
      ...den,
      id: idOf(43),
      old: { delete: true, dependencies: [urnOf('AccessGrant', 'g')] },
    }),
  )
  t.deepEqual(passes(seen), [['h']])
})
