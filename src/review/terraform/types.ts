import { resources } from '../../resources'
import { resourceType, type ResourceType } from '../../terraform/schema/surface'

const types = new Map(
  resources.map((definition): [string, ResourceType] => {
    const type = resourceType(definition)
    return [type.name, type]
  }),
)

/** The type of a resource of ours. */
export const typeOf = ({ mode, type }: { mode: string; type: string }): ResourceType | undefined =>
  mode === 'managed' ? types.get(type) : undefined
