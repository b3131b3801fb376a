import type { Random } from './random'

const id = (kind: string, number: number) =>
  `${kind}0000000-0000-4000-8002-${String(number).padStart(12, '0')}`

const many = <T>(count: number, of: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => of(at + 1))

/** A grant that somebody made before the program. */
export interface HandMade {
  readonly id: string
  readonly key: string
  readonly isManaged: boolean
  readonly person: string
  readonly spaces: readonly string[]
  readonly doors: readonly string[]
  readonly modes: readonly string[]
}

/** One access control system and what is in it. */
export interface System {
  readonly id: string
  readonly doors: readonly string[]
  readonly groups: readonly string[]
  readonly users: readonly string[]
}

/** What is there before the program, as far as a program may speak of it. */
export interface Building {
  readonly seed: ReturnType<typeof seedOf>
  readonly systems: readonly System[]
  readonly locks: readonly string[]
  readonly spaces: readonly { readonly id: string; readonly key: string }[]
  readonly people: readonly string[]
  readonly grants: readonly HandMade[]
}

/** A building of a few doors, in which people have made a few things by hand. */
export function buildingOf(random: Random): Building {
  const systems = systemsOf(random)
  const doors = systems.flatMap((one) => one.doors)
  const locks = many(2, (number) => id('9', number))
  const spaces = many(4, (number) => ({ id: id('8', number), key: `place-${number}` }))
  const people = many(4, (number) => id('7', number))
  const grants = many(5, (number): HandMade => {
    const isByDoor = random.chance(0.4)
    return {
      id: id('a', number),
      key: `by-hand-${number}`,
      isManaged: random.chance(0.5),
      person: random.one(people),
      spaces: isByDoor ? [] : random.some(spaces, 1, 2).map((space) => space.id),
      doors: isByDoor ? random.some(doors, 1, 3) : [],
      modes: random.some(['code', 'card', 'mobile_key'], 1, 2),
    }
  })
  const building = { systems, locks, spaces, people, grants }
  return { ...building, seed: seedOf(building, random) }
}

function systemsOf(random: Random): System[] {
  const counts = random.chance(0.5) ? [8] : [6, 3]
  return counts.map((count, at) => ({
    id: id('2', at + 1),
    doors: many(count, (number) => id('3', 10 * at + number)),
    groups: many(at === 0 ? 3 : 1, (number) => id('4', 10 * at + number)),
    users: many(at === 0 ? 4 : 2, (number) => id('5', 10 * at + number)),
  }))
}

const year = new Date().getUTCFullYear()

function seedOf(building: Omit<Building, 'seed'>, random: Random) {
  const { systems, locks, spaces, grants } = building
  const [account, ofLocks] = [id('c', 1), id('c', 2)]
  return {
    workspace: { workspace_id: id('1', 1), name: 'Doors' },
    api_key: 'seam_testDoors_LocalSandboxOnly',
    connected_accounts: [
      { connected_account_id: account },
      { connected_account_id: ofLocks, account_type: 'schlage', display_name: 'Locks' },
    ],
    acs_systems: systems.map((one, at) => ({
      acs_system_id: one.id,
      connected_account_id: account,
      name: `System ${at + 1}`,
    })),
    acs_entrances: systems.flatMap((system, at) =>
      system.doors.map((door, number) => ({
        acs_entrance_id: door,
        acs_system_id: system.id,
        display_name: `Door ${at + 1}.${number + 1}`,
        // One door has no reader for cards.
        can_unlock_with_card: number !== 4,
        can_unlock_with_code: true,
        can_unlock_with_mobile_key: true,
      })),
    ),
    acs_access_groups: systems.flatMap((system, at) =>
      system.groups.map((group, number) => ({
        acs_access_group_id: group,
        acs_system_id: system.id,
        name: `Group ${at + 1}.${number + 1}`,
        acs_entrance_ids: random.some(system.doors, 1, 4),
      })),
    ),
    devices: locks.map((lock, number) => ({
      device_id: lock,
      connected_account_id: ofLocks,
      display_name: `Lock ${number + 1}`,
      can_program_online_access_codes: number === 0,
    })),
    spaces: spaces.map((space, number) => ({
      space_id: space.id,
      space_key: space.key,
      name: `Place ${number + 1}`,
      acs_entrance_ids: random.some(random.one(systems).doors, 1, 3),
      device_ids: random.chance(0.4) ? [random.one(locks)] : [],
    })),
    ...inhabitants(building, random),
    ...standing(grants, random),
  }
}

function inhabitants({ systems, people }: Omit<Building, 'seed'>, random: Random) {
  const free = systems.map(() => [...people])
  const acs_users = systems.flatMap((system, at) =>
    system.users.map((user, number) => {
      const person = random.chance(0.5) ? free[at]!.pop() : undefined
      const schedule = {
        starts_at: `${year - 2}-01-01T00:00:00Z`,
        ends_at: `${year + 4}-07-01T00:00:00Z`,
      }
      return {
        acs_user_id: user,
        acs_system_id: system.id,
        full_name: `User ${at + 1}.${number + 1}`,
        is_suspended: random.chance(0.1),
        ...(person && { user_identity_id: person }),
        ...(random.chance(0.25) && { access_schedule: schedule }),
      }
    }),
  )
  return {
    user_identities: people.map((person, number) => ({
      user_identity_id: person,
      user_identity_key: `neighbour-${number + 1}`,
      full_name: `Neighbour ${number + 1}`,
    })),
    acs_users,
    memberships: systems.flatMap((system) =>
      system.groups.flatMap((group) =>
        random
          .some(system.users, 0, 2)
          .map((user) => ({ acs_access_group_id: group, acs_user_id: user })),
      ),
    ),
    acs_credentials: systems.map((system, number) => ({
      acs_credential_id: id('6', number + 1),
      acs_system_id: system.id,
      acs_user_id: random.one(system.users),
      access_method: 'card' as const,
      starts_at: `${year - 2}-01-01T00:00:00Z`,
      ...(random.chance(0.5) && { ends_at: `${year + 5}-01-01T00:00:00Z` }),
      allowed_acs_entrance_ids: random.some(system.doors, 1, 3),
    })),
  }
}

function standing(grants: readonly HandMade[], random: Random) {
  const methods = grants.flatMap((grant, at) =>
    grant.modes.map((mode, number) => ({
      access_method_id: id('b', 10 * at + number + 1),
      mode: mode as 'code' | 'card' | 'mobile_key',
      is_managed: grant.isManaged,
      ...(mode === 'code' && { code: `77${at}${number}01` }),
      grant: grant.id,
    })),
  )
  const created_at = `${year - 2}-01-01T00:00:00Z`
  return {
    access_methods: methods.map(({ grant: _, ...method }) => method),
    access_grants: grants.map((grant) => {
      const own = methods.filter((method) => method.grant === grant.id)
      return {
        access_grant_id: grant.id,
        access_grant_key: grant.key,
        is_managed: grant.isManaged,
        user_identity_id: grant.person,
        name: `By hand ${grant.key}`,
        space_ids: grant.spaces,
        acs_entrance_ids: grant.doors,
        access_method_ids: own.map((method) => method.access_method_id),
        requested_access_methods: own.map((method) => ({
          mode: method.mode,
          display_name: method.mode,
          created_at,
          created_access_method_ids: [method.access_method_id],
        })),
        ...(random.chance(0.5) && { ends_at: `${year + 3}-03-01T00:00:00Z` }),
      }
    }),
  }
}
