import { isWire, swapName, unknown, type Wire } from '../schema'
import { metaArguments } from './base/inputs'
import * as cdktf from './library'

/** A construct that stands in the configuration as a resource or as a lookup. */
export type Declaring = cdktf.TerraformResource | cdktf.TerraformDataSource

export const isDeclaring = (one: unknown): one is Declaring =>
  cdktf.TerraformResource.isTerraformResource(one) ||
  cdktf.TerraformDataSource.isTerraformDataSource(one)

/** What stands beside the attributes of every resource, as it is written. */
const besideAttributes = new Set(['//', 'dynamic', 'provisioner', ...metaArguments.map(swapName)])

/** What Terraform calculates: a reference, a function, a template. `$${` is text. */
const calculated = /(?:^|[^$%])(?:\$\$|%%)*[$%]\{/

function asKnown(value: unknown): unknown {
  if (typeof value === 'string') return calculated.test(value) ? unknown : value
  if (Array.isArray(value)) return value.map(asKnown)
  if (!isWire(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asKnown(inner)]))
}

const writtenBy = (construct: cdktf.TerraformElement): Wire => {
  const written: unknown = cdktf.Tokenization.resolve(construct.toTerraform(), {
    scope: construct,
    resolver: new cdktf.DefaultTokenResolver(new cdktf.StringConcat()),
    preparing: false,
  })
  return isWire(written) ? written : {}
}

const onlyMember = (record: unknown): unknown =>
  isWire(record) ? Object.values(record)[0] : undefined

/**
 * The attributes of a construct as its stack will write them, with what an escape hatch overrides.
 *
 * @returns nothing where it declares no object, such as one that has moved
 */
export function writtenAttributes(construct: Declaring): Wire | undefined {
  const { resource, data } = writtenBy(construct)
  const attributes = onlyMember(onlyMember(resource ?? data))
  if (!isWire(attributes)) return undefined
  const own = Object.entries(attributes).filter(([name]) => !besideAttributes.has(name))
  return Object.fromEntries(own)
}

/** The same, unknown where only a deployment tells a value. */
export const declaredBy = (construct: Declaring): Wire | undefined =>
  asKnown(writtenAttributes(construct)) as Wire | undefined

/** The same of a provider. */
export function settingsOf(provider: cdktf.TerraformProvider): Wire {
  const { provider: providers } = writtenBy(provider)
  const [settings] = (onlyMember(providers) ?? []) as unknown[]
  const { alias: _, ...own } = isWire(settings) ? settings : {}
  return asKnown(own) as Wire
}
