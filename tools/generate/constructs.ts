// The classes with which a program of CDKTF or CDK Terrain declares resources and lookups. Their public
// members are those of the classes that the vendor's own generator writes for a provider.
import { lookups } from '../../src/lookups'
import { resources } from '../../src/resources'
import {
  className,
  fieldsOf,
  noteMembers,
  swapName,
  type Field,
  type Fields,
} from '../../src/schema'
import { attributesOf, type Attribute } from '../../src/terraform/schema/attributes'
import { providerFields } from '../../src/terraform/schema/settings'
import {
  dataAttributes,
  dataType,
  resourceAttributes,
  resourceType,
} from '../../src/terraform/schema/surface'
import { comment, propertyComment, words } from './types'

export const constructsFolder = 'src/cdk/generated'

/** An attribute, and what its definition says of it. */
interface Member {
  readonly attribute: Attribute
  readonly field: Field
}

const membersOf = (fields: Fields, attributes: readonly Attribute[]): Member[] =>
  attributes.map((attribute) => ({ attribute, field: fields[attribute.name]! }))

const innerOf = ({ attribute, field }: Member): Member[] =>
  membersOf(fieldsOf(field.kind)!, attribute.nested!.attributes)

const isGiven = ({ attribute: { isRequired, isOptional } }: Member) => isRequired || isOptional
const isNote = ({ kind }: Field) => kind.is === 'list' && kind.of.is === 'note'
const isList = ({ nested }: Attribute) => nested?.nesting === 'LIST'
const isFlag = ({ type }: Attribute) => type === 'bool'

const nestedName = (owner: string, { attribute }: Member) => owner + className(attribute.name)

const scalar = ({ type }: Attribute): string =>
  Array.isArray(type) ? 'string[]' : type === 'number' ? 'number' : 'string'

/** The type of a value that a program gives. */
function givenType(owner: string, member: Member): string {
  const { attribute } = member
  if (isFlag(attribute)) return 'boolean | cdktf.IResolvable'
  if (!attribute.nested) return scalar(attribute).replace(/^(?=.*\[\])/, 'readonly ')
  const name = nestedName(owner, member)
  return isList(attribute)
    ? `readonly ${name}[] | cdktf.IResolvable`
    : `${name} | cdktf.IResolvable`
}

const property = (owner: string, member: Member): string => {
  const { attribute, field } = member
  const [mark, nothing] = attribute.isRequired ? ['', ''] : ['?', ' | undefined']
  const type = `${givenType(owner, member)}${nothing}`
  return `${propertyComment(field, 'input')}\nreadonly ${swapName(attribute.name)}${mark}: ${type}`
}

/** The records that a program gives, the inner ones first. */
const recordTypes = (owner: string, members: readonly Member[]): string[] =>
  members
    .filter((one) => isGiven(one) && one.attribute.nested)
    .flatMap((one) => {
      const name = nestedName(owner, one)
      const inner = innerOf(one)
      return [
        ...recordTypes(name, inner),
        comment(words(one.field.about)),
        `export interface ${name} {`,
        ...inner.filter(isGiven).map((member) => property(name, member)),
        '}\n',
      ]
    })

/** How a value is read from what a deployment answers. */
function read(owner: string, member: Member): { type: string; value: string } {
  const { attribute, field } = member
  const { name, type, nested } = attribute
  if (isNote(field)) return { type: 'NoteList', value: `new NoteList(this, '${name}', false)` }
  if (nested) {
    const output = nestedName(owner, member) + (isList(attribute) ? 'List' : 'OutputReference')
    return { type: output, value: `new ${output}(this, '${name}', false)` }
  }
  if (Array.isArray(type)) {
    return { type: 'string[]', value: `cdktf.Fn.tolist(this.getListAttribute('${name}'))` }
  }
  if (type === 'bool') {
    return { type: 'cdktf.IResolvable', value: `this.getBooleanAttribute('${name}')` }
  }
  return type === 'number'
    ? { type: 'number', value: `this.getNumberAttribute('${name}')` }
    : { type: 'string', value: `this.getStringAttribute('${name}')` }
}

function getter(owner: string, member: Member): string {
  const { type, value } = read(owner, member)
  const doc = propertyComment(member.field, 'output')
  return `${doc}\nget ${swapName(member.attribute.name)}(): ${type} {\n return ${value}\n}\n`
}

/** The records of an answer, the inner ones first. */
const outputTypes = (owner: string, members: readonly Member[]): string[] =>
  members
    .filter((one) => one.attribute.nested && !isNote(one.field))
    .flatMap((one) => {
      const name = nestedName(owner, one)
      const inner = innerOf(one)
      return [
        ...outputTypes(name, inner),
        comment(words(one.field.about)),
        `export class ${name}OutputReference extends cdktf.ComplexObject {`,
        ...inner.map((member) => getter(name, member)),
        '}\n',
        ...(isList(one.attribute) ? [listClass(name)] : []),
      ]
    })

const listClass = (name: string) => `${comment('The same, as a list.')}
export class ${name}List extends cdktf.ComplexList {
  get(index: number): ${name}OutputReference {
    return new ${name}OutputReference(this.terraformResource, this.terraformAttribute, this.wrapsSet, index)
  }
}
`

/** What sets an input later, and tells what it is. */
function setters(owner: string, member: Member): string {
  const { attribute } = member
  const name = swapName(attribute.name)
  const type = givenType(owner, member)
  const title = className(attribute.name)
  const set = `{ this.inputs.set('${name}', value) }`
  return [
    attribute.nested
      ? `put${title}(value: ${type}): void ${set}\n`
      : `set ${name}(value: ${type}) ${set}\n`,
    ...(attribute.isRequired
      ? []
      : [`reset${title}(): void { this.inputs.set('${name}', undefined) }\n`]),
    `get ${name}Input(): ${type} | undefined { return this.inputs.get('${name}') }\n`,
  ].join('\n')
}

function shapeOf({ attribute, field }: Member): string {
  const { type, nested } = attribute
  if (nested) {
    const inner = shapesOf(innerOf({ attribute, field }))
    return isList(attribute) ? `[${inner}]` : inner
  }
  return Array.isArray(type) ? `'set'` : isFlag(attribute) ? `'boolean'` : `'${String(type)}'`
}

const shapesOf = (members: readonly Member[]): string =>
  `{ ${members
    .filter(isGiven)
    .map((one) => `${one.attribute.name}: ${shapeOf(one)}`)
    .join(', ')} }`

/** A class for a resource or a lookup, and everything that it names. */
interface Described {
  readonly name: string
  readonly terraformType: string
  readonly about: string
  readonly page: string
  readonly members: readonly Member[]
  readonly base: 'SeamResource' | 'SeamDataSource'
}

const importMethod = ({ name }: Described) => `${comment(
  'Imports an object that exists: a plan of the stack generates its configuration.',
  '',
  '@param importFromId the id of the object',
)}
static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource {
  return new cdktf.ImportableResource(scope, importToId, {
    terraformResourceType: ${name}.tfResourceType,
    importId: importFromId,
    ...(provider && { provider }),
  })
}
`

function classSource(described: Described): string {
  const { name, terraformType, about, page, members, base } = described
  const config = members.some(({ attribute }) => attribute.isRequired) ? 'config' : 'config = {}'
  const parameter = config.replace('config', `config: ${name}Config`)
  const body = [
    ...recordTypes(name, members),
    comment(`What a program says of ${name}.`),
    `export interface ${name}Config extends cdktf.TerraformMetaArguments {`,
    ...members.filter(isGiven).map((one) => property(name, one)),
    '}\n',
    ...outputTypes(name, members),
    comment(words(about), '', `See ${page}`),
    `export class ${name} extends ${base} {`,
    `static readonly tfResourceType = '${terraformType}'\n`,
    ...(base === 'SeamResource' ? [importMethod(described)] : []),
    `constructor(scope: Construct, id: string, ${parameter}) {`,
    ` super(scope, id, ${name}.tfResourceType, ${shapesOf(members)}, config)`,
    '}\n',
    ...members.flatMap((one) => [getter(name, one), ...(isGiven(one) ? [setters(name, one)] : [])]),
    '}',
  ].join('\n')
  return [
    header,
    "import type { Construct } from 'constructs'",
    `import { ${base} } from '../base/elements'`,
    ...(body.includes('NoteList') ? ["import { NoteList } from './notes'"] : []),
    "import * as cdktf from '../library'\n",
    body,
  ].join('\n')
}

const header = '// Generated from the definitions by `npm run generate`. Do not edit this file.'

const described: readonly Described[] = [
  ...resources.map((definition): Described => {
    const type = resourceType(definition)
    const members = membersOf(type.fields, resourceAttributes(type))
    const { about, page } = definition
    const name = className(definition.name)
    return { name, terraformType: type.name, about, page, members, base: 'SeamResource' }
  }),
  ...lookups.map((lookup): Described => {
    const type = dataType(lookup)
    const members = membersOf(type.fields, dataAttributes(type))
    const { about, page } = lookup
    const name = `DataSeam${className(lookup.name)}`
    return { name, terraformType: type.name, about, page, members, base: 'SeamDataSource' }
  }),
]

function providerSource(): string {
  const members = membersOf(providerFields, attributesOf(providerFields))
  const shapes = shapesOf(members).replace(/ \}$/, ", alias: 'string' }")
  return [
    header,
    "import type { Construct } from 'constructs'",
    "import { ProviderElement } from '../base/elements'\n",
    comment('The settings of the provider.'),
    'export interface ProviderConfig {',
    ...members.map((one) => property('Provider', one)),
    comment('Tells it from another provider of the same stack.'),
    'readonly alias?: string | undefined',
    '}\n',
    comment('The provider of a stack, without its plugin.'),
    'export class Provider extends ProviderElement {',
    "static readonly tfResourceType = 'seam'\n",
    'constructor(scope: Construct, id: string, config: ProviderConfig = {}) {',
    ` super(scope, id, ${shapes}, config)`,
    '}\n',
    ...members.map((one) => {
      const name = swapName(one.attribute.name)
      const type = `${givenType('Provider', one)} | undefined`
      return `${propertyComment(one.field, 'input')}\nget ${name}(): ${type} { return this.inputs.get('${name}') }\n\n${setters('Provider', one)}`
    }),
    '}',
  ].join('\n')
}

/** `data-seam-space` is the file of `DataSeamSpace`. */
const fileName = (name: string) =>
  swapName(name.charAt(0).toLowerCase() + name.slice(1)).replaceAll('_', '-')

const notesSource = () =>
  [
    header,
    "import * as cdktf from '../library'\n",
    comment('What Seam notes on an object: an error, a warning, or a change on its way.'),
    'export class NoteOutputReference extends cdktf.ComplexObject {',
    ...[...noteMembers, 'details'].map(
      (name) => `get ${swapName(name)}(): string { return this.getStringAttribute('${name}') }\n`,
    ),
    '}\n',
    listClass('Note'),
  ].join('\n')

/** Each file, and what makes it. */
export const constructFiles: Readonly<Record<string, () => string>> = {
  [`${constructsFolder}/provider.ts`]: providerSource,
  [`${constructsFolder}/notes.ts`]: notesSource,
  ...Object.fromEntries(
    described.map((one) => [
      `${constructsFolder}/${fileName(one.name)}.ts`,
      () => classSource(one),
    ]),
  ),
}
