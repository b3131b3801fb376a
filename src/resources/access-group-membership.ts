import { exactlyOne, id, text, type Order, type Wire } from '../schema'
import { echoed, SeamIacError, type Seam } from '../seam'
import { adoptionById, defineResource, notesOf, sighted, workspaceId } from './common'
import { memberOf, membersOf, movesOf, type AcsUser } from './group-members'
import { progressOf, waiting } from './progress'

const reason = 'a membership has nothing but its two ends'

const ends = (membershipId: string) => {
  const [acs_access_group_id, acs_user_id, ...rest] = membershipId.split('/')
  if (!acs_access_group_id || !acs_user_id || rest.length > 0) {
    throw new SeamIacError(
      `"${echoed(membershipId)}" is no id of a membership: write <access group id>/<ACS user id>`,
    )
  }
  return { acs_access_group_id, acs_user_id }
}

/** Who was in a group when it was last looked at; each group is looked at once before it is changed. */
const lastSeen = new WeakMap<Seam, Map<string, Promise<AcsUser[]>>>()

function lastMembers(seam: Seam, group: string): Promise<AcsUser[]> {
  const seen = lastSeen.get(seam) ?? new Map<string, Promise<AcsUser[]>>()
  lastSeen.set(seam, seen)
  const known = seen.get(group) ?? membersOf(seam.fresh, group).then((users) => users ?? [])
  seen.set(group, known)
  known.catch(() => seen.delete(group))
  return known
}

/** How often a group is looked at, with growing pauses, until it shows a new member. */
const looks = 5

const notShown = (group: string, who: string | undefined) =>
  new SeamIacError(
    `Seam accepted the membership in group ${group}, but the group does not show ${who}. Run the deployment again; if it stays so, look into the access control system.`,
  )

const wasMember = (user: AcsUser) =>
  `${String(user['display_name'])} was a member already. From now on this program holds the membership, and destroying it takes it away.`

/** Only its ends tell a membership from others, so none can stand beside its own replacement. */
const order = (before: Wire, after: Wire): Order =>
  ['acs_access_group_id', 'acs_user_id', 'user_identity_id'].every(
    (name) => before[name] === after[name],
  )
    ? 'delete-first'
    : 'create-first'

export const accessGroupMembership = defineResource({
  name: 'access_group_membership',
  about:
    'Puts one person into one access group of an access control system, and leaves its other members alone.',
  page: 'https://docs.seam.co/latest/api/acs/access_groups/add_user',
  id: 'membership_id',
  order,
  progress: progressOf,
  claim: ({ acs_access_group_id: group }) => ({ what: group, isWhole: false }),
  opens: {
    who: { acs_user: ['acs_user_id'], user_identity: ['user_identity_id'] },
    what: { acs_access_group: ['acs_access_group_id'] },
  },
  ofOneSystem: ['acs_access_group_id', 'acs_user_id'],
  rules: [exactlyOne('acs_user_id', 'user_identity_id')],
  fields: {
    acs_access_group_id: id('The access group.').replaces(reason),
    acs_user_id: id('The user of the access control system. Preferred: it creates nothing else.')
      .optional()
      .resolved()
      .replaces(reason),
    user_identity_id: id(
      'The person, instead of ‹acs_user_id›. Seam links a user of the system to the person, or creates one; that user stays when the membership is deleted.',
    )
      .optional()
      .resolved()
      .replaces(reason),
    ...adoptionById,
    ...waiting,
    membership_id: text('Its id: `<access group id>/<ACS user id>`.').computed().stable(),
    workspace_id: workspaceId,
  },

  async observe(reads, membershipId, known) {
    const { acs_access_group_id, acs_user_id } = ends(membershipId)
    const user = await memberOf(
      reads,
      acs_access_group_id,
      (member) => member.acs_user_id === acs_user_id,
    )
    if (!user) return undefined
    const bySystemUser = !known?.given.has('user_identity_id')
    return {
      membership_id: membershipId,
      acs_access_group_id,
      acs_user_id,
      workspace_id: user['workspace_id'],
      pending_mutations: movesOf(user, acs_access_group_id),
      errors: notesOf(user['errors']),
      ...(!bySystemUser && { user_identity_id: user.user_identity_id }),
    }
  },
  async create(seam, { acs_access_group_id, acs_user_id, user_identity_id }) {
    const who = acs_user_id ? { acs_user_id } : { user_identity_id }
    const isMeant = (user: AcsUser) =>
      acs_user_id ? user.acs_user_id === acs_user_id : user.user_identity_id === user_identity_id
    const wasThere = (await lastMembers(seam, acs_access_group_id)).some(isMeant)
    await seam.write('/acs/access_groups/add_user', { acs_access_group_id, ...who })
    const look = () => memberOf(seam.fresh, acs_access_group_id, isMeant)
    const user = await sighted(look, looks)
    if (!user) throw notShown(acs_access_group_id, acs_user_id ?? user_identity_id)
    return {
      id: `${acs_access_group_id}/${user.acs_user_id}`,
      observed: {
        ...who,
        acs_access_group_id,
        acs_user_id: user.acs_user_id,
        workspace_id: user['workspace_id'],
      },
      notices: wasThere ? [wasMember(user)] : [],
    }
  },
  twins: 'none',
  remove: (seam, membershipId) => seam.write('/acs/access_groups/remove_user', ends(membershipId)),
})
