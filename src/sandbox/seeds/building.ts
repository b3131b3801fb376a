import { buildingIds as ids, buildingKeys as keys } from './building-ids'
import type { SeedData } from './complete'

/** How much there is of everything in a {@link buildingSeed}. */
export interface BuildingSize {
  /** User identities, each with an ACS user; 10 by default. */
  readonly people?: number
  /** Access grants: each on one space, dealt out to the people in turn; 20 by default. */
  readonly grants?: number
  /** Access groups; 2 by default. */
  readonly groups?: number
  /** Members of each group, as far as there are people; 5 by default. */
  readonly membersPerGroup?: number
  /** Entrances, dealt out to spaces and groups in turn; 8 by default. */
  readonly doors?: number
  /** Standalone locks, dealt out to the spaces in turn; 2 by default. */
  readonly devices?: number
  /** Spaces; 4 by default. */
  readonly spaces?: number
}

/**
 * A building of any size, the same for the same size: one access control system, and ids, keys and
 * names that follow from numbers. {@link buildingIds} and {@link buildingKeys} tell them.
 *
 * ```ts
 * const sandbox = await startSandbox({ seed: buildingSeed({ people: 1_200, grants: 50_000 }) })
 * sandbox.store.accessGrants.get(buildingIds.grant(50_000))
 * ```
 */
export function buildingSeed(size: BuildingSize = {}): SeedData {
  const { people = 10, grants = 20, groups = 2, membersPerGroup = 5 } = size
  const { doors = 8, devices = 2, spaces = 4 } = size
  return {
    workspace: { workspace_id: ids.workspace, name: 'Building Sandbox' },
    api_key: 'seam_testBuilding_LocalSandboxOnly',
    ...places(doors, devices, spaces),
    ...residents(people),
    ...groupsOf(groups, Math.min(membersPerGroup, people), people, doors),
    ...accessOf(grants, people, spaces),
  }
}

/** The numbers from 1 on, each made into something. */
const each = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1))

/** Those of `count` numbers that fall to one of `hands` players when they are dealt out. */
const dealt = (count: number, hand: number, hands: number): number[] =>
  each(Math.max(0, Math.ceil((count - hand + 1) / hands)), (turn) => hand + (turn - 1) * hands)

/** Which of `count` numbers the next one in turn is. */
const inTurn = (number: number, count: number): number => ((number - 1) % count) + 1

function places(doors: number, devices: number, spaces: number) {
  return {
    connected_accounts: [
      { connected_account_id: ids.accounts.system, display_name: 'Building' },
      {
        connected_account_id: ids.accounts.locks,
        account_type: 'schlage',
        account_type_display_name: 'Schlage',
        display_name: 'Standalone locks',
      },
    ],
    acs_systems: [
      { acs_system_id: ids.system, connected_account_id: ids.accounts.system, name: 'Building' },
    ],
    acs_entrances: each(doors, (number) => ({
      acs_entrance_id: ids.entrance(number),
      acs_system_id: ids.system,
      display_name: `Door ${number}`,
      can_unlock_with_card: true,
      can_unlock_with_code: true,
      can_unlock_with_mobile_key: true,
    })),
    devices: each(devices, (number) => ({
      device_id: ids.device(number),
      connected_account_id: ids.accounts.locks,
      display_name: `Lock ${number}`,
    })),
    spaces: each(spaces, (number) => ({
      space_id: ids.space(number),
      space_key: keys.space(number),
      name: `Space ${number}`,
      acs_entrance_ids: dealt(doors, number, spaces).map(ids.entrance),
      device_ids: dealt(devices, number, spaces).map(ids.device),
    })),
  } satisfies Partial<SeedData>
}

function residents(people: number) {
  const named = (number: number) => ({
    user_identity_id: ids.userIdentity(number),
    full_name: `Person ${number}`,
    email_address: `${keys.userIdentity(number)}@building.example`,
  })
  return {
    user_identities: each(people, (number) => ({
      ...named(number),
      user_identity_key: keys.userIdentity(number),
    })),
    acs_users: each(people, (number) => ({
      ...named(number),
      acs_user_id: ids.acsUser(number),
      acs_system_id: ids.system,
    })),
  } satisfies Partial<SeedData>
}

function groupsOf(groups: number, members: number, people: number, doors: number) {
  return {
    acs_access_groups: each(groups, (group) => ({
      acs_access_group_id: ids.accessGroup(group),
      acs_system_id: ids.system,
      name: `Group ${group}`,
      acs_entrance_ids: dealt(doors, group, groups).map(ids.entrance),
    })),
    memberships: each(groups, (group) =>
      each(members, (member) => ({
        acs_access_group_id: ids.accessGroup(group),
        acs_user_id: ids.acsUser(inTurn((group - 1) * members + member, people)),
      })),
    ).flat(),
  } satisfies Partial<SeedData>
}

// All grants of a person share one PIN, as they do when they are made by the API.
function accessOf(grants: number, people: number, spaces: number) {
  const owners = Math.min(people, grants)
  const code = (person: number) => String(100_000 + person)
  return {
    access_methods: each(owners, (person) => ({
      access_method_id: ids.accessMethod(person),
      mode: 'code' as const,
      code: code(person),
    })),
    access_grants: each(owners === 0 ? 0 : grants, (number) => {
      const person = inTurn(number, people)
      return {
        access_grant_id: ids.grant(number),
        access_grant_key: keys.grant(number),
        user_identity_id: ids.userIdentity(person),
        name: `Grant ${number}`,
        space_ids: spaces === 0 ? [] : [ids.space(inTurn(number, spaces))],
        access_method_ids: [ids.accessMethod(person)],
        requested_access_methods: [
          {
            mode: 'code' as const,
            display_name: 'PIN Code',
            created_at: '2024-01-15T09:00:00.000Z',
            created_access_method_ids: [ids.accessMethod(person)],
          },
        ],
      }
    }),
  } satisfies Partial<SeedData>
}
