import { endpoints, unserved } from '../../src/sandbox/endpoints'
import type { Tables } from './tables'

/** Rows of a table, in the order of the paths they start with. */
const rows = (calls: Iterable<readonly [path: string, what: string]>) =>
  [...calls].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, what]) => `| \`${path}\` | ${what} |`)

/** The tables of the page on the local Seam. */
export const sandboxTables: Tables = {
  'calls that it answers': () => [
    '| call | verbs |',
    '|---|---|',
    ...rows(endpoints.map(({ path, verbs }) => [path, verbs.join(', ')] as const)),
  ],
  'calls that it does not answer': () => ['| call | why |', '|---|---|', ...rows(unserved)],
}
