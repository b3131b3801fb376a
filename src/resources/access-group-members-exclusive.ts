import { flag, id, idSet, notEmptyUnless, text, textSet, type Notices, type Wire } from '../schema'
import {
  isAmbiguous,
  SeamApiError,
  SeamIacError,
  SeamLostAnswerError,
  unlessGone,
  type CachedReads,
  type Seam,
} from '../seam'
import { allOf, defineResource, Unfinished, workspaceId } from './common'
import { joining, listed, movesOf, staying, type AcsUser } from './group-members'
import { progressOf, waiting } from './progress'
import { mustBeOfSystem } from './strangers'

const path = '/acs/access_groups'

/** How a plan names a user, so that people know who is meant, and so does the deployment. */
const named = (user: AcsUser) => `${String(user['display_name'])} (${user.acs_user_id})`

/** The same by an id; who has left meanwhile has no name. */
const nameIn = (members: AcsUser[]) => (id: string) => {
  const user = members.find(({ acs_user_id: other }) => other === id)
  return { id, text: user ? named(user) : id }
}

type Named = ReturnType<ReturnType<typeof nameIn>>

const byText = (one: Named, other: Named) => (one.text < other.text ? -1 : 1)

const ids = (users: AcsUser[]) => users.map((user) => user.acs_user_id)

/** Everybody in the group; those who are on their way in count, where somebody is missed. */
async function everybody(
  reads: CachedReads,
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
  adds?: string[]
  removes?: string[]
}

const of = (acs_access_group_id: string) => ({ acs_access_group_id })

/** A user who is gone is in no group. */
const takeOut = (seam: Seam, group: string, acs_user_id: string) =>
  unlessGone(seam.write(`${path}/remove_user`, { ...of(group), acs_user_id }))

async function putIn(seam: Seam, group: string, acs_user_id: string): Promise<void> {
  try {
    await seam.write(`${path}/add_user`, { ...of(group), acs_user_id })
  } catch (error) {
    const isCall = error instanceof SeamApiError || error instanceof SeamLostAnswerError
    throw isCall
      ? error.of(`ACS user ${acs_user_id} into access group ${group}; nobody was removed`)
      : error
  }
}

/** What the plan did not say is not done, and said instead. */
const hasJoined = (group: string) => (user: AcsUser) =>
  `${named(user)} has joined access group ${group} since the plan was made, or is not to be removed by it, and stays for now.`

const hasLeft = (group: string) => (id: string) =>
  `ACS user ${id} has left access group ${group} since the plan was made. The next plan adds them again.`

/**
 * Adds those whom the plan has named or the program has newly listed, and once all are in, removes
 * whom the plan has named: an addition that fails removes nobody.
 */
async function apply(seam: Seam, wanted: Wanted, before: readonly string[]): Promise<Notices> {
  const { acs_access_group_id: group, acs_user_ids: users, adds = [], removes = [] } = wanted
  const now = await everybody(seam.fresh, group, users)
  if (!now) throw noGroup(group)
  const { members } = now
  const extra = members.filter((user) => !users.includes(user.acs_user_id))
  const isNamed = ({ acs_user_id: id }: AcsUser) =>
    removes.some((name) => name === id || name.endsWith(`(${id})`))
  const planned = extra.filter(isNamed)
  const lacking = users.filter((id) => !ids(members).includes(id))
  const added = lacking.filter((id) => adds.includes(id) || !before.includes(id))
  await allOf(added.map((id) => putIn(seam, group, id)))
  await allOf(ids(planned).map((id) => takeOut(seam, group, id)))
  return [
    ...extra.filter((user) => !planned.includes(user)).map(hasJoined(group)),
    ...lacking.filter((id) => !added.includes(id)).map(hasLeft(group)),
  ]
}

/** What a failed creation has done all the same: of the list, those who are in the group now. */
async function begun(seam: Seam, inputs: Wanted, error: unknown): Promise<unknown> {
  const { acs_access_group_id: group, acs_user_ids: users } = inputs
  const now = await everybody(seam.fresh, group, users).catch(() => undefined)
  const there = ids(now?.members ?? [])
  const isAdded = inputs.adds?.some((id) => there.includes(id)) || isAmbiguous(error)
  if (!now || !isAdded) return error
  const done = { ...inputs, acs_user_ids: users.filter((id) => there.includes(id)) }
  return new Unfinished(group, done, error, { workspace_id: now.members[0]?.['workspace_id'] })
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
  ofOneSystem: ['acs_access_group_id', 'acs_user_ids'],
  rules: [notEmptyUnless('acs_user_ids', 'allow_empty', 'removes everybody')],
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

  async survey(reads, { acs_access_group_id: group, acs_user_ids: users }, ignored, again) {
    if (ignored.has('acs_user_ids')) return { found: {}, notices: [] }
    const now = await everybody(reads, group, users)
    if (!now) throw noGroup(group)
    const there = (again?.last?.['acs_user_ids'] as string[] | undefined) ?? ids(now.members)
    const extra = there.filter((id) => !users.includes(id)).map(nameIn(now.members))
    const removes = ignored.has('removes') ? [] : extra.sort(byText)
    const lacking = users.filter((id) => !there.includes(id))
    const adds = ignored.has('adds') ? [] : lacking
    await mustBeOfSystem(reads, group, adds)
    const texts = removes.map(({ id, text }) => (again ? id : text))
    return {
      found: { ...(texts.length > 0 && { removes: texts }), ...(adds.length > 0 && { adds }) },
      notices:
        removes.length > 0
          ? [
              `Removes from access group ${group} who is not in the list: ${removes.map(({ text }) => text).join(', ')}.`,
            ]
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
    const notices = await apply(seam, inputs, []).catch(async (error: unknown) => {
      throw await begun(seam, inputs, error)
    })
    return { id: inputs.acs_access_group_id, ...(notices && { notices }) }
  },
  async update(seam, _id, { before, after, changed }) {
    // Its members are not in every change, and may be what the program leaves to others.
    if (!(['acs_user_ids', 'adds', 'removes'] as const).some((name) => changed.has(name))) return
    return apply(seam, after, before.acs_user_ids)
  },
  twins: 'none',
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
