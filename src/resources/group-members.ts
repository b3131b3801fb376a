import { isWire, type Wire } from '../schema'
import { unlessGone, type CachedReads } from '../seam'
import { notesOf } from './common'
import { groups, systemUsers } from './sources'

export interface AcsUser extends Wire {
  acs_user_id: string
  user_identity_id?: string
}

type Move = 'joins' | 'leaves' | undefined

const side = (note: Wire, name: 'from' | 'to', member: string) =>
  isWire(note[name]) ? note[name][member] : undefined

/** What the last change under way does to one member of an object's relation. */
function lastMove(object: Wire, member: string, id: string): Move {
  const moves = notesOf(object['pending_mutations']).flatMap((note): Move[] => {
    if (side(note, 'to', member) === id) return ['joins']
    return side(note, 'from', member) === id ? ['leaves'] : []
  })
  return moves.at(-1)
}

/** The changes of a user's membership in a group that are under way. */
export const movesOf = (user: Wire, group: string): Wire[] =>
  notesOf(user['pending_mutations']).filter((note) =>
    (['from', 'to'] as const).some((name) => side(note, name, 'acs_access_group_id') === group),
  )

/** All whom a group lists, also those on their way out; nothing where the group is gone. */
export const listed = (
  reads: CachedReads,
  acs_access_group_id: string,
): Promise<AcsUser[] | undefined> =>
  unlessGone(
    reads.all<AcsUser>('/acs/access_groups/list_users', { acs_access_group_id }, 'acs_users'),
  )

/** Those who are not on their way out. */
export const staying = (users: AcsUser[], group: string): AcsUser[] =>
  users.filter((user) => lastMove(user, 'acs_access_group_id', group) !== 'leaves')

/** The users in a group, without those who are on their way out; nothing where the group is gone. */
export async function membersOf(reads: CachedReads, group: string): Promise<AcsUser[] | undefined> {
  const users = await listed(reads, group)
  return users && staying(users, group)
}

/** Users who are on their way into a group and not in its list yet. */
export async function joining(reads: CachedReads, group: string): Promise<AcsUser[]> {
  const found = (await reads.one(groups, group)) ?? {}
  const named = notesOf(found['pending_mutations']).map((note) => side(note, 'to', 'acs_user_id'))
  const ids = named.filter((id) => typeof id === 'string')
  const coming = [...new Set(ids)].filter((id) => lastMove(found, 'acs_user_id', id) === 'joins')
  const met = await Promise.all(coming.map((id) => reads.one(systemUsers, id)))
  return met.filter((user) => user !== undefined) as AcsUser[]
}

/** The user of a group that is meant, in its list or on the way into it. */
export async function memberOf(
  reads: CachedReads,
  group: string,
  isMeant: (user: AcsUser) => boolean,
): Promise<AcsUser | undefined> {
  const listed = async (by: CachedReads) => (await membersOf(by, group))?.find(isMeant)
  const seen = (await listed(reads)) ?? (await joining(reads, group)).find(isMeant)
  // One that arrives between the two questions is in the answer to neither.
  return seen ?? listed(reads.fresh)
}
