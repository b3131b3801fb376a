import { readFileSync } from 'node:fs'
import type { Snapshot } from '../store/store'
import { complete, mustBeSeed, type SeedData } from './complete'
import { emptySeed } from './empty'
import { officeSeed } from './office'

const named = new Map([
  ['office', officeSeed],
  ['empty', emptySeed],
])

/** The seeds that have a name. */
export const seedNames: readonly string[] = [...named.keys()]

/**
 * The workspace of a seed: `office`, `empty`, the path of a JSON file, or the data itself.
 *
 * @throws where there is no such file, or it is no seed.
 */
export function loadSeed(seed: string | SeedData): Snapshot {
  if (typeof seed !== 'string') return complete(seed)
  const known = named.get(seed)
  return known ? complete(known) : readSeed(seed)
}

function readSeed(file: string): Snapshot {
  const read = parseSeed(file)
  try {
    return complete(mustBeSeed(read))
  } catch (error) {
    throw new Error(`The seed ${file} cannot be used: ${(error as Error).message}`)
  }
}

// What a parser complains of quotes the file, which may hold codes, or be another than was meant.
function parseSeed(file: string): unknown {
  const refused = (why: string) =>
    new Error(`The seed ${file} is neither ${seedNames.join(' nor ')} nor a JSON file: ${why}`)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw refused((error as NodeJS.ErrnoException).code ?? 'it cannot be read')
  }
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw refused('it is not JSON')
  }
}
