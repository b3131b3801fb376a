import { readFileSync } from 'node:fs'
import type { Snapshot } from '../store/store'
import { complete, type SeedData } from './complete'
import { emptySeed } from './empty'
import { officeSeed } from './office'

const named = new Map([
  ['office', officeSeed],
  ['empty', emptySeed],
])

/** The workspace of a seed: `office`, `empty`, the path of a JSON file, or the data itself. */
export function loadSeed(seed: string | SeedData): Snapshot {
  if (typeof seed !== 'string') return complete(seed)
  return complete(named.get(seed) ?? readSeed(seed))
}

function readSeed(file: string): SeedData {
  let read: Partial<SeedData>
  try {
    read = JSON.parse(readFileSync(file, 'utf8')) as Partial<SeedData>
  } catch (error) {
    const { message } = error as Error
    throw new Error(`The seed ${file} is neither office nor empty nor a JSON file: ${message}`)
  }
  const { workspace, api_key } = read
  if (!workspace?.workspace_id || !workspace.name || !api_key) {
    throw new Error(`The seed ${file} needs workspace.workspace_id, workspace.name and api_key`)
  }
  return { ...read, workspace, api_key }
}
