import type { Lookup } from '../../../src/lookups'
import { className } from '../../../src/schema'
import { inputItem, isInput, answerItem, ruleSentences } from '../field-words'
import { words } from '../types'
import { lookupConstruct } from './construct'
import { example, items, page, section } from './page'

/** What is asked; some lookups take nothing. */
const asked = ({ by }: Lookup): string[] =>
  Object.keys(by).length > 0 ? items(by, isInput, inputItem) : ['It takes none.']

const failures = ({ id, by }: Lookup): string[] =>
  id && Object.keys(by).length > 0
    ? [
        '- “No … in this workspace.”: nothing has this name, id or key. The message names the nearest. Correct the argument, or use the API key of the other workspace.',
        '- “… Give the id of the one that is meant.”: several objects have this name. Give the id, or the system where the lookup takes one.',
      ]
    : []

/** The page of one lookup. */
export function lookupPage(lookup: Lookup): string {
  const name = `get${className(lookup.name)}`
  const rules = ruleSentences(lookup).map((rule) => `- ${rule}`)
  return page(
    `# ${name}`,
    words(lookup.about),
    `\`${name}\` returns a promise; \`${name}Output\` takes outputs and returns an output. See also [Seam’s API reference](${lookup.page}).`,
    example('lookups', lookup.name),
    ...section('Arguments', ...asked(lookup)),
    ...section('Rules', ...rules),
    ...section('Result', ...items(lookup.fields, () => true, answerItem)),
    ...section('Errors', ...failures(lookup)),
    ...section('With CDKTF or CDK Terrain', ...lookupConstruct(lookup)),
  )
}
