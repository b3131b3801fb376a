import test from 'ava'
import { create, diff, read } from '../../src/provider'
import { accessGrant, resources, space } from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import { className, compare, inputsOf, type Field, type Fields, type Wire } from '../../src/schema'
import { grantOf, office, planned, seed } from './office'

interface Place {
  name: string
  isManagedWhenGiven: boolean
  /** Leaving it out means something else than none, and is brought about. */
  isOtherwise: boolean
  /** Inputs that say none, and inputs that say nothing. */
  empty: Wire
  silent: Wire
}

/** Every list and record that a program may leave out, nested ones too. */
function places(fields: Fields): Place[] {
  return Object.entries<Field>(fields).flatMap(([name, { kind, input, marks }]): Place[] => {
    if (input !== 'maybe' || !['set', 'list', 'record'].includes(kind.is)) return []
    // None is not what leaving it out means.
    const isOtherwise = marks.otherwise !== undefined
    const isManagedWhenGiven = (marks.computed ?? false) || isOtherwise
    const empty = kind.is === 'record' ? {} : []
    const inner = kind.is === 'record' ? places(kind.fields) : []
    return [
      { name, isManagedWhenGiven, isOtherwise, empty: { [name]: empty }, silent: {} },
      ...inner.map((place) => ({
        ...place,
        name: `${name}.${place.name}`,
        empty: { [name]: place.empty },
        silent: { [name]: place.silent },
      })),
    ]
  })
}

for (const definition of resources) {
  for (const { name, isManagedWhenGiven, isOtherwise, empty, silent } of places(
    definition.fields,
  )) {
    const what = `${className(definition.name)} ${name}`
    test(`Empty: ${what}: ${isManagedWhenGiven ? 'none is not the same as' : 'none means as much as'} leaving it out`, (t) => {
      const expected = isManagedWhenGiven ? 'update' : 'same'
      t.is(compare(definition, silent, empty).kind, expected)
      t.is(compare(definition, {}, empty).kind, expected)
      const back = isOtherwise ? 'update' : 'same'
      t.is(compare(definition, empty, silent).kind, back)
      t.is(compare(definition, empty, {}).kind, back)
    })
    test(`Empty: ${what}: is given as before after a refresh of nothing`, (t) => {
      t.deepEqual(inputsOf(definition.fields, empty, empty), empty)
      t.deepEqual(inputsOf(definition.fields, empty, silent), isOtherwise ? empty : silent)
    })
  }
}

const { spaces, devices, entrances } = officeIds
const lists: [string, Wire, Wire][] = [
  ['entrances', {}, { acs_entrance_ids: [] }],
  ['all but spaces', { acs_entrance_ids: [] }, { device_ids: [], space_keys: [] }],
  [
    'spaces',
    { space_ids: [], acs_entrance_ids: [entrances.roof] },
    { space_ids: undefined, acs_entrance_ids: [entrances.roof] },
  ],
]

for (const [what, before, after] of lists) {
  test(`Empty: a grant keeps its doors and PINs when no ${what} are left out, or given`, async (t) => {
    const { session, newSession } = await office(t)
    const last = await create(accessGrant, session, planned(accessGrant, grantOf(before)), seed)
    for (const given of [after, before]) {
      const wanted = planned(accessGrant, grantOf(given), newSession(), {
        seed,
        before: last.inputs,
      })
      t.deepEqual(diff(accessGrant, last.inputs, wanted, seed), { kind: 'same' })
    }
    const seen = await read(accessGrant, newSession(), last.id, last)
    t.deepEqual(seen?.inputs, last.inputs)
  })
}

test('Empty: a grant by the keys of spaces has no drift where it names no space by its id', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  sandbox.store.spaces.update(spaces.lab, { space_key: 'lab' })
  const given = grantOf({ space_ids: [], space_keys: ['lab'] })
  const last = await create(accessGrant, session, planned(accessGrant, given), seed)
  const seen = await read(accessGrant, newSession(), last.id, last)
  t.deepEqual(seen?.inputs, last.inputs)
})

test('Empty: a space without entrances is managed, and one that leaves them out is not', async (t) => {
  const { session, newSession } = await office(t)
  const doors = {
    name: 'Annex',
    acs_entrance_ids: [entrances.roof],
    device_ids: Object.values(devices),
  }
  const { inputs } = await create(space, session, planned(space, doors), seed)
  const wanted = (given: Wire) => planned(space, given, newSession(), { seed, before: inputs })
  t.is(diff(space, inputs, wanted({ name: 'Annex' }), seed).kind, 'same')
  t.like(diff(space, inputs, wanted({ ...doors, acs_entrance_ids: [] }), seed), {
    kind: 'update',
    changed: ['acs_entrance_ids'],
  })
})
