import type { Dependent, Wire } from '../schema'
import type { Seam } from '../seam'
import { isGoing, lookedUp } from './common'

const listed = (what: string, id: string, objects: Wire[]): Dependent[] =>
  objects
    .filter((object) => !isGoing(object))
    .map((object) => ({
      text: `${what} ${String(object[id])} (${String(object['display_name'])})`,
    }))

/** Who decides about a whole group decides about each membership in it. */
const memberships = (groups: Wire[]): Dependent[] =>
  groups.flatMap((group) => {
    const id = 'acs_access_group_id'
    return listed('membership in access group', id, [group]).map((one) => ({
      ...one,
      partOf: String(group[id]),
    }))
  })

/** What Seam deletes together with a user of an access control system. */
export const dependentsOfUser = async (seam: Seam, acs_user_id: string): Promise<Dependent[]> => {
  const [credentials, groups] = await Promise.all([
    seam.list<Wire>('/acs/credentials/list', { acs_user_id }, 'acs_credentials'),
    seam.list<Wire>('/acs/access_groups/list', { acs_user_id }, 'acs_access_groups'),
  ])
  return [...listed('credential', 'acs_credential_id', credentials), ...memberships(groups)]
}

/** What Seam deletes together with a person: the grants, and all that the person’s users hold. */
export async function dependentsOfPerson(
  seam: Seam,
  user_identity_id: string,
): Promise<Dependent[]> {
  const [person, grants] = await Promise.all([
    lookedUp(seam, '/user_identities/get', { user_identity_id }, 'user_identity'),
    seam.list<Wire>('/access_grants/list', { user_identity_id }, 'access_grants'),
  ])
  const users = (person?.['acs_user_ids'] ?? []) as string[]
  const held = await Promise.all(users.map((id) => dependentsOfUser(seam, id)))
  return [...listed('access grant', 'access_grant_id', grants), ...held.flat()]
}
