import { decode, encode, ExtData, ExtensionCodec } from '@msgpack/msgpack'
import test from 'ava'
import fc from 'fast-check'
import { unknown } from '../../src/schema'
import { fromDynamic, toDynamic } from '../../src/terraform/wire/dynamic-value'

type Type =
  | 'string'
  | 'number'
  | 'bool'
  | readonly ['list' | 'set' | 'map', Type]
  | readonly ['object', Readonly<Record<string, Type>>]

/** A value as both ends mean it: a set is written as a list, and `unknown` stands for itself. */
interface Typed {
  readonly type: Type
  readonly value: unknown
}

const name = fc.stringMatching(/^[a-z][a-z_]{0,8}$/)

const { type } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Type>('string', 'number', 'bool'),
    fc.tuple(fc.constantFrom('list' as const, 'set' as const, 'map' as const), tie('type')),
    fc.tuple(
      fc.constant('object' as const),
      fc.dictionary(name, tie('type'), { maxKeys: 4, noNullPrototype: true }),
    ),
  ),
}))

const leaves = {
  string: fc.string({ unit: 'grapheme', maxLength: 20 }),
  number: fc.oneof(
    fc.maxSafeInteger(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0 || 0),
    fc.constantFrom(2 ** 53, 2 ** 63, -(2 ** 63), 2 ** 64, 1e300, 0.1, -1e-7, 52.520_008),
  ),
  bool: fc.boolean(),
}

/** Values of a type, now and then without one or, where `open`, not known yet. */
function valueOf(type: Type, open: boolean): fc.Arbitrary<unknown> {
  const rare = [
    { weight: 1, arbitrary: fc.constant(null) },
    ...(open ? [{ weight: 1, arbitrary: fc.constant(unknown) }] : []),
  ]
  return fc.oneof({ weight: 6, arbitrary: knownOf(type, open) }, ...rare)
}

function knownOf(type: Type, open: boolean): fc.Arbitrary<unknown> {
  if (typeof type === 'string') return leaves[type]
  if (type[0] === 'object') {
    const members = Object.entries(type[1]).map(([key, of]) => [key, valueOf(of, open)])
    return fc.record(Object.fromEntries(members), { noNullPrototype: true })
  }
  const inner = valueOf(type[1], open)
  if (type[0] === 'list') return fc.array(inner, { maxLength: 4 })
  if (type[0] === 'set') {
    return fc.uniqueArray(inner, { maxLength: 4, selector: (one) => encodedAsEngine(type[1], one) })
  }
  return fc.dictionary(fc.string({ minLength: 1 }), inner, { maxKeys: 4, noNullPrototype: true })
}

const typed = (open: boolean): fc.Arbitrary<Typed> =>
  type.chain((one) => valueOf(one, open).map((value) => ({ type: one, value })))

/** What an engine makes of each part of a value before it is packed. */
function asEngine(type: Type, value: unknown): unknown {
  if (value === null) return null
  // An unknown text is told to be no null, as engines do since 1.6; all others only to be unknown.
  if (value === unknown) {
    return type === 'string'
      ? new ExtData(12, encode(new Map([[1, false]])))
      : new ExtData(0, Uint8Array.of(0))
  }
  // What a binary fraction does not hold exactly comes in decimals, such as everything written so.
  if (type === 'number') return Number.isInteger(value) ? value : String(value)
  if (typeof type === 'string') return value
  if (Array.isArray(value)) return value.map((one) => asEngine(type[1] as Type, one))
  const members = Object.entries(value as object).map(([key, one]) => [
    key,
    asEngine(type[0] === 'object' ? type[1][key]! : type[1], one),
  ])
  return Object.fromEntries(members)
}

const encodedAsEngine = (type: Type, value: unknown) =>
  Buffer.from(encode(asEngine(type, value))).toString('base64')

/** What both ends hold of a value: a number is one number, however it is written. */
function meant(type: Type, value: unknown): unknown {
  if (value instanceof ExtData) return unknown
  if (value === null || value === unknown) return value
  if (type === 'number') return Number(value)
  if (typeof type === 'string') return value
  if (Array.isArray(value)) return value.map((one) => meant(type[1] as Type, one))
  const members = Object.entries(value as object).map(([key, one]) => [
    key,
    meant(type[0] === 'object' ? type[1][key]! : type[1], one),
  ])
  return Object.fromEntries(members)
}

const plain = new ExtensionCodec()
const runs = { numRuns: 1000, seed: 13 }

test('Values: a thousand that an engine packs are read as they are meant', (t) => {
  fc.assert(
    fc.property(typed(true), ({ type, value }) => {
      const msgpack = encode(asEngine(type, value))
      t.deepEqual(meant(type, fromDynamic({ msgpack })), value)
    }),
    runs,
  )
})

test('Values: a thousand that the provider packs are read by an engine as they are meant', (t) => {
  fc.assert(
    fc.property(typed(true), ({ type, value }) => {
      const packed = decode(toDynamic(value).msgpack!, { extensionCodec: plain })
      t.deepEqual(meant(type, packed), value)
      t.deepEqual(meant(type, fromDynamic(toDynamic(value))), value)
    }),
    runs,
  )
})

test('Values: a thousand in JSON are read as they are meant', (t) => {
  fc.assert(
    fc.property(typed(false), ({ type, value }) => {
      const json = Buffer.from(JSON.stringify(value))
      const read = fromDynamic({ json })
      t.deepEqual(meant(type, read), value)
      t.deepEqual(meant(type, fromDynamic(toDynamic(read))), value)
    }),
    runs,
  )
})
