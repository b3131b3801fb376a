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

/** One page of records, and the cursor of the next one, bound to the other parameters. */
export function pageOf<R extends object>(
  collection: Collection<R>,
  selected: readonly Readonly<R>[],
  { page_cursor: cursor, ...others }: Paging,
  pageSize: number,
  address: { endpoint: string; path: string },
): Page<R> {
  const query = fingerprint(others)
  const after = cursor ? readCursor(cursor, query) : 0
  const rest = selected
    .map((record) => ({ record, order: collection.orderOf(record) }))
    .filter(({ order }) => order > after)
    .sort((one, other) => one.order - other.order)
  const shown = rest.slice(0, others.limit ?? pageSize)
  const last = shown.at(-1)
  const next = last && rest.length > shown.length ? writeCursor({ after: last.order, query }) : null
  return {
    records: shown.map(({ record }) => record),
    pagination: {
      next_page_cursor: next,
      has_next_page: next !== null,
      next_page_url: next === null ? null : pageUrl(address, { ...others, page_cursor: next }),
    },
  }
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
