import fc from 'fast-check'
import { fingerprint } from '../../src/provider'
import { accessGrant, space, userIdentity, type SeamResource } from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import type { Declared, State } from './engine'

// Programs of two states that have the same names, as with a renamed stack, or a second backend.

const names = [
  'person-1',
  'person-2',
  'place-1',
  'place-2',
  'grant-1',
  'grant-2',
  'grant-3',
] as const
type Name = (typeof names)[number]
type Kind = 'person' | 'place' | 'grant'

export interface Part {
  name: Name
  /** Chooses what can be changed in place. */
  value: number
  /** Chooses what makes a new object of a grant. */
  forcing: number
  isRetained: boolean
  adoptId?: string | undefined
}

export interface Stack {
  state: State
  parts: Part[]
  /** Told apart from the other one by a namespace. */
  namespace: string
}

const kindOf = (name: Name) => name.replace(/-.*/, '') as Kind
const order: Kind[] = ['person', 'place', 'grant']
const definitions: Record<Kind, SeamResource> = {
  person: userIdentity,
  place: space,
  grant: accessGrant,
}

const { entrances, spaces, userIdentities } = officeIds
const pick = <T>(values: readonly T[], at: number): T => values[at % values.length]!

/** What stands under a name, and its object; one of the seed where the program has none. */
const refer = (parts: Part[], state: State, name: Name, otherwise: string) =>
  parts.some((part) => part.name === name) ? state.get(name)?.id : otherwise

const given: Record<Kind, (part: Part, stack: Stack) => Wire | undefined> = {
  person: ({ value }) => ({ full_name: pick(['Pat', 'Pat Lee', 'P. Lee'], value) }),
  place: ({ value }) => ({
    name: pick(['Floor', 'Wing'], value),
    acs_entrance_ids: pick([[entrances.labBench], [entrances.labBench, entrances.gymDoor]], value),
  }),
  grant: ({ value, forcing }, { parts, state }) => {
    const user = refer(parts, state, pick(['person-1', 'person-2'], forcing), userIdentities.ivan)
    const at = refer(parts, state, pick(['place-1', 'place-2'], forcing >> 1), spaces.lab)
    return user && at
      ? {
          user_identity_id: user,
          space_ids: [at],
          requested_access_methods: pick([[{ mode: 'code' }], [{ mode: 'card' }]], value >> 1),
          name: pick([undefined, 'Grant'], value),
        }
      : undefined
  },
}

export const declared = (stack: Stack): Declared[] =>
  order.flatMap((kind) =>
    stack.parts
      .filter(({ name }) => kindOf(name) === kind)
      .map((part) => ({
        name: part.name,
        seed: fingerprint(stack.namespace + part.name, 12),
        definition: definitions[kind],
        isRetained: part.isRetained,
        given: () => {
          const wire = given[kind](part, stack)
          return wire && { ...wire, ...(part.adoptId && { adopt_id: part.adoptId }) }
        },
      })),
  )

const name = fc.constantFrom(...names)
const small = fc.nat({ max: 3 })

/** One change of the program, or of the state by hand. */
export const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('declare' as const),
      name,
      value: small,
      forcing: small,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('remove' as const, 'rename', 'rename without alias', 'retain', 'forget'),
      name,
      value: small,
      forcing: small,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('move' as const, 'adopt', 'adopt by hand'),
      name,
      value: small,
      forcing: small,
    }),
  },
)
export type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

const another = (parts: Part[], kind: Kind, at: number): Name | undefined => {
  const free = names.filter(
    (one) => kindOf(one) === kind && parts.every((part) => part.name !== one),
  )
  return free.length > 0 ? pick(free, at) : undefined
}

/** Changes a program, its state, and perhaps those of the other stack. */
export function change(
  stack: Stack,
  other: Stack,
  { do: what, name, value, forcing }: Action,
): void {
  const one = stack.parts.find((part) => part.name === name)
  const others = stack.parts.filter((part) => part !== one)
  const entry = stack.state.get(name)
  if (what === 'declare') {
    stack.parts = [...others, { isRetained: false, ...one, name, value, forcing }]
  } else if (what === 'adopt' || what === 'adopt by hand') {
    const adoptId = other.state.get(name)?.id
    if (adoptId && !entry) {
      const like = other.parts.find((part) => part.name === name)
      stack.parts = [...others, { value, forcing, ...like, isRetained: false, name, adoptId }]
    }
  } else if (one) {
    changeOne(stack, other, one, { do: what, name, value, forcing })
  }
}

/** Changes a resource that the program has. */
function changeOne(
  stack: Stack,
  other: Stack,
  one: Part,
  { do: what, name, value, forcing }: Action,
): void {
  const others = stack.parts.filter((part) => part !== one)
  const entry = stack.state.get(name)
  const next = another(stack.parts, kindOf(name), value)
  if (what === 'remove') {
    stack.parts = others
  } else if (what === 'retain') {
    stack.parts = [...others, { ...one, isRetained: true }]
  } else if (what === 'forget') {
    stack.state.delete(name)
  } else if (what === 'move') {
    if (!entry || other.state.has(name) || other.parts.some((part) => part.name === name)) return
    stack.parts = others
    stack.state.delete(name)
    other.parts = [...other.parts, one]
    other.state.set(name, entry)
  } else if (next) {
    // A new resource may take the old name at once.
    const again = value > 1 ? [{ ...one, value, forcing }] : []
    stack.parts = [...others, ...again, { ...one, name: next }]
    if (what === 'rename' && entry) {
      stack.state.delete(name)
      stack.state.set(next, entry)
    }
  }
}
