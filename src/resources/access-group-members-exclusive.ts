import { flag, id, idSet, text, textSet, type Notices, type Wire } from '../schema'
import { SeamIacError, unlessGone, type Reader, type Seam } from '../seam'
import { defineResource, workspaceId } from './common'
import { joining, listed, movesOf, staying, type AcsUser } from './group-members'
import { progressOf, waiting } from './progress'

const path = '/acs/access_groups'

/** How a plan names a user, so that people know who is meant, and so does the deployment. */
const named = (user: AcsUser) => `${String(user['display_name'])} (${user.acs_user_id})`

const ids = (users: AcsUser[]) => users.map((user) => user.acs_user_id)

/** Everybody in the group; those who are on their way in count, where somebody is missed. */
async function everybody(
  reads: Reader,
  group: string,
  wanted: readonly string[] = [],
): Promise<{ members: AcsUser[]; moves: Wire[] } | undefined> {
  const users = await listed(reads, group)
  if (!users) return undefined
  const members = staying(users, group)
  const isMissed = wanted.some((id) => !ids(members).includes(id))
  const others = (isMissed ? await joining(reads, group) : []).filter(
    (user) => !ids(members).includes(user.acs_user_id),
  )
  const moves = [...users, ...others].flatMap((user) => movesOf(user, group))
  return { members: [...members, ...others], moves }
}

const noGroup = (group: string) =>
  new SeamIacError(`There is no access group ${group} in this workspace. Check the id.`)

interface Wanted {
  acs_access_group_id: string
  acs_user_ids: string[]
  removes?: string[]
}

const of = (acs_access_group_id: string) => ({ acs_access_group_id })

/** A user who is gone is in no group. */
const takeOut = (seam: Seam, group: string, acs_user_id: string) =>
  unlessGone(seam.write(`${path}/remove_user`, { ...of(group), acs_user_id }))

/** Lets all of them end before the first failure is told: none may go on behind it. */
async function allOf(writes: Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(writes)).find(({ status }) => status === 'rejected')
  if (failed) throw (failed as PromiseRejectedResult).reason
}

/** Adds who is missing and removes whom the plan has named; who has joined since then stays. */
async function apply(seam: Seam, wanted: Wanted): Promise<Notices> {
  const { acs_access_group_id: group, acs_user_ids: users, removes = [] } = wanted
  const now = await everybody(seam.fresh, group, users)
  if (!now) throw noGroup(group)
  const { members } = now
  const extra = members.filter((user) => !users.includes(user.acs_user_id))
  const isNamed = (user: AcsUser) => removes.some((name) => name.endsWith(`(${user.acs_user_id})`))
  const planned = extra.filter(isNamed)
  const missing = users.filter((id) => !ids(members).includes(id))
  await allOf([
    ...missing.map((acs_user_id) => seam.write(`${path}/add_user`, { ...of(group), acs_user_id })),
    ...ids(planned).map((id) => takeOut(seam, group, id)),
  ])
  return extra
    .filter((user) => !planned.includes(user))
    .map(
      (user) =>
        `${named(user)} has joined access group ${group} since the plan was made, and stays for now. The next plan will name them.`,
    )
}

export const accessGroupMembersExclusive = defineResource({
  name: 'access_group_members_exclusive',
  about:
    'All members of one access group: whoever is in the group and not in the list is removed. The plan names them. Use AccessGroupMembership to put single people into a group and leave the others alone.',
  page: 'https://docs.seam.co/latest/api/acs/access_groups/list_users',
  id: 'exclusive_id',
  opens: {
    who: { acs_user: ['acs_user_ids'] },
    what: { acs_access_group: ['acs_access_group_id'] },
    adds: 'adds',
    removes: 'removes',
    closesOnlyIf: 'remove_on_destroy',
  },
  rules: [
    ({ acs_user_ids: users, allow_empty: isAllowed }) =>
      Array.isArray(users) && users.length === 0 && isAllowed !== true
        ? [
            {
              path: ['acs_user_ids'],
              reason:
                'is empty, which removes everybody: set ‹allow_empty› to true if that is meant',
            },
          ]
        : [],
  ],
  fields: {
    acs_access_group_id: id('The access group.').replaces('the list belongs to one group'),
    acs_user_ids: idSet('Its members: users of its access control system; the whole set.'),
    allow_empty: flag('Lets the list be empty, so that nobody is left in the group.')
      .optional()
      .local(),
    remove_on_destroy: flag(
      'Lets destroy remove the members of the list; otherwise they stay in the group.',
    )
      .optional()
      .local(),
    removes: textSet('Who is removed, found out by the plan.').planned(),
    adds: textSet('Who is added because the group lacks them, found out by the plan.').planned(),
    ...waiting,
    exclusive_id: text('Its id: the id of the access group.').computed().stable(),
    workspace_id: workspaceId,
  },

  progress: progressOf,
  claim: ({ acs_access_group_id: group }) => ({ what: group, isWhole: true }),

  async survey(reads, { acs_access_group_id: group, acs_user_ids: users }) {
    const now = await everybody(reads, group, users)
    if (!now) throw noGroup(group)
    const { members } = now
    const extra = members.filter((user) => !users.includes(user.acs_user_id)).map(named)
    const missing = users.filter((id) => !ids(members).includes(id))
    return {
      found: {
        ...(extra.length > 0 && { removes: extra.sort() }),
        ...(missing.length > 0 && { adds: missing }),
      },
      notices:
        extra.length > 0
          ? [`Removes from access group ${group} who is not in the list: ${extra.join(', ')}.`]
          : [],
    }
  },
  async observe(reads, group, known) {
    const wanted = known?.inputs['acs_user_ids'] as string[] | undefined
    const now = await everybody(reads, group, wanted)
    if (!now) return undefined
    const { members, moves } = now
    return {
      acs_access_group_id: group,
      acs_user_ids: ids(members),
      pending_mutations: moves,
      ...(members[0] && { workspace_id: members[0]['workspace_id'] }),
    }
  },
  async create(seam, inputs) {
    const notices = await apply(seam, inputs)
    return { id: inputs.acs_access_group_id, ...(notices && { notices }) }
  },
  update: (seam, _id, { after }) => apply(seam, after),
  async remove(seam, acs_access_group_id, outputs, isHeld) {
    const members = outputs['acs_user_ids'] as string[]
    // Who is put into the group by a membership of its own now, stays.
    const users = members.filter((user) => !isHeld?.(`${acs_access_group_id}/${user}`))
    if (outputs['remove_on_destroy'] !== true) {
      return [
        `The members of access group ${acs_access_group_id} stay in it (${users.length}). Set ‹remove_on_destroy› to remove them.`,
      ]
    }
    await allOf(users.map((user) => takeOut(seam, acs_access_group_id, user)))
  },
})
