import type { SeamResource } from '../../../src/resources'
import { className } from '../../../src/schema'
import { property } from '../field-words'

const has = ({ fields }: SeamResource, name: string) => Object.hasOwn(fields, name)

const keyed = ({ key }: SeamResource) =>
  key
    ? [
        `- ${property(key)} is unique in the workspace. Left out, the provider chooses it from the names of the organization, the stack, the project and the resource.`,
      ]
    : []

/** What Seam refuses to have twice, beside the key. */
const unique = ({ knownBy, key, holder }: SeamResource) =>
  (holder ? (knownBy?.unique ?? []) : [])
    .filter((names) => names[0] !== key && names.length <= 2)
    .map((names) => names.map(property).join(' and '))

function refused(definition: SeamResource): string {
  const values = [...(definition.key ? [property(definition.key)] : []), ...unique(definition)]
  const ways = [
    ...(values.length > 0 ? [`the same ${values.join(' or ')}`] : []),
    ...(definition.twins ? ['exactly the same facts'] : []),
  ]
  return `- An object with ${ways.join(', or with ')} is not changed: the deployment fails and names it. \`adopt: true\` takes it over.`
}

function adoption(definition: SeamResource): string[] {
  if (!has(definition, 'adopt_id')) return []
  return [
    has(definition, 'adopt')
      ? refused(definition)
      : '- One that exists already is accepted, with a warning: destroy deletes it.',
    '- `adoptId` takes over the object with this id. It is compared with the program before it is changed.',
    '- Destroy leaves an adopted object in Seam, unless `deleteAdopted` is true.',
  ]
}

const whole = ({ claim, fields }: SeamResource) =>
  claim && !Object.hasOwn(fields, 'adopt_id')
    ? ['- It creates no object of its own: what it lists exists already, and is not adopted.']
    : []

const takeover = ({ takeover }: SeamResource) =>
  takeover
    ? [
        `- ${property(takeover.input)} takes over an object that Seam does not manage. Seam cannot reverse this.`,
      ]
    : []

const reading = ({ name }: SeamResource) => [
  '- `pulumi import` is not possible: Pulumi cannot read dynamic resources for an import.',
  `- \`${className(name)}.get(name, id)\` reads an object and does not manage it.`,
]

/** What happens to objects that were there before the program, and how they are taken over. */
export const existing = (definition: SeamResource): string[] => [
  ...keyed(definition),
  ...adoption(definition),
  ...takeover(definition),
  ...whole(definition),
  ...reading(definition),
]
