import { createHash } from 'node:crypto'
import type { Collection } from '../store/collection'
import { badRequest } from './errors'

interface Paging {
  readonly limit?: number
  readonly page_cursor?: string | null
}

interface Page<R> {
  readonly records: readonly Readonly<R>[]
  readonly pagination: {
    readonly next_page_cursor: string | null
    readonly has_next_page: boolean
    readonly next_page_url: string | null
  }
}

/** One page of records, which are in order of creation, and the cursor of the next one, bound to the other parameters. */
export function pageOf<R extends object>(
  collection: Collection<R>,
  selected: readonly Readonly<R>[],
  { page_cursor: cursor, ...others }: Paging,
  pageSize: number,
  address: { endpoint: string; path: string },
): Page<R> {
  const query = fingerprint(others)
  const start = cursor ? firstAfter(collection, selected, readCursor(cursor, query)) : 0
  const records = selected.slice(start, start + (others.limit ?? pageSize))
  const last = records.at(-1)
  const isMore = last !== undefined && start + records.length < selected.length
  const next = isMore ? writeCursor({ after: collection.orderOf(last), query }) : null
  return {
    records,
    pagination: {
      next_page_cursor: next,
      has_next_page: next !== null,
      next_page_url: next === null ? null : pageUrl(address, { ...others, page_cursor: next }),
    },
  }
}

/** The index of the first record that is younger than this: what is sorted need not be read. */
function firstAfter<R extends object>(
  collection: Collection<R>,
  sorted: readonly Readonly<R>[],
  after: number,
): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const record = sorted[middle]
    if (record && collection.orderOf(record) > after) high = middle
    else low = middle + 1
  }
  return low
}

function fingerprint(parameters: object): string {
  const sorted = Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 16)
}

interface Cursor {
  readonly after: number
  readonly query: string
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

function readCursor(text: string, query: string): number {
  const cursor = parseCursor(text)
  if (cursor?.query !== query) {
    throw badRequest(
      'mismatched_page_parameters',
      'page_cursor must be used with the same parameters as the first page',
    )
  }
  return cursor.after
}

function parseCursor(text: string): Cursor | undefined {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor
  } catch {
    return undefined
  }
}

function pageUrl(address: { endpoint: string; path: string }, parameters: object): string {
  const url = new URL(address.path, address.endpoint)
  for (const [name, value] of Object.entries(parameters)) {
    const texts = Array.isArray(value) && value.length > 0 ? value : [value ?? '']
    for (const text of texts) url.searchParams.append(name, String(text))
  }
  return url.href
}
