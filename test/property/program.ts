import fc from 'fast-check'
import {
  accessGrant,
  accessGroupMembership,
  acsCredential,
  acsUser,
  space,
  userIdentity,
  type SeamResource,
} from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { fingerprint } from '../../src/provider'
import type { Declared, State } from './engine'

/** A resource of a random program; its numbers choose among values. */
export interface Part {
  kind: keyof typeof kinds
  name: string
  /** Where it was first declared: a rename keeps it. */
  origin: string
  isKeyed: boolean
  isAdopting: boolean
  value: number
  forcing: number
  /** Resources of the program to which it refers; `undefined` for one of the seed. */
  person?: string | undefined
  place?: string | undefined
}

const pick = <T>(values: readonly T[], at: number): T => values[at % values.length]!

const ends = ['2031-01-01T00:00:00Z', '2032-06-01T12:00:00+02:00', undefined]
const methods: Wire[][] = [
  [{ mode: 'code' }],
  [{ mode: 'code' }, { mode: 'card' }],
  [{ mode: 'mobile_key' }],
]
const { entrances, spaces, userIdentities, acsUsers, accessGroups, systems } = officeIds

type Make = (part: Part, state: State) => Wire | undefined

/** The id of what a part refers to; nothing while that does not exist. */
const refer = (state: State, name: string | undefined, otherwise: string) =>
  name === undefined ? otherwise : state.get(name)?.id

const kinds = {
  person: ({ origin, value, isKeyed }) => ({
    full_name: pick([`Pat ${origin}`, `Pat ${origin} Lee`, `P. ${origin}`], value),
    ...(value % 2 === 1 && { email_address: `${origin}@example.com` }),
    ...(isKeyed && { user_identity_key: `person-${origin}` }),
  }),
  place: ({ origin, value, forcing, isKeyed }) => ({
    name: pick([`Floor ${origin}`, `Wing ${origin}`], value),
    acs_entrance_ids: pick(
      [[entrances['labBench']], [entrances['labBench'], entrances['gymDoor']], []],
      value,
    ),
    ...(isKeyed && { space_key: `place-${origin}-${forcing % 2}` }),
  }),
  grant: ({ origin, value, forcing, isKeyed, person, place }, state) => {
    const user_identity_id = refer(state, person, userIdentities.ivan)
    const here = refer(state, place, pick([spaces.lab, spaces.gym], forcing))
    return user_identity_id && here
      ? {
          user_identity_id,
          space_ids: [here],
          requested_access_methods: pick(methods, value),
          ends_at: pick(ends, value),
          name: pick([undefined, `Grant ${origin}`], value),
          ...(isKeyed && { access_grant_key: `grant-${origin}` }),
        }
      : undefined
  },
  user: ({ origin, value }) => ({
    acs_system_id: systems.brivo,
    full_name: pick([`User ${origin}`, `User ${origin} Lee`], value),
    is_suspended: value % 3 === 2,
  }),
  edge: ({ forcing, person }, state) => {
    const acs_user_id = refer(state, person, acsUsers.brivoHugo)
    return acs_user_id
      ? {
          acs_access_group_id: pick([accessGroups.labTeam, accessGroups.itStaff], forcing),
          acs_user_id,
        }
      : undefined
  },
  credential: ({ value, forcing, person, origin }, state) => {
    const acs_user_id = refer(state, person, acsUsers.brivoHugo)
    // No two of a program are alike: nothing could tell them apart.
    const code = String(100_000 + (parseInt(fingerprint(origin, 6), 16) % 800_000) + (value % 2))
    return acs_user_id
      ? {
          acs_user_id,
          access_method: 'code',
          code,
          starts_at: pick(['2030-01-01T00:00:00Z', '2030-02-01T00:00:00Z'], forcing),
        }
      : undefined
  },
} satisfies Record<string, Make>

const definitions: Record<keyof typeof kinds, SeamResource> = {
  person: userIdentity,
  place: space,
  grant: accessGrant,
  user: acsUser,
  edge: accessGroupMembership,
  credential: acsCredential,
}

const local: Partial<Record<keyof typeof kinds, string[]>> = { edge: [] }

/** The program that the parts make. */
export const declared = (parts: readonly Part[]): Declared[] =>
  parts.map((part) => ({
    name: part.name,
    seed: fingerprint(part.name, 12),
    definition: definitions[part.kind],
    given: (state) => {
      const wire = (kinds[part.kind] as Make)(part, state)
      const canAdopt = !local[part.kind]
      return wire && { ...wire, ...(part.isAdopting && canAdopt && { adopt: true }) }
    },
  }))

/** One change of a program. */
export type Action =
  | { do: 'add'; kind: Part['kind']; isKeyed: boolean; value: number; forcing: number; at: number }
  | { do: 'edit' | 'replace' | 'rename' | 'remove' | 'reuse'; at: number; value: number }

const small = fc.nat({ max: 5 })

export const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      kind: fc.constantFrom(...(Object.keys(kinds) as Part['kind'][])),
      isKeyed: fc.boolean(),
      value: small,
      forcing: small,
      at: small,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('edit' as const, 'edit', 'replace', 'rename', 'remove', 'reuse'),
      at: small,
      value: small,
    }),
  },
)

const refersTo = { grant: ['person', 'place'], edge: ['user'], credential: ['user'] } as const

/** Two edges of one pair, or two users of one name, are one thing to Seam. */
const identity = ({ kind, name, forcing, person }: Part) =>
  kind === 'edge' ? `edge ${forcing % 2} ${person ?? ''}` : name

const unique = (parts: Part[]) =>
  parts.filter((part, at) => parts.findIndex((one) => identity(one) === identity(part)) === at)

/** Without what refers to something that is no longer there; in an order that can be deployed. */
function valid(parts: Part[]): Part[] {
  const order: Part['kind'][] = ['person', 'place', 'user', 'grant', 'edge', 'credential']
  const names = new Set(parts.map(({ name }) => name))
  const isThere = (name: string | undefined) => name === undefined || names.has(name)
  return unique(parts.filter(({ person, place }) => isThere(person) && isThere(place))).sort(
    (one, other) => order.indexOf(one.kind) - order.indexOf(other.kind),
  )
}

/** The program after a change, and what was renamed in it. */
export function changed(
  parts: readonly Part[],
  action: Action,
  next: () => number,
): { parts: Part[]; renamed?: [from: string, to: string] } {
  if (action.do === 'add') {
    const of = (kind: string) => parts.filter((part) => part.kind === kind)
    const [first, second] = refersTo[action.kind as keyof typeof refersTo] ?? []
    const choose = (kind: string | undefined) =>
      kind && action.value % 3 > 0 ? pick([...of(kind), undefined], action.at)?.name : undefined
    const origin = `${action.kind}-${next()}`
    const { kind, isKeyed, value, forcing } = action
    const person = choose(first)
    const place = choose(second)
    const part = { kind, isKeyed, value, forcing, origin, name: origin, isAdopting: false }
    return { parts: valid([...parts, { ...part, person, place }]) }
  }
  const one = parts[action.at % Math.max(parts.length, 1)]
  if (!one) return { parts: [...parts] }
  const others = parts.filter((part) => part !== one)
  if (action.do === 'remove') return { parts: valid(others) }
  if (action.do === 'edit') {
    return { parts: valid([...others, { ...one, value: one.value + 1 + action.value }]) }
  }
  if (action.do === 'replace') {
    return { parts: valid([...others, { ...one, forcing: one.forcing + 1 }]) }
  }
  if (action.do === 'reuse') {
    // The same name and the same key of another life: removed and declared again with other values.
    return { parts: valid([...others, { ...one, value: action.value, forcing: action.value }]) }
  }
  const name = `${one.origin}-${next()}`
  const follow = (part: Part): Part => ({
    ...part,
    ...(part.person === one.name && { person: name }),
    ...(part.place === one.name && { place: name }),
  })
  return { parts: valid([...others.map(follow), { ...one, name }]), renamed: [one.name, name] }
}
