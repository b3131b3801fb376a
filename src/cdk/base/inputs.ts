import { isWire, swapName } from '../../schema'
import * as cdktf from '../library'

/** How the value of an attribute is written: a scalar, a set of texts, a list of records, or a record. */
export type Shape = 'string' | 'number' | 'boolean' | 'set' | readonly [Shapes] | Shapes

/** The shapes of attributes, by the names that Terraform has for them. */
export interface Shapes {
  readonly [attribute: string]: Shape
}

/** What stands in a configuration beside the attributes. */
export const metaArguments = [
  'connection',
  'count',
  'dependsOn',
  'forEach',
  'lifecycle',
  'provider',
  'provisioners',
] as const

const isMeta = (name: string) => (metaArguments as readonly string[]).includes(name)

const entriesOf = (record: object | undefined) =>
  Object.entries(record ?? {}).filter(([, value]: [string, unknown]) => value !== undefined)

/** The meta-arguments of a configuration. */
export const metaOf = (
  config: cdktf.TerraformMetaArguments | undefined,
): cdktf.TerraformMetaArguments =>
  Object.fromEntries(entriesOf(config).filter(([name]) => isMeta(name)))

function written(shape: Shape | undefined, value: unknown): unknown {
  if (typeof shape !== 'object' || cdktf.Tokenization.isResolvable(value)) return value
  if (!Array.isArray(shape)) return writtenRecord(shape as Shapes, value)
  const [of] = shape as readonly [Shapes]
  return Array.isArray(value) ? value.map((one) => writtenRecord(of, one)) : value
}

/** A property that there is not is written too: then it is refused, and not ignored. */
function writtenRecord(shapes: Shapes, record: unknown): unknown {
  if (!isWire(record) || cdktf.Tokenization.isResolvable(record)) return record
  return Object.fromEntries(
    entriesOf(record).map(([name, value]) => {
      const attribute = swapName(name)
      return [attribute, written(shapes[attribute], value)]
    }),
  )
}

/** A value for the HCL that a library can write in place of JSON. */
function inHcl(shape: Shape | undefined, value: unknown): object {
  if (shape === 'set') {
    return { value, isBlock: false, type: 'set', storageClassType: 'stringList' }
  }
  if (typeof shape === 'string') {
    return { value, isBlock: false, type: 'simple', storageClassType: shape }
  }
  return { value, isBlock: false, type: 'any', storageClassType: 'any' }
}

/** What a construct is given, by the names of its properties. */
export class Inputs {
  private readonly values: Record<string, unknown>

  constructor(
    private readonly shapes: Shapes,
    config: object | undefined,
  ) {
    this.values = Object.fromEntries(entriesOf(config).filter(([name]) => !isMeta(name)))
  }

  get<Value>(name: string): Value | undefined {
    return this.values[name] as Value | undefined
  }

  set(name: string, value: unknown): void {
    this.values[name] = value
  }

  toTerraform(): Record<string, unknown> {
    return writtenRecord(this.shapes, this.values) as Record<string, unknown>
  }

  toHcl(): Record<string, object> {
    const attributes = Object.entries(this.toTerraform())
    return Object.fromEntries(
      attributes.map(([name, value]) => [name, inHcl(this.shapes[name], value)]),
    )
  }
}
