import type { Lookup } from '../../../src/lookups'
import type { SeamResource } from '../../../src/resources'
import { className, swapName } from '../../../src/schema'
import { resourceAttributes, resourceType } from '../../../src/terraform/schema/surface'
import { property } from '../field-words'
import { code } from '../types'
import { example } from './page'

const moduleOf = (name: string) => name.replaceAll('_', '-')

const imported = (name: string, module: string) =>
  `${code(name)} of ${code(`seam-iac/cdktf/${module}`)} or ${code(`seam-iac/cdktn/${module}`)}`

/** The inputs that only Terraform has, at whatever depth. */
const twins = (definition: SeamResource): string[] => {
  const written = JSON.stringify(resourceAttributes(resourceType(definition)))
  const names = written.matchAll(/"name":"(\w+_wo(?:_version)?)"/g)
  return [...new Set([...names].map(([, name]) => name!))]
}

/** What a program of constructs has for a resource. */
export function construct(definition: SeamResource): string[] {
  const name = className(definition.name)
  const more = twins(definition).map(property)
  return [
    [
      `${imported(name, moduleOf(definition.name))} has the same properties; ${property(definition.id)} is its ${code('id')}.`,
      ...(more.length > 0
        ? [`It has ${more.join(' and ')} as well: a secret that stands in no plan and no state.`]
        : []),
      '[Constructs](../constructs.md) describes them, and the words for people, doors and teams.',
    ].join(' '),
    '',
    example('constructs', definition.name),
  ]
}

/** What a program of constructs has for a lookup. */
export const lookupConstruct = ({ name, id }: Lookup): string[] => [
  `${imported(`DataSeam${className(name)}`, `data-seam-${moduleOf(name)}`)} takes the same arguments${
    id === undefined ? '' : `, and has ${code('id')} beside ${code(swapName(id))}`
  }. [Constructs](../constructs.md)`,
]
