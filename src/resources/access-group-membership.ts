import { exactlyOne, id, text, type Wire } from '../schema'
import { isNotFound, SeamIacError, type Seam } from '../seam'
import { defineResource, workspaceId } from './common'

const reason = 'a membership has nothing but its two ends'

interface AcsUser extends Wire {
  acs_user_id: string
  user_identity_id?: string
}

async function members(seam: Seam, acs_access_group_id: string): Promise<AcsUser[]> {
  try {
    return await seam.list<AcsUser>(
      '/acs/access_groups/list_users',
      { acs_access_group_id },
      'acs_users',
    )
  } catch (error) {
    if (isNotFound(error)) return []
    throw error
  }
}

const ends = (membershipId: string) => {
  const [acs_access_group_id, acs_user_id, ...rest] = membershipId.split('/')
  if (!acs_access_group_id || !acs_user_id || rest.length > 0) {
    throw new SeamIacError(
      `"${membershipId}" is no id of a membership: write <access group id>/<ACS user id>`,
    )
  }
  return { acs_access_group_id, acs_user_id }
}

export const accessGroupMembership = defineResource({
  name: 'access_group_membership',
  about:
    'Puts one person into one access group of an access control system, and leaves its other members alone.',
  page: 'https://docs.seam.co/latest/api/acs/access_groups/add_user',
  id: 'membership_id',
  rules: [exactlyOne('acs_user_id', 'user_identity_id')],
  fields: {
    acs_access_group_id: id('The access group.').replaces(reason),
    acs_user_id: id('The user of the access control system. Preferred: it makes nothing else.')
      .optional()
      .resolved()
      .replaces(reason),
    user_identity_id: id(
      'The person, instead of ‹acs_user_id›. Seam links a user of the system to her, or makes one; that user outlives the membership.',
    )
      .optional()
      .resolved()
      .replaces(reason),
    membership_id: text('Its id: `<access group id>/<ACS user id>`.').computed().stable(),
    workspace_id: workspaceId,
  },

  async observe(seam, membershipId, known) {
    const { acs_access_group_id, acs_user_id } = ends(membershipId)
    const user = (await members(seam, acs_access_group_id)).find(
      (member) => member.acs_user_id === acs_user_id,
    )
    if (!user) return undefined
    const bySystemUser = !known?.given.has('user_identity_id')
    return {
      membership_id: membershipId,
      acs_access_group_id,
      acs_user_id,
      workspace_id: user['workspace_id'],
      ...(!bySystemUser && { user_identity_id: user.user_identity_id }),
    }
  },
  async create(seam, { acs_access_group_id, acs_user_id, user_identity_id }) {
    const who = acs_user_id ? { acs_user_id } : { user_identity_id }
    await seam.write('/acs/access_groups/add_user', { acs_access_group_id, ...who })
    const users = await members(seam, acs_access_group_id)
    const user = users.find((member) =>
      acs_user_id
        ? member.acs_user_id === acs_user_id
        : member.user_identity_id === user_identity_id,
    )
    if (!user) {
      throw new SeamIacError(
        `Seam accepted the membership in group ${acs_access_group_id}, but the group does not show ${acs_user_id ?? user_identity_id}. Run the deployment again; if it stays so, look into the access control system.`,
      )
    }
    return {
      id: `${acs_access_group_id}/${user.acs_user_id}`,
      observed: {
        ...who,
        acs_access_group_id,
        acs_user_id: user.acs_user_id,
        workspace_id: user['workspace_id'],
      },
    }
  },
  remove: (seam, membershipId) => seam.write('/acs/access_groups/remove_user', ends(membershipId)),
})
