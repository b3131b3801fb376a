import type { Session } from '../provider'
import { lookedUp, shelves } from '../resources'
import type { Wire } from '../schema'
import { allRows } from './access'
import type { Plan } from './plan'
import { movesDoors, review, takesAllAlong, type Review } from './review'
import { isPlace, type Directory, type Known, type Subject } from './subjects'

/**
 * A review with the names that Seam knows: of people, doors and groups that the plan only refers to,
 * of the people behind users of access control systems, and of what is inside spaces and groups.
 * Reads only what the report tells.
 *
 * @param session whose credentials must be for the plan's workspace
 */
export async function reviewWithNames(
  plan: Plan,
  session: Session,
  options: { now?: number } = {},
): Promise<Review> {
  await session.assertWorkspace(workspaceOf(plan))
  const directory = new Map<string, Known>()
  let seen = review(plan, { ...options, directory })
  // Users lead to people, spaces to doors: three rounds tell all that there is.
  for (let round = 0; round < 3; round += 1) {
    const wanted = missing(seen, directory)
    if (wanted.length === 0) break
    await Promise.all(wanted.map((subject) => lookUp(subject, session, directory)))
    seen = review(plan, { ...options, directory })
  }
  return seen
}

const workspaceOf = ({ changes }: Plan): unknown =>
  changes.map(({ before }) => before?.all['workspace_id']).find((id) => id !== undefined)

/** What a report would tell by a letter, users whose person is not known, and places to look into. */
function missing(seen: Review, directory: Directory): Subject[] {
  const told = allRows(seen.access).flatMap(({ person, doors, via }) => [
    person,
    ...doors,
    ...(via ? [via] : []),
  ])
  const { changes } = seen.plan
  const spaces = changes.filter(movesDoors).map((change) => seen.subjectOf(change))
  const going = changes.filter(takesAllAlong).map((change) => seen.subjectOf(change))
  const places = [...told, ...spaces].filter(
    (one) => isPlace(one) && seen.inside(one) === undefined,
  )
  const users = [...seen.unexplained, ...told, ...going].filter(
    (one) => one.kind === 'acs_user' && !seen.isCertain(one),
  )
  const nameless = [...told, ...spaces]
    .flatMap((one) => [one, ...(seen.inside(one) ?? [])])
    .filter(({ name }) => name === undefined)
  const wanted = new Map([...nameless, ...places, ...users].map((one) => [placeOf(one), one]))
  return [...wanted.values()].filter((one) => one.id !== undefined && !directory.has(placeOf(one)))
}

/** Where the directory has it. */
const placeOf = ({ key, kind, id }: Subject) =>
  key.startsWith(`${kind}_key:`) ? key : `${kind}:${id}`

async function lookUp(subject: Subject, session: Session, directory: Map<string, Known>) {
  const { kind, id = '' } = subject
  const place = placeOf(subject)
  const { remembered } = session.seam
  const shelf = shelves[kind]
  const isKey = place.startsWith(`${kind}_key:`)
  const object = isKey
    ? await lookedUp(session.seam, '/spaces/get', { space_key: id }, 'space')
    : shelf && (await remembered.one(shelf, id))
  const contains = object && (await entrances[kind]?.(id, session))
  directory.set(place, object ? { ...knownOf(object, kind), ...(contains && { contains }) } : {})
}

function knownOf(object: Wire, kind: string): Known {
  const text = (...names: string[]) =>
    names.map((name) => object[name]).find((value) => typeof value === 'string' && value !== '') as
      string | undefined
  // Of a person, Seam shows an address for want of a name.
  const isPerson = kind === 'user_identity' || kind === 'acs_user'
  const name = isPerson ? text('full_name') : text('name', 'display_name')
  const id = text(`${kind}_id`)
  const person = text('user_identity_id')
  const system = text('acs_system_id')
  const contains = (['acs_entrance', 'device'] as const).flatMap((inner) =>
    [object[`${inner}_ids`] ?? []].flat().map((one) => [inner, String(one)] as const),
  )
  return {
    ...(name !== undefined && { name }),
    ...(id !== undefined && { id }),
    ...(kind === 'acs_user' && person !== undefined && { user_identity_id: person }),
    ...(kind === 'acs_user' && system !== undefined && { acs_system_id: system }),
    ...(kind === 'space' && 'acs_entrance_ids' in object && { contains }),
  }
}

/** The entrances behind a group, and those of a whole system. */
const entrances: Record<string, (id: string, session: Session) => Promise<Known['contains']>> = {
  acs_access_group: (acs_access_group_id, session) =>
    listed(session, '/acs/access_groups/list_accessible_entrances', { acs_access_group_id }),
  acs_system: (acs_system_id, session) => listed(session, '/acs/entrances/list', { acs_system_id }),
}

async function listed({ seam }: Session, path: string, filter: Wire) {
  const found = await seam.remembered.all<Wire>(path, filter, 'acs_entrances')
  return found.map((one) => ['acs_entrance', String(one['acs_entrance_id'])] as const)
}
