import { lookups, type Lookup } from '../../src/lookups'
import { resources, type SeamResource } from '../../src/resources'
import { className, swapName, type Field } from '../../src/schema'
import { words } from './types'

const startOf = (table: string) => `<!-- generated: ${table} -->`
const end = '<!-- /generated -->'

const code = (names: string[]) => names.join(', ') || '–'
const property = (name: string) => `\`${swapName(name)}\``

/** The first sentence of what a definition says of itself. */
const summary = (about: string) => words(about.split('. ')[0]!.replace(/\.$/, ''))

function resourceRow(definition: SeamResource): string {
  const inputs = Object.entries<Field>(definition.fields).filter(
    ([, field]) => field.input !== 'never' && !field.marks.local,
  )
  const inPlace = inputs.flatMap(([name, { marks }]) =>
    !marks.replaces || marks.replaces.isPartial ? [property(name)] : [],
  )
  const replacing = inputs.flatMap(([name, { marks }]) => {
    if (!marks.replaces) return []
    return [marks.replaces.isPartial ? `${property(name)} when left out` : property(name)]
  })
  return `| \`${className(definition.name)}\` | ${summary(definition.about)} | ${code(inPlace)} | ${code(replacing)} |`
}

const lookupRow = ({ name, about, by }: Lookup) =>
  `| \`get${className(name)}\` | ${summary(about)} | ${code(Object.keys(by).map(property))} |`

const tables: Record<string, () => string[]> = {
  resources: () => [
    '| resource | what it is | updates in place | replaces |',
    '|---|---|---|---|',
    ...resources.map(resourceRow),
  ],
  lookups: () => [
    '| lookup | what it does | can be asked by |',
    '|---|---|---|',
    ...lookups.map(lookupRow),
  ],
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
