import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A certificate that signs itself, with its key. */
export interface Certificate {
  readonly certificate: string
  readonly key: string
  /** The certificate without the armour around it. */
  readonly der: Buffer
}

/** One value of ASN.1: its tag, its length, and what is in it. */
function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const size = body.length
  const short = size < 0x80 ? [size] : undefined
  const length = short ?? (size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff])
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...parts: Buffer[]) => tagged(0x30, ...parts)
const set = (...parts: Buffer[]) => tagged(0x31, ...parts)
const integer = (bytes: Buffer) => tagged(0x02, bytes)
const truth = tagged(0x01, Buffer.from([0xff]))
const octets = (bytes: Buffer) => tagged(0x04, bytes)
const bits = (bytes: Buffer, unused = 0) => tagged(0x03, Buffer.from([unused]), bytes)
const utf8 = (text: string) => tagged(0x0c, Buffer.from(text, 'utf8'))
const time = (at: number) =>
  tagged(0x18, Buffer.from(`${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}Z`))

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = rest.flatMap((number) => {
    const digits = [number & 0x7f]
    for (let left = number >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80)
    return digits
  })
  return tagged(0x06, Buffer.from([first * 40 + second, ...bytes]))
}

const extension = (id: string, value: Buffer, isCritical = false) =>
  sequence(objectId(id), ...(isCritical ? [truth] : []), octets(value))

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'))

const named = (organization: string, host: string) =>
  sequence(
    set(sequence(objectId('2.5.4.10'), utf8(organization))),
    set(sequence(objectId('2.5.4.3'), utf8(host))),
  )

/** What go-plugin's own certificates say: an authority of its own, for both ends of a connection. */
const extensions = (host: string) =>
  sequence(
    extension('2.5.29.19', sequence(truth), true),
    extension('2.5.29.15', bits(Buffer.from([0b1010_1100]), 2), true),
    extension('2.5.29.37', sequence(objectId('1.3.6.1.5.5.7.3.2'), objectId('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', sequence(tagged(0x82, Buffer.from(host)))),
  )

const armoured = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${der
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd()}\n-----END CERTIFICATE-----\n`

const skew = 30_000
const lifetime = 24 * 60 * 60 * 1000

/**
 * A new certificate for the connection between an engine and a plugin on one machine, as go-plugin
 * makes them. Libraries for this take longer to load than all else that a plugin does at its start.
 */
export function selfSigned(host = 'localhost'): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const name = named('seam-iac', host)
  const now = Date.now()
  const signed = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    sequence(time(now - skew), time(now + lifetime)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, extensions(host)),
  )
  const der = sequence(signed, ecdsaWithSha256, bits(sign('sha256', signed, privateKey)))
  const key = privateKey.export({ type: 'sec1', format: 'pem' }).toString()
  return { certificate: armoured(der), key, der }
}
