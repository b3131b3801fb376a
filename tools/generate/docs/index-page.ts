import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lookups } from '../../../src/lookups'
import { resources } from '../../../src/resources'
import { className } from '../../../src/schema'
import { summary } from '../readme'
import { page, section } from './page'

const docs = join(__dirname, '../../../docs')

/** A page written by hand: its title, and the first sentence below it. */
function guide(file: string): string {
  const [title = '', first = ''] = readFileSync(join(docs, file), 'utf8').split('\n\n')
  return `- [${title.replace(/^# /, '').trim()}](${file}): ${summary(first)}.`
}

const guides = () =>
  readdirSync(docs)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .sort()
    .map(guide)

/** The page that links all others. */
export const indexPage = (): string =>
  page(
    '# Documentation',
    'The start is in the [README](../README.md) of the package.',
    ...section('Guides', ...guides()),
    ...section(
      'Resources',
      ...resources.map(
        ({ name, about }) => `- [${className(name)}](resources/${name}.md): ${summary(about)}.`,
      ),
    ),
    ...section(
      'Lookups',
      ...lookups.map(
        ({ name, about }) => `- [get${className(name)}](lookups/${name}.md): ${summary(about)}.`,
      ),
    ),
  )
