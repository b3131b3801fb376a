import { lookups, type Lookup } from '../../src/lookups'
import { resources, type SeamResource } from '../../src/resources'
import { className } from '../../src/schema'
import type { Tables } from './tables'
import { words } from './types'

/** The first sentence of what a definition says of itself. */
export const summary = (about: string) => words(about.split('. ')[0]!.replace(/\.$/, ''))

const resourceRow = ({ name, about }: SeamResource) =>
  `| [\`${className(name)}\`](docs/resources/${name}.md) | ${summary(about)} |`

const lookupLink = ({ name }: Lookup) => `[\`get${className(name)}\`](docs/lookups/${name}.md)`

/** The tables of the README. */
export const readmeTables: Tables = {
  resources: () => ['| resource | what it is |', '|---|---|', ...resources.map(resourceRow)],
  lookups: () => [`${lookups.map(lookupLink).join(', ')}.`],
}
