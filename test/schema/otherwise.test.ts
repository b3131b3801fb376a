import test from 'ava'
import {
  choiceSet,
  compare,
  id,
  inputsOf,
  outputsOf,
  patchOf,
  text,
  type Wire,
} from '../../src/schema'

/** A field of the object itself for which leaving it out means a value, beside others. */
const fields = {
  url: text('Where events go.'),
  event_types: choiceSet('Which events.', ['*', 'a', 'b']).optional().otherwise(['*']),
  secret: text('What signs them.').optional().computed().secret(),
  webhook_id: id('Its id.').computed().stable(),
}

const change = (before: Wire, after: Wire) => {
  const [one, other] = [
    { url: 'u', ...before },
    { url: 'u', ...after },
  ]
  const found = compare({ fields }, one, other)
  const changed = new Set(found.kind === 'same' ? [] : found.changed)
  return [found.kind, patchOf({ fields }, other, changed)] as const
}

test('Otherwise: to give what leaving out means is no change, nor the other way round', (t) => {
  t.deepEqual(change({}, { event_types: ['*'] }), ['same', {}])
  t.deepEqual(change({ event_types: ['*'] }, {}), ['same', {}])
})

test('Otherwise: leaving out later sends what it means, and never null', (t) => {
  t.deepEqual(change({ event_types: ['a'] }, {}), ['update', { event_types: ['*'] }])
  t.deepEqual(change({}, { event_types: ['a'] }), ['update', { event_types: ['a'] }])
  t.deepEqual(change({ event_types: ['a'] }, { event_types: [] }), ['update', { event_types: [] }])
})

test('Otherwise: a new object that Seam answers with it is as it was declared', (t) => {
  const observed = { url: 'u', event_types: ['*'], webhook_id: 'w' }
  const declared = { url: 'u' }
  t.is(compare({ fields }, inputsOf(fields, observed, declared), declared).kind, 'same')
  t.deepEqual(outputsOf(fields, observed, declared), observed)
})

test('Otherwise: what somebody has changed behind it is drift', (t) => {
  const observed = { url: 'u', event_types: ['a'], webhook_id: 'w' }
  const declared = { url: 'u' }
  const drifted = inputsOf(fields, observed, declared)
  t.deepEqual(drifted['event_types'], ['a'])
  t.is(compare({ fields }, drifted, declared).kind, 'update')
})
