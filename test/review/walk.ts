// Who can open what, read from the records of a sandbox. It shares nothing with the review that it
// checks, and knows nothing of plans.
import type { Snapshot } from '../../src/sandbox'

/** What one person has at one place: a space, an access group, or a single door. */
export interface Standing {
  /** The windows of all grants and memberships that open it, each as `<from> – <until>`. */
  readonly windows: string[]
  /** Ids of all grants, and of the PINs, cards and keys that were made for them. */
  readonly grants: string[]
  readonly methods: string[]
}

/** Who can open what, by `<person> > <place>` and by `<person> > <door>`; all of them ids. */
export interface Walk {
  readonly places: ReadonlyMap<string, Standing>
  readonly doors: ReadonlySet<string>
  /** The doors inside each space and group, and each door as itself. */
  readonly inside: ReadonlyMap<string, readonly string[]>
  /** Ids of people by their names. */
  readonly named: ReadonlyMap<string, string>
}

export function walk(building: Snapshot): Walk {
  const inside = new Map<string, readonly string[]>()
  for (const one of building.spaces) {
    inside.set(one.space_id, [...one.acs_entrance_ids, ...one.device_ids])
  }
  for (const one of building.acs_access_groups) {
    inside.set(one.acs_access_group_id, one.acs_entrance_ids)
  }
  for (const { acs_entrance_id: id } of building.acs_entrances) inside.set(id, [id])
  for (const { device_id: id } of building.devices) inside.set(id, [id])

  const places = new Map<string, Standing>()
  const doors = new Set<string>()
  const stands = (person: string, place: string, window: string, grant: string, by: string[]) => {
    const key = `${person} > ${place}`
    const standing = places.get(key) ?? { windows: [], grants: [], methods: [] }
    standing.windows.push(window)
    standing.grants.push(grant)
    standing.methods.push(...by)
    places.set(key, standing)
    for (const door of inside.get(place) ?? []) doors.add(`${person} > ${door}`)
  }
  for (const grant of building.access_grants) {
    const { user_identity_id: person, starts_at: from, ends_at: until } = grant
    if (person === undefined || (until !== null && Date.parse(until) <= Date.now())) continue
    const begins = Date.parse(from) > Date.now() ? from : 'now'
    for (const place of [...grant.space_ids, ...grant.acs_entrance_ids, ...grant.device_ids]) {
      const window = `${begins} – ${until ?? 'ever'}`
      stands(person, place, window, grant.access_grant_id, [...grant.access_method_ids])
    }
  }
  const personOf = new Map(
    building.acs_users.map((user) => [user.acs_user_id, user.user_identity_id ?? user.acs_user_id]),
  )
  for (const { acs_access_group_id: group, acs_user_id: user } of building.memberships) {
    stands(personOf.get(user)!, group, 'now – ever', `${group}/${user}`, [])
  }
  const named = new Map(
    building.user_identities.map((one) => [one.full_name ?? '', one.user_identity_id]),
  )
  return { places, doors, inside, named }
}
