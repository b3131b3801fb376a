import { lookups, type Lookup } from '../../src/lookups'
import { resources, type SeamResource } from '../../src/resources'
import { className } from '../../src/schema'
import { words } from './types'

const startOf = (table: string) => `<!-- generated: ${table} -->`
const end = '<!-- /generated -->'

/** The first sentence of what a definition says of itself. */
export const summary = (about: string) => words(about.split('. ')[0]!.replace(/\.$/, ''))

const resourceRow = ({ name, about }: SeamResource) =>
  `| [\`${className(name)}\`](docs/resources/${name}.md) | ${summary(about)} |`

const lookupLink = ({ name }: Lookup) => `[\`get${className(name)}\`](docs/lookups/${name}.md)`

const tables: Record<string, () => string[]> = {
  resources: () => ['| resource | what it is |', '|---|---|', ...resources.map(resourceRow)],
  lookups: () => [`${lookups.map(lookupLink).join(', ')}.`],
}

/** The README with its tables made anew. */
export function readme(text: string): string {
  return Object.entries(tables).reduce((whole, [name, rows]) => {
    const start = startOf(name)
    const [before, rest] = whole.split(start)
    const [, ...after] = rest?.split(end) ?? []
    if (before === undefined || after.length === 0) {
      throw new Error(`README.md needs the lines ${start} and ${end}`)
    }
    return `${before}${start}\n\n${rows().join('\n')}\n\n${end}${after.join(end)}`
  }, text)
}
