// Who gets through which door, asked of Seam as anybody could ask it. It shares nothing with the review
// that it judges, and knows nothing of plans.

/** From one instant to another, in milliseconds; what has begun is open from ever. */
export type Span = readonly [from: number, until: number]

/** When and by what a person gets through a door. */
export interface Way {
  /** In order, and apart from each other. */
  readonly spans: readonly Span[]
  /** Seam's words for modes, and `group` for a membership. */
  readonly means: readonly string[]
  /** What is held in a hand or a head, with its mode: PINs by their digits, cards and phones by ids. */
  readonly keys: ReadonlySet<string>
}

export type Wire = Record<string, unknown>

/** What Seam answers, as far as it matters. */
export interface Lists {
  readonly people: readonly Wire[]
  readonly users: readonly Wire[]
  readonly grants: readonly Wire[]
  readonly credentials: readonly Wire[]
  /** `<group> <ACS user>` */
  readonly memberships: readonly string[]
}

export interface Walk {
  /** By person, and in it by door; all of them ids. */
  readonly ways: ReadonlyMap<string, ReadonlyMap<string, Way>>
  /** The doors in each space, access group and system, and each door in itself. */
  readonly places: ReadonlyMap<string, readonly string[]>
  /** The person of each user identity and each ACS user. */
  readonly person: ReadonlyMap<string, string>
  /** Ids by name, and names by id. */
  readonly named: ReadonlyMap<string, string>
  readonly names: ReadonlyMap<string, string>
  readonly lists: Lists
}

/** Calls the API; an address and a key are all that it knows. */
export class Asker {
  constructor(private readonly at: { readonly endpoint: string; readonly apiKey: string }) {}

  async call(path: string, body: object = {}): Promise<Wire> {
    const { endpoint, apiKey } = this.at
    const answer = await fetch(endpoint + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Wire
  }

  /** A list to its last page. */
  async list(path: string, member: string, body: object = {}): Promise<Wire[]> {
    const found: Wire[] = []
    let page_cursor: unknown
    do {
      const answer = await this.call(path, page_cursor ? { ...body, page_cursor } : body)
      found.push(...(answer[member] as Wire[]))
      page_cursor = (answer['pagination'] as Wire | undefined)?.['next_page_cursor']
    } while (page_cursor)
    return found
  }
}

const text = (one: Wire, member: string) => String(one[member])

interface Opening {
  readonly person: string
  readonly door: string
  readonly span: Span
  readonly means: string
  readonly key?: string
}

/** Which modes each door refuses. */
type Refusals = ReadonlyMap<string, ReadonlySet<string>>

export async function walk(asker: Asker): Promise<Walk> {
  const [people, users, entrances, devices, spaces, systems, groups, credentials] =
    await Promise.all([
      asker.list('/user_identities/list', 'user_identities'),
      asker.list('/acs/users/list', 'acs_users'),
      asker.list('/acs/entrances/list', 'acs_entrances'),
      asker.list('/devices/list', 'devices'),
      asker.list('/spaces/list', 'spaces'),
      asker.list('/acs/systems/list', 'acs_systems'),
      asker.list('/acs/access_groups/list', 'acs_access_groups'),
      asker.list('/acs/credentials/list', 'acs_credentials'),
    ])
  const refusals = refusalsOf(entrances, devices)
  const person = personsOf(people, users)
  const inGroups = await groupsOf(asker, groups)
  const [byGrant, grants] = await ofGrants(asker, refusals)
  const byUser = [
    ...ofMemberships(users, inGroups),
    ...(await ofCredentials(asker, users, credentials, refusals)),
  ]
  const openings = [
    ...byGrant,
    ...byUser.map((one) => ({ ...one, person: person.get(one.person)! })),
  ]
  const names = new Map([
    ...users.map((one) => [text(one, 'acs_user_id'), text(one, 'full_name')] as const),
    ...people.map((one) => [text(one, 'user_identity_id'), text(one, 'full_name')] as const),
    ...entrances.map((one) => [text(one, 'acs_entrance_id'), text(one, 'display_name')] as const),
    ...devices.map((one) => [text(one, 'device_id'), text(one, 'display_name')] as const),
    ...spaces.map((one) => [text(one, 'space_id'), text(one, 'name')] as const),
    ...systems.map((one) => [text(one, 'acs_system_id'), text(one, 'name')] as const),
    ...groups.map((one) => [text(one, 'acs_access_group_id'), text(one, 'name')] as const),
  ])
  const memberships = inGroups.flatMap(({ id, members }) => members.map((user) => `${id} ${user}`))
  return {
    ways: waysOf(openings, Date.now()),
    places: placesOf(entrances, devices, inGroups),
    person,
    named: new Map([...names].map(([id, name]) => [name, person.get(id) ?? id])),
    names,
    lists: { people, users, grants, credentials, memberships },
  }
}

const personsOf = (people: readonly Wire[], users: readonly Wire[]) =>
  new Map([
    ...people.map(({ user_identity_id: id }) => [String(id), String(id)] as const),
    ...users.map(
      ({ acs_user_id: id, user_identity_id: person }) =>
        [String(id), String(person ?? id)] as const,
    ),
  ])

interface Group {
  readonly id: string
  readonly doors: readonly string[]
  readonly members: readonly string[]
}

const groupsOf = (asker: Asker, groups: readonly Wire[]): Promise<Group[]> =>
  Promise.all(
    groups.map(async ({ acs_access_group_id }) => {
      const path = '/acs/access_groups'
      const of = { acs_access_group_id }
      const doors = await asker.list(`${path}/list_accessible_entrances`, 'acs_entrances', of)
      const members = await asker.list(`${path}/list_users`, 'acs_users', of)
      return {
        id: String(acs_access_group_id),
        doors: doors.map((door) => text(door, 'acs_entrance_id')),
        members: members.map((user) => text(user, 'acs_user_id')),
      }
    }),
  )

function placesOf(entrances: readonly Wire[], devices: readonly Wire[], groups: readonly Group[]) {
  const places = new Map<string, string[]>()
  const put = (place: unknown, door: string) =>
    places.set(String(place), [...(places.get(String(place)) ?? []), door])
  const putAll = (door: string, one: Wire) => {
    put(door, door)
    for (const space of one['space_ids'] as string[]) put(space, door)
  }
  for (const one of entrances) {
    putAll(text(one, 'acs_entrance_id'), one)
    put(one['acs_system_id'], text(one, 'acs_entrance_id'))
  }
  for (const one of devices) putAll(text(one, 'device_id'), one)
  for (const { id, doors } of groups) for (const door of doors) put(id, door)
  return places
}

function refusalsOf(entrances: readonly Wire[], devices: readonly Wire[]): Refusals {
  const modes = ['code', 'card', 'mobile_key', 'cloud_key']
  return new Map([
    ...entrances.map(
      (door) =>
        [
          text(door, 'acs_entrance_id'),
          new Set(modes.filter((mode) => door[`can_unlock_with_${mode}`] === false)),
        ] as const,
    ),
    ...devices.map(
      (lock) =>
        [
          text(lock, 'device_id'),
          new Set(lock['can_program_online_access_codes'] === false ? ['code'] : []),
        ] as const,
    ),
  ])
}

const spanOf = ({ starts_at: from, ends_at: until }: Wire): Span => [
  typeof from === 'string' ? Date.parse(from) : -Infinity,
  typeof until === 'string' ? Date.parse(until) : Infinity,
]

const both = (one: Span, other: Span): Span => [
  Math.max(one[0], other[0]),
  Math.min(one[1], other[1]),
]

async function ofGrants(asker: Asker, refusals: Refusals): Promise<[Opening[], Wire[]]> {
  const path = '/access_grants'
  const grants = [
    ...(await asker.list(`${path}/list`, 'access_grants')),
    ...(await asker.list(`${path}/unmanaged/list`, 'access_grants')),
  ]
  const openings = await Promise.all(
    grants.map(async (grant) => {
      const access_grant_ids = [grant['access_grant_id']]
      const include = ['acs_entrances', 'devices', 'access_methods']
      const { batch } = await asker.call(`${path}/get_related`, { access_grant_ids, include })
      const { acs_entrances, devices, access_methods } = batch as Record<string, Wire[]>
      const doors = [
        ...acs_entrances!.map((one) => text(one, 'acs_entrance_id')),
        ...devices!.map((one) => text(one, 'device_id')),
      ]
      const person = text(grant, 'user_identity_id')
      return doors.flatMap((door) =>
        access_methods!
          .filter(({ mode }) => !refusals.get(door)!.has(String(mode)))
          .map((method): Opening => {
            const key = String(method['code'] ?? method['access_method_id'])
            return { person, door, span: spanOf(grant), means: text(method, 'mode'), key }
          }),
      )
    }),
  )
  return [openings.flat(), grants]
}

/** The times of an ACS user; nothing while suspended. */
function scheduleOf(user: Wire): Span | undefined {
  if (user['is_suspended'] === true) return undefined
  return spanOf((user['access_schedule'] as Wire | undefined) ?? {})
}

/** What users open by their groups; the person is still the user. */
const ofMemberships = (users: readonly Wire[], groups: readonly Group[]): Opening[] =>
  groups.flatMap(({ doors, members }) =>
    members.flatMap((id) => {
      const span = scheduleOf(users.find((user) => user['acs_user_id'] === id)!)
      return span ? doors.map((door) => ({ person: id, door, span, means: 'group' })) : []
    }),
  )

/** What users open by their credentials; the person is still the user. */
async function ofCredentials(
  asker: Asker,
  users: readonly Wire[],
  credentials: readonly Wire[],
  refusals: Refusals,
): Promise<Opening[]> {
  const openings = await Promise.all(
    credentials.map(async (one): Promise<Opening[]> => {
      const { acs_credential_id, access_method: mode, code } = one
      const user = users.find(({ acs_user_id: id }) => id === one['acs_user_id'])
      const schedule = user && scheduleOf(user)
      if (!schedule) return []
      const path = '/acs/credentials/list_accessible_entrances'
      const doors = await asker.list(path, 'acs_entrances', { acs_credential_id })
      const span = both(schedule, spanOf(one))
      const key = String(code ?? acs_credential_id)
      return doors
        .map((door) => text(door, 'acs_entrance_id'))
        .filter((door) => !refusals.get(door)!.has(String(mode)))
        .map((door) => ({
          person: text(user, 'acs_user_id'),
          door,
          span,
          means: String(mode),
          key,
        }))
    }),
  )
  return openings.flat()
}

function waysOf(openings: readonly Opening[], now: number) {
  const all = new Map<string, Map<string, Opening[]>>()
  for (const one of openings) {
    const [from, until] = one.span
    const span: Span = [from <= now ? -Infinity : from, until]
    if (until <= now || span[0] >= until) continue
    const doors = all.get(one.person) ?? new Map<string, Opening[]>()
    all.set(one.person, doors.set(one.door, [...(doors.get(one.door) ?? []), { ...one, span }]))
  }
  return new Map(
    [...all].map(
      ([person, doors]) =>
        [person, new Map([...doors].map(([door, list]) => [door, wayOf(list)]))] as const,
    ),
  )
}

const wayOf = (openings: readonly Opening[]): Way => ({
  spans: union(openings.map(({ span }) => span)),
  means: [...new Set(openings.map(({ means }) => means))].sort(),
  keys: new Set(openings.flatMap(({ means, key }) => (key === undefined ? [] : `${means} ${key}`))),
})

function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const [from, until] of [...spans].sort((one, other) => one[0] - other[0])) {
    const last = joined.at(-1)
    if (last && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], until)]
    else joined.push([from, until])
  }
  return joined
}
