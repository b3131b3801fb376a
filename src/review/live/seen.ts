import type { Session } from '../../provider'
import { notesOf } from '../../resources'
import { valueOf, type Wire } from '../../schema'
import { allRows } from '../doors/access'
import { directoryOf } from './directory'
import { factsOf, type LiveFacts } from './facts'
import { withFacts } from './overlay'
import type { Change, Plan } from '../plan/plan'
import { review, type Review } from '../review'
import type { KnownSubject } from '../doors/subjects'

/**
 * A review that knows what Seam has: names, what is inside spaces and groups, and everything that
 * opens a door beyond the plan. Its calls grow with pages, access groups and spaces, not with people.
 *
 * @param session whose credentials must be for the plan's workspace
 */
export async function reviewWithFacts(
  plan: Plan,
  session: Session,
  { now = Date.now() }: { now?: number } = {},
): Promise<Review> {
  await session.assertWorkspace(workspaceOf(plan))
  if (plan.changes.every(({ action, isDrift }) => action === 'keep' && !isDrift)) {
    return review({ ...plan, isSeen: true }, { now })
  }
  const facts = await factsOf(session)
  const directory = directoryOf(facts)
  const known = withFacts(plan, facts, now)
  const first = review(known, { now, directory })
  const own = await new OwnDoors(session, facts, directory).of(first)
  if (own.length === 0) return first
  for (const [place, doors] of own) {
    directory.set(place, { ...directory.get(place), contains: doors })
  }
  return review(known, { now, directory })
}

const workspaceOf = ({ changes }: Plan): unknown =>
  changes
    .map(({ before, definition }) => before && valueOf(definition, 'workspace', before.all))
    .find((id) => id !== undefined)

type Doors = NonNullable<KnownSubject['contains']>

/** How many objects are asked for one by one before the lists of their doors are worth it. */
const few = 8

/** Doors that grants and credentials open by themselves, which no list of these says. */
class OwnDoors {
  constructor(
    private readonly session: Session,
    private readonly facts: LiveFacts,
    private readonly directory: ReadonlyMap<string, KnownSubject>,
  ) {}

  /** Of what the people hold whose access changes. */
  async of({
    access,
    plan,
    subjectOf,
    personOf,
  }: Review): Promise<[place: string, doors: Doors][]> {
    const changing = plan.changes.filter(({ action, definition }) => {
      return action !== 'keep' && (!definition.opens || definition.opens.isHolder)
    })
    const concerned = [
      ...allRows(access).map(({ person }) => person),
      ...changing.flatMap((change) => [subjectOf(change), personOf(change)]),
    ]
    const people = new Set(concerned.flatMap(({ id }) => id ?? []))
    const isTheirs = (object: Wire) =>
      ['user_identity_id', 'acs_user_id'].some((name) => people.has(String(object[name])))
    // What is taken over opens what it opens, whatever the program says of it.
    const isTaken = ({ isForeign, action }: Change) => isForeign === true || action === 'create'
    const isManaged = new Set(plan.changes.flatMap((one) => (isTaken(one) ? [] : (one.id ?? []))))
    const theirs = (kind: string) =>
      [...(this.facts.objects.get(kind) ?? [])].filter(
        ([id, object]) => !isManaged.has(id) && isTheirs(object),
      )
    const users = [...(this.facts.objects.get('acs_user') ?? [])]
    for (const [id, user] of users) if (people.has(String(user['user_identity_id']))) people.add(id)
    const grants = theirs('access_grant')
    const found = await Promise.all([
      this.ofGrants(grants),
      this.ofCredentials(theirs('acs_credential')),
    ])
    return found.flat().filter(([, doors]) => doors.length > 0)
  }

  /** Grants of the same spaces are asked for together: most open nothing beside them. */
  private async ofGrants(grants: readonly [string, Wire][]): Promise<[string, Doors][]> {
    const groups = new Map<string, string[]>()
    for (const [id, grant] of grants) {
      const spaces = [grant['space_ids'] ?? []].flat().map(String).sort().join()
      groups.set(spaces, [...(groups.get(spaces) ?? []), id])
    }
    const found = await Promise.all([...groups].map(([spaces, ids]) => this.beside(spaces, ids)))
    return found.flat()
  }

  private async beside(spaces: string, ids: readonly string[]): Promise<[string, Doors][]> {
    const inside = spaces
      .split(',')
      .flatMap((id) => this.directory.get(`space:${id}`)?.contains ?? [])
    const isInside = (door: readonly [string, string]) => inside.some(([, id]) => id === door[1])
    const doors = (await this.related(ids)).filter((door) => !isInside(door))
    if (doors.length === 0 || ids.length === 1) {
      return ids.map((id) => [`access_grant:${id}`, doors])
    }
    const half = Math.ceil(ids.length / 2)
    const halves = [ids.slice(0, half), ids.slice(half)]
    return (await Promise.all(halves.map((some) => this.beside(spaces, some)))).flat()
  }

  private async related(access_grant_ids: readonly string[]): Promise<Doors> {
    const include = ['acs_entrances', 'devices']
    const asked = { access_grant_ids, include }
    const batch = await this.session.seam.read<Wire>('/access_grants/get_related', asked, 'batch')
    return (['acs_entrance', 'device'] as const).flatMap((kind) =>
      notesOf(batch[`${kind}s`]).map((door) => [kind, String(door[`${kind}_id`])] as const),
    )
  }

  private async ofCredentials(all: readonly [string, Wire][]): Promise<[string, Doors][]> {
    const entrances = [...(this.facts.objects.get('acs_entrance')?.keys() ?? [])]
    if (all.length > few && all.length > entrances.length) return this.byEntrance(all, entrances)
    return Promise.all(
      all.map(async ([id]): Promise<[string, Doors]> => {
        const path = '/acs/credentials/list_accessible_entrances'
        const doors = await this.list(path, { acs_credential_id: id }, 'acs_entrance')
        return [`acs_credential:${id}`, doors.map((door) => ['acs_entrance', door])]
      }),
    )
  }

  private async byEntrance(
    all: readonly [string, Wire][],
    entrances: readonly string[],
  ): Promise<[string, Doors][]> {
    const path = '/acs/entrances/list_credentials_with_access'
    const read = entrances.map(async (door) => {
      return [door, await this.list(path, { acs_entrance_id: door }, 'acs_credential')] as const
    })
    const opens = await Promise.all(read)
    return all.map(([id]) => [
      `acs_credential:${id}`,
      opens.flatMap(([door, ids]) => (ids.includes(id) ? [['acs_entrance', door] as const] : [])),
    ])
  }

  private async list(path: string, filter: Wire, kind: string): Promise<string[]> {
    const all = await this.session.seam.list<Wire>(path, filter, `${kind}s`)
    return all.map((one) => String(one[`${kind}_id`]))
  }
}
