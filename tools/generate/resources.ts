import { resources, type SeamResource } from '../../src/resources'
import { className, swapName, type Field } from '../../src/schema'
import {
  comment,
  header,
  members,
  nestedTypes,
  newFile,
  outputType,
  propertyComment,
  words,
} from './types'

const constant = (name: string) => {
  const camel = className(name)
  return camel.charAt(0).toLowerCase() + camel.slice(1)
}

function argsInterface(definition: SeamResource): string {
  const resource = className(definition.name)
  return [
    nestedTypes(resource, definition.fields, 'input'),
    comment(`What a program says of ${resource}.`),
    `export interface ${resource}Args {`,
    ...members(resource, definition.fields, 'input'),
    '}',
  ].join('\n')
}

function property(definition: SeamResource, name: string, field: Field): string {
  const resource = className(definition.name)
  const doc = propertyComment(field, 'output')
  if (name === definition.id) {
    return `${doc}\nget ${swapName(name)}(): pulumi.Output<string> {\n return this.id\n}`
  }
  const type = outputType(resource, name, field)
  return `${doc}\ndeclare readonly ${swapName(name)}: pulumi.Output<${type}>`
}

function resourceClass(definition: SeamResource): string {
  const resource = className(definition.name)
  const fields = Object.entries<Field>(definition.fields)
  const optionalArgs = fields.some(([, field]) => field.input === 'always') ? '' : '?'
  return [
    nestedTypes(resource, definition.fields, 'output'),
    comment(words(definition.about), '', `See ${definition.page}`),
    `export class ${resource} extends SeamResource {`,
    comment('The type under which the engine knows this class.'),
    `static readonly __pulumiType = pulumiType('${resource}')\n`,
    comment(
      'Takes an object that exists into a program, without managing it: it is read, never changed.',
      '',
      '@param id Seam’s id.',
    ),
    `static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ${resource} {`,
    `  return new ${resource}(name, ${optionalArgs ? '{}' : `{} as ${resource}Args`}, { ...opts, id })`,
    '}\n',
    comment(`Whether a value is a ${resource}, of whichever copy of this package.`),
    `static override isInstance(value: unknown): value is ${resource} {`,
    `  return isOfType(value, ${resource}.__pulumiType)`,
    '}\n',
    ...fields.map(([name, field]) => `${property(definition, name, field)}\n`),
    `constructor(name: string, args${optionalArgs}: ${resource}Args, opts: pulumi.CustomResourceOptions = {}) {`,
    `  super(${constant(definition.name)}, name, args, opts)`,
    '}',
    '}',
  ].join('\n')
}

/** The classes of a Pulumi program, one a resource. */
export function resourcesSource(): string {
  newFile()
  const names = resources.map(({ name }) => constant(name))
  return [
    header,
    `import { ${names.join(', ')} } from '../../resources'`,
    "import { isOfType, pulumiType, SeamResource, type Note } from '../dynamic/resource'",
    '',
    ...resources.flatMap((definition) => [argsInterface(definition), resourceClass(definition)]),
  ].join('\n')
}
