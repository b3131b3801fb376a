import { readFileSync } from 'node:fs'
import { complete, mustBeSeed, unkept } from '../seeds/complete'
import { isCollectionName, kindOf } from './members'
import type { Change, Snapshot } from './store'

/** What a data file says: everything at one time, and what has changed since, in order. */
export interface DataText {
  readonly snapshot: Snapshot
  readonly changes: readonly Change[]
}

/**
 * What is in a data file, or undefined where there is none. The first line is everything at one
 * time; each further line is what one write changed. A last line without its end was never
 * acknowledged, and is left out.
 *
 * @throws where it is broken; the file is not touched.
 */
export function readDataFile(file: string): DataText | undefined {
  const broken = (why: string) =>
    new Error(
      `Cannot read the sandbox data in ${file}: ${why}.\n` +
        'It was left as it is. Repair it or move it away, and start again.',
    )
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw broken(code ?? 'it cannot be read')
  }
  try {
    return parseData(text)
  } catch (error) {
    throw broken((error as Error).message)
  }
}

function parseData(text: string): DataText {
  const [first = '', ...rest] = text.split('\n')
  // A file that a person has formatted is one document over several lines.
  const whole = parse(first) ?? parse(text)
  if (whole === undefined) throw new Error('it is not JSON')
  const snapshot = complete(mustBeSeed(whole))
  mustBeKnown(unkept(whole as object, snapshot))
  const lines = parse(first) === undefined ? [] : rest.slice(0, -1)
  return { snapshot, changes: lines.flatMap((line, index) => parseChanges(line, index + 2)) }
}

function parseChanges(line: string, number: number): Change[] {
  const read = parse(line)
  const names = Array.isArray(read) ? read.map(nameOf) : []
  mustBeKnown(names.filter((name) => name !== '' && !isCollectionName(name)))
  if (!Array.isArray(read) || !read.every(isChange)) throw new Error(`line ${number} is broken`)
  return read
}

/** Refuses what this version would drop at its first write. */
function mustBeKnown([unknown]: readonly string[]): void {
  if (unknown === undefined) return
  throw new Error(
    `it has "${unknown}", which this version does not keep; start the version that wrote it, or ` +
      `take "${unknown}" out of the file to go on without`,
  )
}

const nameOf = (change: unknown) =>
  Array.isArray(change) && typeof change[0] === 'string' ? change[0] : ''

function isChange(value: unknown): value is Change {
  if (!Array.isArray(value)) return false
  const [name, now] = value as unknown[]
  if (!isCollectionName(name)) return false
  if (typeof now !== 'object' || now === null) return typeof now === 'string'
  return typeof (now as Record<string, unknown>)[kindOf(name).id] === 'string'
}

// What a parser complains of quotes the file, which may hold codes.
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
