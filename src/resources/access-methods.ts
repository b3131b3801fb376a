import {
  choice,
  idSet,
  integer,
  isWire,
  paired,
  text,
  type Fields,
  type Known,
  type Wire,
} from '../schema'
import type { CachedReads } from '../seam'
import { createdAt, displayName, isGoing } from './common'

/** How a door can be opened. */
export const modes = {
  code: 'a PIN',
  card: 'a card, which somebody encodes',
  mobile_key: 'a key on a phone',
  cloud_key: 'a key that the maker of the lock keeps',
}

/** The entries of an access grant's `requested_access_methods`. */
export const accessMethod = {
  mode: choice('How the doors are opened.', modes),
  code: text(
    'A PIN of the caller’s choice, with mode `code`: 4 to 9 digits. Seam takes another where a lock cannot have it.',
    { pattern: /^\d{4,9}$/, mustBe: '4 to 9 digits' },
  )
    .optional()
    .secret(),
  instant_key_max_use_count: integer(
    'How often the instant key can be claimed, with mode `mobile_key`.',
    1,
  )
    .optional()
    .otherwise(1),
  display_name: displayName.sometimes(),
  created_at: createdAt.sometimes(),
  created_access_method_ids: idSet('The access methods created for it.').computed().sometimes(),
} satisfies Fields

/** What tells the entries apart. */
export const methodList = { fields: accessMethod, by: 'mode' } as const

export const asMethods = (value: unknown): Wire[] =>
  Array.isArray(value) ? value.filter(isWire) : []

/** State spells a moment its own way: without the zeros that end its milliseconds. */
const moment = (method: Wire) => Date.parse(String(method['created_at']))

/** Whether two entries were requested at the same time. */
export const isSameMoment = (one: Wire, other: Wire) => moment(one) === moment(other)

export const idsOf = (method: Wire) => (method['created_access_method_ids'] ?? []) as string[]

/** The requests that grants listed before this process changed them. */
const listedBefore = new WeakMap<CachedReads, Map<unknown, Wire[]>>()

/** Notes what a grant lists before it is changed: what the change requests is none of that. */
export function noteRequests(reads: CachedReads, grant: Wire): void {
  const grants = listedBefore.get(reads) ?? new Map<unknown, Wire[]>()
  listedBefore.set(reads, grants)
  grants.set(grant['access_grant_id'], asMethods(grant['requested_access_methods']))
}

/**
 * Of the requests that have no access methods, those that may still get them, the newest first. Seam
 * may go on listing the request of a method that was deleted, which looks the same: one that state
 * does not wait for, and that is older than what state or this process knows of, is not to come.
 */
function comingMethods(reads: CachedReads, grant: Wire, known?: Known): Wire[] {
  const before = asMethods(known?.outputs['requested_access_methods'])
  const listed = listedBefore.get(reads.fresh)?.get(grant['access_grant_id']) ?? []
  const made = [...listed, ...before.filter((one) => idsOf(one).length > 0)]
  const newest = Math.max(...made.map(moment))
  const isAwaited = (method: Wire) =>
    before.some((one) => idsOf(one).length === 0 && isSame(method, one))
  return asMethods(grant['requested_access_methods'])
    .filter((method) => idsOf(method).length === 0)
    .filter((method) => isAwaited(method) || moment(method) > newest)
    .sort((one, other) => moment(other) - moment(one))
}

const isSame = (one: Wire, other: Wire) => one['mode'] === other['mode'] && isSameMoment(one, other)

/** Of the requested methods of a grant, those that have an access method which stays. */
export const livingMethods = (grant: Wire, going: readonly string[]): Wire[] => {
  const there = ((grant['access_method_ids'] ?? []) as string[]).filter((id) => !going.includes(id))
  return asMethods(grant['requested_access_methods']).filter((method) =>
    idsOf(method).some((id) => there.includes(id)),
  )
}

/**
 * A method that was deleted may stay in the list of what was requested. One whose access methods are
 * all gone is dead; one that never had any may still get them, if it is wanted and no other is it.
 */
export function withoutDeadMethods(
  reads: CachedReads,
  grant: Wire,
  going: readonly string[],
  known?: Known,
): Wire {
  const there = (grant['access_method_ids'] ?? []) as string[]
  const methods = asMethods(grant['requested_access_methods'])
  const living = livingMethods(grant, going)
  const coming = comingMethods(reads, grant, known)
  const awaited = known ? missing(known, living, coming) : coming
  return {
    ...grant,
    access_method_ids: there.filter((id) => !going.includes(id)),
    requested_access_methods: methods.filter(
      (method) => living.includes(method) || awaited.includes(method),
    ),
  }
}

/** Of the methods that are on their way, those that the program wants and does not have yet. */
function missing({ inputs }: Known, working: Wire[], coming: Wire[]): Wire[] {
  const rest = [...working]
  const wanted = asMethods(inputs['requested_access_methods']).filter((method) => {
    const at = rest.findIndex((one) => requested(one) === requested(method))
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return paired(methodList, wanted, coming).flatMap(([, seen]) => (seen ? [seen] : []))
}

/** The access methods of a grant that are being deleted; asked only where it has more than is wanted. */
export async function goingMethods(
  reads: CachedReads,
  grant: Wire,
  known?: Known,
): Promise<string[]> {
  const methods = asMethods(grant['requested_access_methods'])
  const made = methods.filter((method) => idsOf(method).length > 0)
  const wanted = asMethods(known?.inputs['requested_access_methods'])
  if (!known || made.length <= wanted.length) return []
  const { access_grant_id } = grant
  const there = await reads.all<Wire>('/access_methods/list', { access_grant_id }, 'access_methods')
  return there.filter(isGoing).map((method) => String(method['access_method_id']))
}

/** What tells one request from another. */
export const requested = ({ mode, code, instant_key_max_use_count: count }: Wire) =>
  JSON.stringify([mode, code ?? null, count ?? 1])
