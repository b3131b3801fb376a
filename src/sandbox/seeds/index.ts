import { readFileSync } from 'node:fs'
import type { Snapshot } from '../store/store'
import { complete, mustBeSeed, unkept, type SeedData } from './complete'
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
  if (typeof seed !== 'string') return whole(seed, 'The seed')
  const known = named.get(seed)
  return known ? complete(known) : whole(parseSeed(seed), `The seed ${seed}`)
}

function whole(read: unknown, what: string): Snapshot {
  try {
    const seed = mustBeSeed(read)
    const snapshot = complete(seed)
    mustBeKept(unkept(seed, snapshot), snapshot)
    return snapshot
  } catch (error) {
    throw new Error(`${what} cannot be used: ${(error as Error).message}`)
  }
}

/** A name that nobody knows is a misspelled one, of which nothing would be there. */
function mustBeKept([unknown]: readonly string[], snapshot: Snapshot): void {
  if (unknown === undefined) return
  const names = Object.keys(snapshot).join(', ')
  throw new Error(`it has "${unknown}", which no sandbox keeps; there are ${names}`)
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
