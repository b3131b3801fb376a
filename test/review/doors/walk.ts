// Who gets through which door, read from the records of a sandbox. It shares nothing with the review
// that it judges, and knows nothing of plans.
import type { Snapshot } from '../../../src/sandbox'

/** When and by what a person gets through a door. */
export interface Way {
  /** Instants in milliseconds; what has begun is open from ever. */
  readonly times: readonly (readonly [from: number, until: number])[]
  readonly modes: readonly string[]
}

export interface Walk {
  /** By `<person> > <door>`, both of them ids. */
  readonly ways: ReadonlyMap<string, Way>
  /** Ids of people by their names, where one name is one person. */
  readonly named: ReadonlyMap<string, string>
  /** What people and doors are called. */
  readonly names: ReadonlyMap<string, string>
}

interface Opening {
  from: number
  until: number
  mode: string
}

export function walk(building: Snapshot, now: number): Walk {
  const open = new Map<string, Opening[]>()
  const enter = (person: string, door: string, opening: Opening) => {
    const from = opening.from <= now ? -Infinity : opening.from
    if (from >= opening.until || opening.until <= now) return
    const key = `${person} > ${door}`
    open.set(key, [...(open.get(key) ?? []), { ...opening, from }])
  }
  for (const one of [...ofGrants(building), ...ofUsers(building)]) {
    enter(one.person, one.door, one.opening)
  }
  const names = namesOf(building)
  return {
    ways: new Map([...open].map(([key, all]) => [key, wayOf(all)])),
    named: new Map([...names].map(([id, name]) => [name, id])),
    names,
  }
}

interface Found {
  person: string
  door: string
  opening: Opening
}

function ofGrants(building: Snapshot): Found[] {
  const spaces = new Map(building.spaces.map((one) => [one.space_id, one]))
  const methods = new Map(building.access_methods.map((one) => [one.access_method_id, one.mode]))
  return building.access_grants.flatMap((grant) => {
    const { user_identity_id: person, starts_at, ends_at } = grant
    if (person === undefined) return []
    const inside = grant.space_ids.flatMap((id) => spaces.get(id) ?? [])
    const doors = new Set([
      ...grant.acs_entrance_ids,
      ...grant.device_ids,
      ...inside.flatMap((space) => [...space.acs_entrance_ids, ...space.device_ids]),
    ])
    const modes = grant.access_method_ids.flatMap((id) => methods.get(id) ?? [])
    const window = { from: Date.parse(starts_at), until: end(ends_at) }
    return [...doors].flatMap((door) =>
      modes
        .filter((mode) => canTake(building, door, mode))
        .map((mode) => ({ person, door, opening: { ...window, mode } })),
    )
  })
}

function ofUsers(building: Snapshot): Found[] {
  return building.acs_users.flatMap((user) => {
    if (user.is_suspended) return []
    const person = user.user_identity_id ?? user.acs_user_id
    const { access_schedule: schedule } = user
    const bounds = {
      from: schedule ? Date.parse(schedule.starts_at) : -Infinity,
      until: end(schedule?.ends_at),
    }
    const groups = building.memberships
      .filter((one) => one.acs_user_id === user.acs_user_id)
      .flatMap((one) =>
        building.acs_access_groups.filter(
          (group) => group.acs_access_group_id === one.acs_access_group_id,
        ),
      )
    const byGroup = groups.flatMap((group) =>
      group.acs_entrance_ids.map((door) => ({
        person,
        door,
        opening: { ...bounds, mode: 'group' },
      })),
    )
    const cards = building.acs_credentials.filter((one) => one.acs_user_id === user.acs_user_id)
    const byCard = cards.flatMap((card) =>
      card.allowed_acs_entrance_ids
        .filter((door) => canTake(building, door, card.access_method))
        .map((door) => ({
          person,
          door,
          opening: {
            from: Math.max(bounds.from, card.starts_at ? Date.parse(card.starts_at) : -Infinity),
            until: Math.min(bounds.until, end(card.ends_at)),
            mode: card.access_method,
          },
        })),
    )
    return [...byGroup, ...byCard]
  })
}

const end = (value: string | null | undefined) => (value ? Date.parse(value) : Infinity)

function canTake({ acs_entrances, devices }: Snapshot, door: string, mode: string): boolean {
  const entrance = acs_entrances.find((one) => one.acs_entrance_id === door)
  const device = devices.find((one) => one.device_id === door)
  const takes = entrance as unknown as Record<string, unknown> | undefined
  if (takes?.[`can_unlock_with_${mode}`] === false) return false
  return !(mode === 'code' && device?.can_program_online_access_codes === false)
}

function wayOf(all: readonly Opening[]): Way {
  const times: [number, number][] = []
  for (const { from, until } of [...all].sort((one, other) => one.from - other.from)) {
    const last = times.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], until)
    else times.push([from, until])
  }
  return { times, modes: [...new Set(all.map(({ mode }) => mode))].sort() }
}

function namesOf(building: Snapshot): Map<string, string> {
  return new Map([
    ...building.acs_users.map((one) => [one.acs_user_id, one.full_name ?? ''] as const),
    ...building.user_identities.map((one) => [one.user_identity_id, one.full_name ?? ''] as const),
    ...building.acs_entrances.map((one) => [one.acs_entrance_id, one.display_name] as const),
    ...building.devices.map((one) => [one.device_id, one.display_name] as const),
  ])
}
