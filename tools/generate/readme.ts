import { resources, type SeamResource } from '../../src/resources'
import { className, swapName, type Field } from '../../src/schema'

const start = '<!-- generated: resources -->'
const end = '<!-- /generated -->'

const code = (names: string[]) => names.join(', ') || '–'
const property = (name: string) => `\`${swapName(name)}\``

function row(definition: SeamResource): string {
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
  return `| \`${className(definition.name)}\` | ${definition.about.split('. ')[0]!.replace(/\.$/, '')} | ${code(inPlace)} | ${code(replacing)} |`
}

/** The README with its table of resources made anew. */
export function readme(text: string): string {
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) {
    throw new Error(`README.md needs the lines ${start} and ${end}`)
  }
  const table = [
    '| resource | what it is | updates in place | replaces |',
    '|---|---|---|---|',
    ...resources.map(row),
  ].join('\n')
  return `${before}${start}\n\n${table}\n\n${end}${after}`
}
