import test from 'ava'
import { notRevoked, readState } from '../../src/review'
import {
  ana,
  grant,
  grantId,
  idOf,
  lab,
  labId,
  passes,
  reviewOf,
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
  const seen = reviewOf(
    ana,
    lab,
    step('update', { type: 'AccessGrant', name: 'g', id: grantId, before, after }),
  )
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
