import { decode, encode } from '@msgpack/msgpack'
import test from 'ava'
import fc from 'fast-check'
import { unknown } from '../../src/schema'
import { fromDynamic, toDynamic } from '../../src/terraform/wire/dynamic-value'

/** Values that an engine may send: records of texts, numbers, lists, and what is not known yet. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: 'grapheme' }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(unknown),
    fc.maxSafeInteger(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

test('Dynamic values: a thousand come back as they were', (t) => {
  fc.assert(
    fc.property(value, (sent) => {
      t.deepEqual(fromDynamic(toDynamic(sent)), sent)
    }),
    { numRuns: 1000, seed: 7 },
  )
})

test('Dynamic values: a number with a fraction is sent in decimals', (t) => {
  t.is(decode(toDynamic(52.52).msgpack!), '52.52')
  t.is(decode(toDynamic(52).msgpack!), 52)
})

test('Dynamic values: what is known in part of an unknown value is passed over', (t) => {
  // An extension of code 12 with a map, in a list.
  const refined = Uint8Array.from([0x91, 0xc7, 0x03, 0x0c, 0x81, 0x01, 0xc2])
  t.deepEqual(fromDynamic({ msgpack: refined }), [unknown])
})

test('Dynamic values: JSON is read as well, and nothing is null', (t) => {
  t.deepEqual(fromDynamic({ json: Buffer.from('{"a":[1,null]}') }), { a: [1, null] })
  t.is(fromDynamic(undefined), null)
  t.is(fromDynamic({ msgpack: encode(null) }), null)
})
