import { spelled } from './diagnostics'
import type { Attribute } from './attributes'

/** A type as the protocol has it: JSON in bytes. */
const typeBytes = (type: unknown) => Buffer.from(JSON.stringify(type))

function attributeMessage(attribute: Attribute): object {
  const { name, type, nested, about, isRequired, isOptional, isComputed, isSecret } = attribute
  return {
    name,
    ...(type !== undefined && { type: typeBytes(type) }),
    ...(nested && {
      nested_type: {
        nesting: nested.nesting,
        attributes: nested.attributes.map(attributeMessage),
      },
    }),
    description: spelled(about),
    required: isRequired,
    optional: isOptional,
    computed: isComputed,
    sensitive: isSecret,
    write_only: attribute.isWriteOnly === true,
    ...(attribute.deprecated !== undefined && {
      deprecated: true,
      deprecation_message: spelled(attribute.deprecated),
    }),
  }
}

/** A schema as the protocol has it. */
export const schemaMessage = (attributes: readonly Attribute[], about: string, version = 0) => ({
  version,
  block: { attributes: attributes.map(attributeMessage), description: spelled(about) },
})
