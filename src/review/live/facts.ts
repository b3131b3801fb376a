import type { Session } from '../../provider'
import { isGoing, membersOf } from '../../resources'
import type { Wire } from '../../schema'

/** Objects of one kind, by their ids. */
export type Objects = ReadonlyMap<string, Wire>

/** What Seam has in a workspace, as far as it says who can open what. */
export interface LiveFacts {
  /** By Seam's word for their kind. */
  readonly objects: ReadonlyMap<string, Objects>
  /** By the id of an access group, the ids of its users, and of its entrances. */
  readonly members: ReadonlyMap<string, readonly string[]>
  readonly entrances: ReadonlyMap<string, readonly string[]>
  /** The ids of access grants that Seam does not manage; they look like others. */
  readonly unmanaged: ReadonlySet<unknown>
}

/** What is listed page by page: whose grants and credentials matter is only known with all of them. */
const unmanagedGrants = '/access_grants/unmanaged/list'
const lists: readonly (readonly [kind: string, path: string, key: string])[] = [
  ['user_identity', '/user_identities/list', 'user_identities'],
  ['acs_user', '/acs/users/list', 'acs_users'],
  ['acs_system', '/acs/systems/list', 'acs_systems'],
  ['acs_access_group', '/acs/access_groups/list', 'acs_access_groups'],
  ['acs_entrance', '/acs/entrances/list', 'acs_entrances'],
  ['device', '/devices/list', 'devices'],
  ['space', '/spaces/list', 'spaces'],
  ['access_grant', '/access_grants/list', 'access_grants'],
  ['access_grant', unmanagedGrants, 'access_grants'],
  ['acs_credential', '/acs/credentials/list', 'acs_credentials'],
]

/** Reads a workspace: pages of each kind, and two calls for each access group. */
export async function factsOf(session: Session): Promise<LiveFacts> {
  const { remembered } = session.seam
  const read = await Promise.all(
    lists.map(async ([kind, path, key]) => {
      const all = await remembered.all<Wire>(path, {}, key)
      return { kind, path, all: all.filter((one) => !isGoing(one)) }
    }),
  )
  const objects = new Map<string, Map<string, Wire>>()
  const unmanaged = new Set<unknown>()
  for (const { kind, path, all } of read) {
    const known = objects.get(kind) ?? new Map<string, Wire>()
    for (const one of all) {
      known.set(String(one[`${kind}_id`]), one)
      if (path === unmanagedGrants) unmanaged.add(one[`${kind}_id`])
    }
    objects.set(kind, known)
  }
  const groups = [...(objects.get('acs_access_group')?.keys() ?? [])]
  const [members, entrances] = await Promise.all([
    ofEach(groups, (id) => membersOf(remembered, id), 'acs_user_id'),
    ofEach(groups, (id) => entrancesOf(session, { acs_access_group_id: id }), 'acs_entrance_id'),
  ])
  return { objects, members, entrances, unmanaged }
}

const entrancesOf = ({ seam }: Session, group: Wire) =>
  seam.remembered.all<Wire>('/acs/access_groups/list_accessible_entrances', group, 'acs_entrances')

async function ofEach(
  ids: readonly string[],
  read: (id: string) => Promise<readonly Wire[] | undefined>,
  idName: string,
): Promise<Map<string, string[]>> {
  const found = ids.map(async (id): Promise<[string, string[]]> => {
    const all = (await read(id)) ?? []
    return [id, all.map((one) => String(one[idName]))]
  })
  return new Map(await Promise.all(found))
}
