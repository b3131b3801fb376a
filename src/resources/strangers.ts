import type { Wire } from '../schema'
import { SeamIacError, type CachedReads } from '../seam'
import { isGoing, sighted } from './common'
import type { AcsUser } from './group-members'
import { groups, people, systems, systemUsers } from './sources'

/** How many users are asked for one by one before the list of their system is worth its calls. */
const few = 8

const named = (object: Wire | undefined, id: unknown) =>
  `"${String(object?.['display_name'] ?? object?.['name'])}" (${String(id)})`

/** The users with these ids, as far as they are known: by one list of the system where they are many. */
async function usersOf(
  reads: CachedReads,
  system: string,
  ids: string[],
): Promise<Map<string, AcsUser>> {
  const list =
    ids.length > few
      ? await reads.all<AcsUser>('/acs/users/list', { acs_system_id: system }, 'acs_users')
      : []
  const met = new Map(list.map((user) => [user.acs_user_id, user]))
  const rest = ids.filter((id) => !met.has(id)).slice(0, few)
  const look = async () => {
    const users = await Promise.all(rest.map((id) => reads.one(systemUsers, id, system)))
    for (const user of users) if (user) met.set(String(user['acs_user_id']), user as AcsUser)
    return rest.every((id) => met.has(id)) || undefined
  }
  // One that this very deployment has created may show late.
  await sighted(look)
  return met
}

async function whatIs(reads: CachedReads, id: string, user: AcsUser | undefined): Promise<string> {
  if (user && isGoing(user)) return `${named(user, id)} is being deleted`
  if (user) {
    const system = await reads.one(systems, String(user['acs_system_id']))
    return `${named(user, id)} is a user of system ${named(system, user['acs_system_id'])}`
  }
  const person = await reads.one(people, id)
  return person
    ? `${named(person, id)} is a person: pass the id of an AcsUser`
    : `${id} is no user that exists in this workspace`
}

/** Refuses a plan that would put into a group who cannot be in it; asked of those who are not in it yet. */
export async function mustBeOfSystem(
  reads: CachedReads,
  group: string,
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return
  const { acs_system_id: system } = (await reads.one(groups, group)) ?? {}
  const users = await usersOf(reads, String(system), ids)
  const strangers = ids.filter((id) => {
    const user = users.get(id)
    return !user || isGoing(user) || user['acs_system_id'] !== system
  })
  if (strangers.length === 0) return
  const told = strangers.slice(0, few).map((id) => whatIs(reads, id, users.get(id)))
  const more = strangers.length > few ? [`and ${strangers.length - few} more`] : []
  throw new SeamIacError(
    `Not all of ‹acs_user_ids› can be in access group ${group}, which is of system ${String(system)}: ${[...(await Promise.all(told)), ...more].join('; ')}.\nCorrect the list; nothing was changed.`,
  )
}
