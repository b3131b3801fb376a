import test from 'ava'
import fc from 'fast-check'
import { refusedRenames, type Review } from '../../src/review'
import { idOf, later, now, reviewOf, runsOf, urnOf, type Given } from '../review/plans'

/** What a program does with a resource that it had. */
type Fate = 'keep' | 'drop' | 'rename' | 'alias' | 'move'

/** What a person may open: doors as such, or spaces. */
interface Doors {
  spaces: number[]
  doors: number[]
}

interface GrantPlan {
  person: number
  before: Doors
  after: Doors
  /** Until when, in hours from now; open-ended where it is nothing. */
  until: [before: number | null, after: number | null]
  fate: Fate | 'add'
  /** Another grant before which it was made, so that it hangs on that one. */
  hangsOn: number | null
}

interface Scene {
  people: { fate: Fate; hasAddress: boolean }[]
  spaces: { fate: Fate; before: number[]; after: number[] }[]
  grants: GrantPlan[]
}

const fate = fc.constantFrom<Fate>('keep', 'keep', 'keep', 'drop', 'rename', 'alias', 'move')
const some = (most: number) => fc.uniqueArray(fc.nat({ max: most }), { maxLength: 2 })
const doors: fc.Arbitrary<Doors> = fc.record({ spaces: some(1), doors: some(2) })
const sometimes = <T>(value: fc.Arbitrary<T>, { times }: { times: number }) =>
  fc.oneof({ weight: times, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value })
const hours = sometimes(fc.constantFrom(1, 3), { times: 2 })

const scene: fc.Arbitrary<Scene> = fc.record({
  people: fc.array(
    fc.record({ fate, hasAddress: fc.integer({ min: 0, max: 9 }).map((one) => one === 0) }),
    { minLength: 2, maxLength: 2 },
  ),
  spaces: fc.array(fc.record({ fate, before: some(2), after: some(2) }), {
    minLength: 2,
    maxLength: 2,
  }),
  grants: fc.array(
    fc
      .record({
        person: fc.nat({ max: 1 }),
        before: doors,
        after: sometimes(doors, { times: 2 }),
        until: fc.tuple(hours, hours),
        fate: fc.oneof(fate, fc.constant('add' as const)),
        hangsOn: sometimes(fc.nat({ max: 3 }), { times: 3 }),
      })
      .map(({ after, ...grant }) => ({ ...grant, after: after ?? grant.before })),
    { minLength: 1, maxLength: 5 },
  ),
})

/** A resource of a program. */
interface Declared {
  type: string
  name: string
  urn: string
  given: Given
  /** Addresses, by input. */
  refers: Record<string, string[]>
  dependencies: string[]
}

interface World {
  before: Map<string, Declared & { id: string }>
  after: Map<string, Declared>
  /** The URN before, by the one after. */
  was: Map<string, string>
}

const instant = (hours: number | null) =>
  hours === null ? {} : { endsAt: new Date(now + hours * 3_600_000).toISOString() }

const entrance = (number: number) => idOf(900 + number)
const moved = (urn: string) => urn.replace('::pulumi-nodejs', '::acme:index:Team$pulumi-nodejs')

/** Two programs, and what an engine knows of them. */
function worldOf({ people, spaces, grants }: Scene): World {
  const before: World['before'] = new Map()
  const after: World['after'] = new Map()
  const was: World['was'] = new Map()
  const ids = new Map<string, string>()
  // By URN before: where it is after, and what is known of its id.
  const enter = (
    type: string,
    name: string,
    fate: Fate | 'add',
    id: string,
    of: (side: 'before' | 'after') => Pick<Declared, 'given' | 'refers' | 'dependencies'>,
  ) => {
    const old = urnOf(type, name)
    const isNew = fate === 'rename' || fate === 'alias'
    const next = fate === 'move' ? moved(old) : urnOf(type, isNew ? `${name}-new` : name)
    if (fate !== 'add') {
      before.set(old, { type, name, urn: old, id, ...of('before') })
      ids.set(old, id)
    }
    if (fate === 'drop') return
    after.set(next, { type, name: next.replace(/^.*::/, ''), urn: next, ...of('after') })
    if (fate === 'keep' || fate === 'alias') was.set(next, old)
  }
  const places = (type: string, name: string, fate: Fate) => {
    const old = urnOf(type, name)
    if (fate === 'drop') return undefined
    if (fate === 'move') return moved(old)
    return urnOf(type, fate === 'keep' ? name : `${name}-new`)
  }
  people.forEach(({ fate, hasAddress }, at) => {
    const address = hasAddress ? { emailAddress: `p${at}@example.com` } : {}
    const given = { fullName: `Person ${at}`, ...address }
    enter('UserIdentity', `p${at}`, fate, idOf(100 + at), () => {
      return { given, refers: {}, dependencies: [] }
    })
  })
  spaces.forEach((space, at) => {
    enter('Space', `s${at}`, space.fate, idOf(200 + at), (side) => {
      const acsEntranceIds = space[side].map(entrance)
      return {
        given: { name: `Space ${at}`, acsEntranceIds, deviceIds: [] },
        refers: {},
        dependencies: [],
      }
    })
  })
  grants.forEach((grant, at) => {
    const person = people[grant.person]!
    const isOver = person.fate === 'drop'
    if (isOver && grant.fate === 'add') return
    enter('AccessGrant', `g${at}`, isOver ? 'drop' : grant.fate, idOf(300 + at), (side) => {
      const here = (type: string, name: string, fate: Fate) =>
        side === 'before' ? urnOf(type, name) : places(type, name, fate)!
      const who = here('UserIdentity', `p${grant.person}`, person.fate)
      const open = grant[side].spaces.filter(
        (one) => side === 'before' || spaces[one]!.fate !== 'drop',
      )
      const what = open.map((one) => here('Space', `s${one}`, spaces[one]!.fate))
      const idsOf = (urns: string[]) =>
        urns.map((urn) =>
          side === 'before' ? ids.get(urn)! : (ids.get(was.get(urn) ?? '') ?? later),
        )
      const { hangsOn } = grant
      // An older grant that is there on this side.
      const names = hangsOn !== null && hangsOn < at ? [urnOf('AccessGrant', `g${hangsOn}`)] : []
      const all = side === 'before' ? before : after
      return {
        given: {
          userIdentityId: idsOf([who])[0],
          spaceIds: idsOf(what),
          acsEntranceIds: grant[side].doors.map(entrance),
          requestedAccessMethods: [{ mode: 'card' }],
          ...instant(grant.until[side === 'before' ? 0 : 1]),
        },
        refers: { userIdentityId: [who], spaceIds: what },
        dependencies: names.filter((one) => all.has(one)),
      }
    })
  })
  return { before, after, was }
}

type Op = 'create' | 'same' | 'update' | 'replace' | 'delete'

/** What an engine does with what the program declares. */
function opOf(next: Declared, old: Declared | undefined): Op {
  if (!old) return 'create'
  const differs = (name: string) =>
    JSON.stringify(old.given[name]) !== JSON.stringify(next.given[name])
  const fixed = ['userIdentityId', 'spaceIds', 'acsEntranceIds']
  if (next.type === 'AccessGrant' && fixed.some(differs)) return 'replace'
  return Object.keys({ ...old.given, ...next.given }).some(differs) ? 'update' : 'same'
}

interface Planned {
  op: Op
  urn: string
  old?: Declared & { id: string }
  next?: Declared
}

function planned({ before, after, was }: World): Planned[] {
  const kept = new Set(was.values())
  return [
    ...[...after.values()].map((next): Planned => {
      const old = before.get(was.get(next.urn) ?? '')
      return { op: opOf(next, old), urn: next.urn, next, ...(old && { old }) }
    }),
    ...[...before.values()]
      .filter(({ urn }) => !kept.has(urn))
      .map((old): Planned => ({ op: 'delete', urn: old.urn, old })),
  ]
}

const stateOf = ({ urn, type, given, refers, dependencies }: Declared, id?: string) => ({
  urn,
  type: `pulumi-nodejs:dynamic/seam:${type}`,
  inputs: given,
  outputs: given,
  propertyDependencies: refers,
  dependencies,
  ...(id !== undefined && { id }),
})

function stepOf({ op, urn, old, next }: Planned) {
  const names = Object.keys({ ...old?.given, ...next?.given })
  const diffReasons = names.filter(
    (name) => JSON.stringify(old?.given[name]) !== JSON.stringify(next?.given[name]),
  )
  return {
    op,
    urn,
    ...(old && { oldState: stateOf(old, old.id) }),
    ...(next && { newState: stateOf(next) }),
    ...(old && next && { diffReasons }),
  }
}

/** What Seam and the state have while a plan is carried out: the declared, by URN. */
type Standing = Map<string, Declared>

const needsOf = ({ refers, dependencies }: Declared) => [
  ...Object.values(refers).flat(),
  ...dependencies,
]

/** Who opens which entrance, at each hour that makes a difference: `person entrance hour`. */
function opens(standing: Standing): Set<string> {
  const open = new Set<string>()
  const find = (urn: string) => standing.get(urn)
  for (const { type, given, refers } of standing.values()) {
    if (type !== 'AccessGrant') continue
    const person = find(refers['userIdentityId']![0]!)
    if (!person) continue
    const inner = refers['spaceIds']!.flatMap((urn) => find(urn)?.given['acsEntranceIds'] ?? [])
    for (const door of [...(given['acsEntranceIds'] as string[]), ...inner] as string[]) {
      for (const hour of [0, 2, 4]) {
        const until = given['endsAt'] as string | undefined
        if (until !== undefined && Date.parse(until) <= now + hour * 3_600_000) continue
        open.add(`${String(person.given['fullName'])} ${door} ${hour}`)
      }
    }
  }
  return open
}

/** What stands in the way of a run, by the rules of the engine. */
function refusalOf(targets: string[], plan: Planned[], state: Standing): string | undefined {
  const byUrn = new Map(plan.map((one) => [one.urn, one]))
  const reached = new Set(targets)
  for (const urn of reached) {
    const one = byUrn.get(urn)
    if (!one) return `${urn} is not in the plan`
    if (one.op === 'delete' && !state.has(urn)) return `${urn} could not be found`
    if (targets.includes(urn) && one.next) {
      const missing = needsOf(one.next).find((need) => byUrn.get(need)?.op === 'create')
      if (missing) return `${urn} needs ${missing}, which is yet to be made`
    }
    for (const other of state.values()) {
      if (!needsOf(other).includes(one.old?.urn ?? urn)) continue
      const dependent = plan.find(({ old }) => old?.urn === other.urn)!
      reached.add(dependent.urn)
      const mustBe = dependent.op === 'delete' || (one.op === 'delete' && targets.includes(urn))
      if (mustBe && !targets.includes(dependent.urn)) return `${dependent.urn} hangs on ${urn}`
    }
  }
  return undefined
}

/** Carries out a run, as far as its targets go; what has an alias keeps its old URN until the rest. */
function carryOut(targets: string[], plan: Planned[], state: Standing): void {
  for (const { urn, op, old, next } of plan) {
    if (!targets.includes(urn)) continue
    if (op === 'delete') state.delete(urn)
    else if (old && next) {
      state.set(old.urn, { ...next, urn: old.urn, refers: oldRefers(next, plan) })
    }
  }
}

const oldRefers = ({ refers }: Declared, plan: Planned[]) =>
  Object.fromEntries(
    Object.entries(refers).map(([name, urns]) => [
      name,
      urns.map((urn) => plan.find((one) => one.urn === urn)?.old?.urn ?? urn),
    ]),
  )

const reviewed = (plan: Planned[]): Review => reviewOf(...plan.map(stepOf))

test('seam-iac up: no pass closes a door that is to stay open, nor names what is gone', (t) => {
  let runs = 0
  let deleted = 0
  fc.assert(
    fc.property(scene, (one) => {
      const world = worldOf(one)
      const plan = planned(world)
      const seen = reviewed(plan)
      const isRefused = refusedRenames(seen.plan.changes).length > 0
      const wasRenamed = one.people.some(
        ({ fate, hasAddress }) => hasAddress && (fate === 'rename' || fate === 'move'),
      )
      if (isRefused !== wasRenamed) throw new Error(`refused: ${isRefused}`)
      // Then nothing is carried out at all.
      const passes = runsOf(seen)
      const state: Standing = new Map(world.before)
      const [first, last] = [opens(state), opens(new Map(world.after))]
      const stays = [...first].filter((door) => last.has(door))
      for (const targets of passes) {
        runs += 1
        const refusal = refusalOf(targets, plan, state)
        if (refusal) throw new Error(refusal)
        carryOut(targets, plan, state)
        deleted += world.before.size - state.size
        const open = opens(state)
        const closed = stays.filter((door) => !open.has(door))
        if (closed.length > 0) {
          throw new Error(`closed by ${targets.join(', ')}: ${closed.join(', ')}`)
        }
      }
    }),
    { numRuns: 2_000 },
  )
  t.true(runs > 100 && deleted > 100, 'there were passes at all')
})
