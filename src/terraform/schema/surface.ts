import type { Lookup } from '../../lookups'
import type { SeamResource } from '../../resources'
import type { Field, Fields, Wire } from '../../schema'
import { attributesOf, type Attribute } from './attributes'
import { withTwins } from './write-only'

/** `seam_access_grant`. */
export const typeName = (name: string): string => `seam_${name}`

/** A resource as Terraform has it: its id is the attribute `id`. */
export interface ResourceType {
  readonly name: string
  readonly definition: SeamResource
  readonly fields: Fields
}

export function resourceType(definition: SeamResource): ResourceType {
  const entries = Object.entries<Field>(definition.fields)
  const fields = entries.map(([name, field]) => [name === definition.id ? 'id' : name, field])
  const all = withTwins(Object.fromEntries(fields))
  return { name: typeName(definition.name), definition, fields: all }
}

/** An attribute by the core's name, and a field by Terraform's. */
export const coreName = ({ definition }: ResourceType, name: string): string =>
  name === 'id' ? definition.id : name

export const attributeName = ({ definition }: ResourceType, name: string): string =>
  name === definition.id ? 'id' : name

const renamed = (record: Wire, rename: (name: string) => string): Wire =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(name), value]))

/** A record of Terraform with the core's name for the id, and the other way round. */
export const inCore = (type: ResourceType, record: Wire): Wire =>
  renamed(record, (name) => coreName(type, name))

export const inTerraform = (type: ResourceType, record: Wire): Wire =>
  renamed(record, (name) => attributeName(type, name))

/** A lookup as Terraform has it: what it is asked by and what it answers are attributes of one object. */
export interface DataType {
  readonly name: string
  readonly lookup: Lookup
  readonly fields: Fields
}

export function dataType(lookup: Lookup): DataType {
  const { name, by, fields, id } = lookup
  const own = id === undefined ? {} : { id: fields[id]! }
  return { name: typeName(name), lookup, fields: { ...by, ...fields, ...own } }
}

export const resourceAttributes = ({ fields }: ResourceType): Attribute[] => attributesOf(fields)

/** What a lookup can be asked by may be computed too, where its answer tells it. */
export function dataAttributes({ lookup: { by, fields: answer }, fields }: DataType): Attribute[] {
  const asked = new Map(attributesOf(by).map((attribute) => [attribute.name, attribute]))
  return attributesOf(fields, 'answered').map((attribute) => {
    const { isRequired = false, isOptional = false } = asked.get(attribute.name) ?? {}
    const isComputed = !isRequired && (attribute.name === 'id' || attribute.name in answer)
    return { ...attribute, isRequired, isOptional, isComputed }
  })
}
