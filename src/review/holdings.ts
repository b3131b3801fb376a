import { isWire, unknown, type Opening, type Wire } from '../schema'
import { isTakenOver, secret, stays, type Change, type Plan, type Side } from './plan'
import { isPlace, type Subject, type Subjects, type When } from './subjects'

/** When something opens: instants, or `unknown` until the deployment; open where left out. */
export interface Window {
  readonly from?: string | typeof unknown
  readonly until?: string | typeof unknown
}

/** One person gets through one door in a window of time, because of one resource. */
export interface Holding {
  readonly person: Subject
  readonly door: Subject
  readonly window: Window
  readonly change: Change
  /** The space that the door is inside of, where the person only holds that. */
  readonly via?: Subject
  /** What happens to the space says it all; this only tells that the door is open by it, too. */
  readonly isAside?: boolean
  /** Where the doors of the space change: the resource by which the person holds the space. */
  readonly holds?: Change
}

export interface Both {
  readonly before: readonly Holding[]
  readonly after: readonly Holding[]
}

/** Who gets through what, before and after the plan. */
export function holdings(plan: Plan, subjects: Subjects): Both {
  const sides = plan.changes.map((change) => ofChange(change, subjects))
  const before = sides.flatMap((side) => side.before)
  const after = sides.flatMap((side) => side.after)
  const doors = plan.changes.flatMap((change) => insideOf(change, subjects))
  const moved = new Set(doors.map(({ space }) => space.key))
  // Of whom nothing changes, nobody asks.
  const touched = new Set(
    [...before, ...after]
      .filter(({ change, door }) => change.action !== 'keep' || moved.has(door.key))
      .map(({ person }) => person.key),
  )
  const doorsOf = insides(subjects)
  const aside = (all: readonly Holding[]) =>
    all.flatMap((holding) =>
      moved.has(holding.door.key) || !touched.has(holding.person.key)
        ? []
        : doorsOf(holding.door).map((door): Holding => ({
            ...holding,
            door,
            via: holding.door,
            isAside: true,
          })),
    )
  return {
    before: [...before, ...inside(before, doors, 'before'), ...aside(before)],
    after: [...after, ...inside(after, doors, 'after'), ...aside(after)],
  }
}

/** The doors inside a space, as far as anybody has told; many hold the same. */
function insides(subjects: Subjects): (space: Subject) => readonly Subject[] {
  const known = new Map<string, readonly Subject[]>()
  return (space) => {
    // Being in a system opens no door of it by that alone.
    if (!isPlace(space) || space.kind === 'acs_system') return []
    const inner = known.get(space.key) ?? [
      ...new Map((subjects.inside(space) ?? []).map((door) => [door.key, door])).values(),
    ]
    known.set(space.key, inner)
    return inner
  }
}

function ofChange(change: Change, subjects: Subjects): Both {
  const { definition, before, after, action } = change
  const { opens } = definition
  if (!opens) return { before: [], after: [] }
  const of = (when: When) => heldBy(change, when, opens, subjects)
  const was = opens.adds && !change.isDrift ? whoIsThere(change, opens, subjects) : of('before')
  // What is taken over opens by then what it will open.
  if (action === 'create' && isTakenOver(change)) return { before: of('after'), after: of('after') }
  const now = [...(stays(change) ? of('before') : []), ...of('after')]
  // A holder that is made or deleted opens and closes nothing by itself.
  if (!opens.isHolder) return { before: was, after: now }
  return { before: before ? was : now, after: after ? now : was }
}

function heldBy(change: Change, when: When, opens: Opening, subjects: Subjects): Holding[] {
  const side = change[when]
  if (!side || (change.action === 'forget' && when === 'after')) return []
  if (opens.unless && side.inputs[opens.unless] === true) return []
  return holdersOf(change, side, opens, subjects, when).flatMap(({ holder, person, cause }) =>
    doorsOf(change, side, opens, subjects, holder, when)
      .filter((door) => when === 'before' || !(door.endedBy ?? holder.endedBy))
      .map((door) => {
        // What stays as it is loses what it names all the same, if that goes.
        const end = change.action === 'keep' && (door.endedBy ?? holder.endedBy)
        return { person, door, window: windowOf(side.inputs, opens), change: end || cause }
      }),
  )
}

/** Who holds it, and the resource that makes it so: one that stays may come to be another person's. */
function holdersOf(
  change: Change,
  side: Side,
  opens: Opening,
  subjects: Subjects,
  when: When,
): { holder: Subject; person: Subject; cause: Change }[] {
  const holders = opens.isHolder
    ? [subjects.ofChange(change)]
    : subjects.allNamed(change, side, opens.who, when).filter((one) => !subjects.isIdle(one, when))
  return holders.map((holder) => {
    const cause = (change.action === 'keep' && subjects.relinking(holder)) || change
    return { holder, person: subjects.person(holder, when), cause }
  })
}

function doorsOf(
  change: Change,
  side: Side,
  opens: Opening,
  subjects: Subjects,
  holder: Subject,
  when: When,
): Subject[] {
  const doors = subjects.allNamed(change, side, opens.what, when)
  if (doors.length > 0) return doors
  return [subjects.system(change, side, holder, when)]
}

/** Where a plan has looked who is there: those, and not who was there when it was last deployed. */
function whoIsThere(change: Change, opens: Opening, subjects: Subjects): Holding[] {
  const { after, action } = change
  const last = heldBy(change, 'before', opens, subjects)
  if (!after || action === 'delete' || Object.values(after.inputs).includes(unknown)) return last
  const ids = (name?: string) => [(name && after.inputs[name]) ?? []].flat().map(String)
  const missing = new Set(ids(opens.adds))
  const wanted = heldBy(change, 'after', opens, subjects)
  const extra = ids(opens.removes).map((text) => extraHolder(text, opens, subjects))
  const [any] = doorsOf(change, after, opens, subjects, subjects.ofChange(change), 'after')
  const isThere = new Set(
    heldIds(after, opens)
      .filter((id) => !missing.has(id))
      .map((id) => subjects.person(subjects.at('acs_user', id), 'before').key),
  )
  return [
    // A list of another group has left this one; the plan has looked only there.
    ...(action === 'replace' ? last : []),
    ...wanted.filter(({ person }) => isThere.has(person.key)),
    ...extra.map((person) => ({ person, door: any!, window: {}, change })),
  ]
}

const heldIds = ({ inputs }: Side, { who }: Opening): string[] =>
  Object.values(who)
    .flat()
    .flatMap((field) => inputs[field] ?? [])
    .filter((id) => typeof id === 'string')

/** `Ben Okafor (<id>)`: the plan has read the name of whom it removes. */
function extraHolder(text: string, { who }: Opening, subjects: Subjects): Subject {
  const [kind = 'acs_user'] = Object.keys(who)
  const [, name, id] = /^(.*) \(([0-9a-f-]{36})\)$/s.exec(text) ?? []
  if (id === undefined) return { key: `${kind}:${text}`, kind, id, name: text }
  const person = subjects.person(subjects.at(kind, id), 'before')
  return person.name === undefined && name ? { ...person, name } : person
}

const member = (record: Wire, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (isWire(value) ? value[name] : undefined), record)

function windowOf(inputs: Wire, { from, until }: Opening): Window {
  const at = (path: string | undefined) => {
    const value = path === undefined ? undefined : member(inputs, path)
    return (value === secret ? unknown : value) as Window['from'] | undefined
  }
  const [begins, ends] = [at(from), at(until)]
  return {
    ...(begins !== undefined && { from: begins as string }),
    ...(ends !== undefined && { until: ends as string }),
  }
}

/** What is inside a space whose doors change. */
interface Inside {
  readonly space: Subject
  readonly change: Change
  readonly before: readonly Subject[]
  readonly after: readonly Subject[]
}

function insideOf(change: Change, subjects: Subjects): Inside[] {
  const { definition, before, after, changed } = change
  const { contains = {} } = definition
  const fields = Object.values(contains).flat()
  if (!before || !after || !fields.some((field) => changed.includes(field))) return []
  const space = subjects.ofChange(change)
  const now = subjects.allNamed(change, after, contains, 'after')
  const was = Object.entries(contains).flatMap(([kind, names]) => {
    const isOpen = names.every((field) => before.inputs[field] === undefined)
    // What the program left open so far is what Seam says; else nobody can tell what comes or goes.
    return isOpen
      ? (subjects.known(space, kind) ?? now.filter((door) => door.kind === kind))
      : subjects.allNamed(change, before, { [kind]: names }, 'before')
  })
  return [{ space, change, before: was, after: now }]
}

/** Whoever holds a space gets through the doors inside it. */
function inside(
  holdings: readonly Holding[],
  spaces: readonly Inside[],
  side: 'before' | 'after',
): Holding[] {
  const bySpace = new Map(spaces.map((one) => [one.space.key, one]))
  return holdings.flatMap(({ person, door: space, window, change: holds }) => {
    const found = bySpace.get(space.key)
    if (!found) return []
    const { change } = found
    return found[side].map((door) => ({ person, door, window, change, holds, via: space }))
  })
}
