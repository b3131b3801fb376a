import test from 'ava'
import { notRevoked, readState } from '../../src/review'
import {
  ana,
  edited,
  gone,
  grant,
  grantId,
  idOf,
  lab,
  labId,
  later,
  passes,
  reviewOf,
  same,
  servers,
  serversId,
  step,
  told,
  urnOf,
  type Given,
} from './plans'

test('Review: what closes a door that another grant is to open waits for it', (t) => {
  const seen = reviewOf(
    ana,
    lab,
    servers,
    step('delete', {
      type: 'AccessGrant',
      name: 'a',
      id: grantId,
      before: grant([labId, serversId]),
    }),
    step('create', { type: 'AccessGrant', name: 'b', after: grant([labId]) }),
  )
  t.deepEqual(told(seen), { losses: ['Ana Ruiz: Servers'], gains: [], windows: [] })
  t.deepEqual(passes(seen), [])
  const alone = reviewOf(
    ana,
    lab,
    step('delete', { type: 'AccessGrant', name: 'a', id: grantId, before: grant([labId]) }),
  )
  t.deepEqual(passes(alone), [['a']])
})

test('Review: a revocation counts as made only where the old object is gone', (t) => {
  const seen = reviewOf(
    ana,
    lab,
    servers,
    step('replace', {
      type: 'AccessGrant',
      name: 'g',
      id: grantId,
      before: grant([labId, serversId]),
      after: grant([labId]),
    }),
  )
  const left = (...resources: Given[]) =>
    notRevoked(seen, readState(JSON.stringify({ version: 3, deployment: { resources } }))).length
  const one = { urn: urnOf('AccessGrant', 'g'), type: 'pulumi-nodejs:dynamic/seam:AccessGrant' }
  t.is(left({ ...one, id: idOf(99), inputs: {} }, { ...one, id: grantId, delete: true }), 1)
  t.is(left({ ...one, id: grantId, pendingReplacement: true }), 0)
  t.is(left({ ...one, id: idOf(99), inputs: {} }), 0)
})

test('Review: an early end counts as made only where the change has not failed', (t) => {
  const [before, after] = [grant([labId]), grant([labId], { endsAt: '2030-06-01T00:00:00Z' })]
  const seen = reviewOf(ana, lab, edited(before, after))
  t.deepEqual(passes(seen), [['g']])
  const left = (inputs: Given, initErrors?: string[]) =>
    notRevoked(
      seen,
      readState(
        JSON.stringify({
          deployment: {
            resources: [
              { urn: urnOf('AccessGrant', 'g'), type: 'x', id: grantId, inputs, initErrors },
            ],
          },
        }),
      ),
    ).length
  t.is(left(before), 1)
  t.is(left(after), 0)
  t.is(left(after, ['the update failed']), 1)
})

test('Review: what closes a door waits for who opens it only later so far', (t) => {
  const [later, now] = ['2031-01-01T00:00:00Z', '2030-01-01T00:00:00Z']
  const other = { type: 'AccessGrant', name: 'b', id: idOf(20) }
  const seen = reviewOf(
    ana,
    lab,
    servers,
    gone([labId, serversId]),
    step('update', {
      ...other,
      before: grant([labId], { startsAt: later }),
      after: grant([labId], { startsAt: now }),
    }),
  )
  t.deepEqual(passes(seen), [])
  const open = same('AccessGrant', 'b', idOf(20), grant([labId], { startsAt: now }))
  t.deepEqual(passes(reviewOf(ana, lab, servers, gone([labId, serversId]), open)), [['g']])
})

test('Review: who holds a space loses no door inside it with the door alone', (t) => {
  const door = idOf(50)
  const space = { name: 'Lab', acsEntranceIds: [door], deviceIds: [] }
  const held = same('Space', 'lab', labId, space)
  const direct = gone([], { spaceIds: undefined, acsEntranceIds: [door] })
  const kept = same('AccessGrant', 'k', idOf(20), grant([labId]))
  t.deepEqual(told(reviewOf(ana, held, direct, kept)).losses, [])
  const made = step('create', { type: 'AccessGrant', name: 'k', after: grant([labId]) })
  const moving = reviewOf(ana, held, direct, made)
  t.deepEqual(told(moving), { losses: [], gains: [], windows: [] })
  t.deepEqual(passes(moving), [])
  const both = reviewOf(
    ana,
    held,
    direct,
    step('delete', { type: 'AccessGrant', name: 'k', id: idOf(20), before: grant([labId]) }),
  )
  t.deepEqual(told(both).losses.length, 2)
})

test('Review: what only the plan looked at, or could not know yet, is not taken for not made', (t) => {
  const list = { acsAccessGroupId: idOf(7), acsUserIds: [idOf(8)] }
  const before = { ...list, acsUserIds: [idOf(8), idOf(9)] }
  const update = { type: 'AccessGroupMembersExclusive', name: 'e', id: idOf(7), before }
  const seen = reviewOf(step('update', { ...update, after: { ...list, removes: [idOf(9)] } }))
  const state = (type: string, name: string, id: string, inputs: Given) =>
    readState(
      JSON.stringify({ deployment: { resources: [{ urn: urnOf(type, name), id, inputs }] } }),
    )
  const left = (inputs: Given) =>
    notRevoked(seen, state('AccessGroupMembersExclusive', 'e', idOf(7), inputs)).length
  t.is(left(list), 0)
  t.is(left(before), 1)
  const awaited = reviewOf(ana, lab, edited(grant([labId]), grant([labId], { endsAt: later })))
  const still = (inputs: Given) =>
    notRevoked(awaited, state('AccessGrant', 'g', grantId, inputs)).length
  t.is(still(grant([labId], { endsAt: '2030-06-01T00:00:00Z' })), 0)
  t.is(still(grant([labId])), 1)
})

test('Review: a time of access that another grant is to give waits for that', (t) => {
  const both = (more: Given = {}) => grant([labId, serversId], more)
  const later = '2030-06-01T00:00:00Z'
  const seen = reviewOf(
    ana,
    lab,
    servers,
    edited(both(), both({ startsAt: later })),
    step('create', { type: 'AccessGrant', name: 'h', after: grant([labId]) }),
  )
  t.deepEqual(passes(seen), [])
  const alone = reviewOf(ana, lab, servers, edited(both(), both({ startsAt: later })))
  t.deepEqual(passes(alone), [['g']])
})

test('Review: a door that comes into another space of the person is one that stays open', (t) => {
  const den = (id: string, name: string, before: string[], after: string[]) =>
    step('update', {
      type: 'Space',
      name,
      id,
      before: { name, deviceIds: [], acsEntranceIds: before },
      after: { name, deviceIds: [], acsEntranceIds: after },
    })
  const door = idOf(70)
  const moves = (...spaces: object[]) =>
    passes(
      reviewOf(
        ana,
        ...spaces,
        step('replace', {
          type: 'AccessGrant',
          name: 'g',
          id: grantId,
          before: grant([labId]),
          after: grant([serversId]),
        }),
      ),
    )
  t.deepEqual(moves(den(labId, 'lab', [door], []), den(serversId, 'servers', [], [door])), [])
  t.deepEqual(moves(lab, servers), [['g']])
})
