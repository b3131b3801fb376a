import { readFileSync } from 'node:fs'
import { complete, mustBeSeed } from '../seeds/complete'
import { Store, type Change, type Snapshot } from './store'

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
  const lines = parse(first) === undefined ? [] : rest.slice(0, -1)
  const changes = lines.flatMap((line, index) => {
    const read = parse(line)
    if (!Array.isArray(read) || !read.every(isChange)) {
      throw new Error(`line ${index + 2} is broken`)
    }
    return read
  })
  return { snapshot, changes }
}

const kinds = new Store()

function isChange(value: unknown): value is Change {
  if (!Array.isArray(value)) return false
  const [name, now] = value as unknown[]
  const kind = kinds.collection(String(name))
  if (!kind || typeof now !== 'object' || now === null) return !!kind && typeof now === 'string'
  return typeof (now as Record<string, unknown>)[kind.idMember] === 'string'
}

// What a parser complains of quotes the file, which may hold codes.
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
