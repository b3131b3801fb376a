import { decode, encode, ExtensionCodec } from '@msgpack/msgpack'
import { unknown } from '../../schema'

/** A value of an engine: its types travel apart from it. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array
  readonly json?: Uint8Array
}

/** Stands for `unknown` while it is packed; the library packs no symbols. */
class Unknown {}
const placeholder = new Unknown()

const codec = new ExtensionCodec()
codec.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => placeholder,
})
// An unknown value of which something is known comes with another code: it is as unknown.
for (let type = 1; type < 128; type += 1) {
  codec.register({ type, encode: () => null, decode: () => placeholder })
}

/** The same value with its leaves replaced, at every depth. */
function mapped(value: unknown, leaf: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => mapped(inner, leaf))
  if (typeof value !== 'object' || value === null) return leaf(value)
  if (value instanceof Unknown || value instanceof Uint8Array) return leaf(value)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapped(inner, leaf)]),
  )
}

/** Engines count in decimals, and take a binary fraction for another number than the program's. */
function packed(value: unknown): unknown {
  if (value === unknown) return placeholder
  return typeof value === 'number' && !Number.isInteger(value) ? String(value) : value
}

const unpacked = (value: unknown): unknown => (value instanceof Unknown ? unknown : value)

/** What an engine has sent; `null` where it has sent nothing. */
export function fromDynamic(value: DynamicValue | undefined): unknown {
  if (value?.msgpack?.length) {
    return mapped(decode(value.msgpack, { extensionCodec: codec }), unpacked)
  }
  return value?.json?.length ? JSON.parse(Buffer.from(value.json).toString('utf8')) : null
}

/** What an engine is sent. */
export const toDynamic = (value: unknown): DynamicValue => ({
  msgpack: encode(mapped(value, packed), { extensionCodec: codec }),
})
