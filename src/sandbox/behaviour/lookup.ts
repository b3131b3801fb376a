import { notFound } from '../api/errors'
import type { Collection } from '../store/collection'

/** The record of an id, or 404 with the type of its resource. */
export function must<R extends object>(collection: Collection<R>, id: string): Readonly<R> {
  const record = collection.get(id)
  if (!record) throw notFound(collection.idMember.replace(/_id$/, ''), id)
  return record
}

/** The records of these ids, or 404 for the first unknown one. */
export function mustAll<R extends object>(
  collection: Collection<R>,
  ids: readonly string[] = [],
): Readonly<R>[] {
  return [...new Set(ids)].map((id) => must(collection, id))
}

/** Whether a text is part of one of these values, without regard to case. */
export function matches(search: string | undefined, ...values: unknown[]): boolean {
  if (search === undefined) return true
  const wanted = search.toLowerCase()
  return values.some((value) =>
    String(value ?? '')
      .toLowerCase()
      .includes(wanted),
  )
}

/** Whether a filter is absent or equal to the value. */
export const fits = <T>(filter: T | undefined, value: T | undefined | null): boolean =>
  filter === undefined || filter === value

/** Whether a filter is absent, names one of these spaces, or is null where there are none. */
export const isIn = (
  filter: string | null | undefined,
  spaces: readonly { readonly space_id: string }[],
): boolean =>
  filter === undefined ||
  (filter === null ? spaces.length === 0 : spaces.some((space) => space.space_id === filter))

/** Whether a record is older than the filter, if there is one. */
export const olderThan = (filter: string | undefined, record: { created_at: string }): boolean =>
  filter === undefined || Date.parse(record.created_at) < Date.parse(filter)
