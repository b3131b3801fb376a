import { readFileSync } from 'node:fs'
import type { Snapshot } from '../store/store'
import { complete, type SeedData } from './complete'
import { emptySeed } from './empty'
import { officeSeed } from './office'

const named = new Map([
  ['office', officeSeed],
  ['empty', emptySeed],
])

/** The seeds that have a name. */
export const seedNames: readonly string[] = [...named.keys()]

/** The workspace of a seed: `office`, `empty`, the path of a JSON file, or the data itself. */
export function loadSeed(seed: string | SeedData): Snapshot {
  if (typeof seed !== 'string') return complete(seed)
  return complete(named.get(seed) ?? readSeed(seed))
}

function readSeed(file: string): SeedData {
  const read = parseSeed(file)
  const { workspace, api_key } = read ?? {}
  if (!workspace?.workspace_id || !workspace.name || !api_key) {
    throw new Error(`The seed ${file} needs workspace.workspace_id, workspace.name and api_key`)
  }
  return { ...read, workspace, api_key }
}

// What a parser complains of quotes the file, which may hold codes, or be another than was meant.
function parseSeed(file: string): Partial<SeedData> | null {
  const refused = (why: string) =>
    new Error(`The seed ${file} is neither ${seedNames.join(' nor ')} nor a JSON file: ${why}`)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw refused((error as NodeJS.ErrnoException).code ?? 'it cannot be read')
  }
  try {
    return JSON.parse(text) as Partial<SeedData> | null
  } catch {
    throw refused('it is not JSON')
  }
}
