import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lookups, type Lookup } from '../../../src/lookups'
import { resources } from '../../../src/resources'
import { attributesOf, type Attribute } from '../../../src/terraform/schema/attributes'
import { spelled } from '../../../src/terraform/schema/diagnostics'
import {
  dataAttributes,
  dataType,
  resourceAttributes,
  resourceType,
  typeName,
  type ResourceType,
} from '../../../src/terraform/schema/surface'
import { functions } from '../../../src/terraform/server/functions'
import { providerFields } from '../../../src/terraform/schema/settings'
import { rulesOf, schemaParts } from './schema'

const root = join(__dirname, '../../..')

/** The pages that a registry of Terraform or OpenTofu shows. */
export const registryFolder = 'docs/registry'

const block = (language: string, file: string): string[] =>
  existsSync(join(root, file))
    ? [['```' + language, readFileSync(join(root, file), 'utf8').trim(), '```'].join('\n')]
    : []

const heading = (title: string, parts: string[]): string[] =>
  parts.length === 0 ? [] : [`## ${title}`, ...parts]

/** A page with what a registry reads of it first. */
const pageOf = (title: string, about: string, ...parts: string[]): string => {
  const words = spelled(about)
  const front = ['---', `page_title: "${title} - seam"`, 'description: |-', `  ${words}`, '---']
  return `${[front.join('\n'), `# ${title}`, words, ...parts].join('\n\n')}\n`
}

function resourcePage(type: ResourceType): string {
  const { name, definition, fields } = type
  return pageOf(
    `${name} (Resource)`,
    definition.about,
    ...heading('Example Usage', block('terraform', `examples/resources/${name}/resource.tf`)),
    '## Schema',
    ...schemaParts(resourceAttributes(type), fields, rulesOf(definition.key)),
    ...heading('Import', block('shell', `examples/resources/${name}/import.sh`)),
    `API: ${definition.page}`,
  )
}

function lookupPage(name: string, kind: string, lookup: Lookup): string {
  const type = dataType(lookup)
  const schema = schemaParts(dataAttributes(type), type.fields)
  return pageOf(`${name} (${kind})`, lookup.about, '## Schema', ...schema, `API: ${lookup.page}`)
}

const functionPage = ([name, { summary, about, parameters }]: (typeof functionEntries)[number]) =>
  pageOf(
    `${name} (Function)`,
    about,
    summary,
    '## Signature',
    [
      '```text',
      `${name}(${parameters.map(([one]) => `${one} string`).join(', ')}) string`,
      '```',
    ].join('\n'),
    '## Arguments',
    parameters.map(([one, words], at) => `${at + 1}. \`${one}\` (String) ${words}`).join('\n'),
  )

const functionEntries = Object.entries(functions)

const providerAttributes: readonly Attribute[] = attributesOf(providerFields)

const indexPage = () =>
  pageOf(
    'Seam Provider',
    'Access configuration for buildings: who may open which doors, from when until when, by PIN, card or mobile key.',
    ...heading('Example Usage', block('terraform', 'examples/provider/provider.tf')),
    '## Schema',
    ...schemaParts(providerAttributes, providerFields),
  )

/** Every page of a registry, by file. */
export const registryPages: Record<string, () => string> = {
  [`${registryFolder}/index.md`]: indexPage,
  ...Object.fromEntries(
    resources.map((one) => [
      `${registryFolder}/resources/${one.name}.md`,
      () => resourcePage(resourceType(one)),
    ]),
  ),
  ...Object.fromEntries(
    lookups.map((one) => [
      `${registryFolder}/data-sources/${one.name}.md`,
      () => lookupPage(typeName(one.name), 'Data Source', one),
    ]),
  ),
  ...Object.fromEntries(
    lookups.flatMap((one) =>
      one.ephemeral === undefined
        ? []
        : [
            [
              `${registryFolder}/ephemeral-resources/${one.ephemeral}.md`,
              () => lookupPage(typeName(one.ephemeral!), 'Ephemeral Resource', one),
            ],
          ],
    ),
  ),
  ...Object.fromEntries(
    functionEntries.map((one) => [
      `${registryFolder}/functions/${one[0]}.md`,
      () => functionPage(one),
    ]),
  ),
}

/** Folders in which every page is generated. */
export const registryFolders = [
  'resources',
  'data-sources',
  'ephemeral-resources',
  'functions',
].map((folder) => `${registryFolder}/${folder}`)
