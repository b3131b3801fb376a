import { unknown, type Opening } from '../../schema'
import type { Model } from './model'
import { isPlace } from './places'
import { isTakenOver, stays, type Change, type Side } from '../plan/plan'
import { modesOf, windowOf } from '../plan/sides'
import type { Subject, When } from './subjects'
import { both, type Window } from './times'

export type { Window } from './times'

/** One person gets through one door in a window of time, because of one resource. */
export interface Holding {
  readonly person: Subject
  /** An entrance or a lock; a whole place where nobody knows what is inside it. */
  readonly door: Subject
  readonly window: Window
  /** The window of the resource alone. */
  readonly own: Window
  /** By what the door opens, in Seam's words for modes; nothing where membership alone opens it. */
  readonly modes?: readonly string[]
  /** The resource that opens it. */
  readonly change: Change
  /** The place that the door is inside of, where that is what the resource names. */
  readonly via?: Subject
  /** By the object that the plan lets be, and not by another one in its place. */
  readonly isLeft?: boolean
  /** Resources that change, and without which it would not be so. */
  readonly makers: readonly Change[]
}

export interface Both {
  readonly before: readonly Holding[]
  readonly after: readonly Holding[]
}

/** Who gets through which doors, before and after the plan. */
export function holdings(model: Model): Both {
  const worlds = new Worlds(model)
  const sides = model.plan.changes.map((change) => worlds.ofChange(change))
  return {
    before: sides.flatMap((side) => side.before),
    after: sides.flatMap((side) => side.after),
  }
}

/** Who has what a resource opens, and on whose account. */
interface Held {
  readonly holder: Subject
  readonly person: Subject
  /** What bounds it on the holder's side; nothing where the holder opens nothing at all. */
  readonly window: Window
  readonly makers: readonly Change[]
}

/** A door that a resource opens, itself or by a place. */
interface Opened {
  readonly door: Subject
  readonly via?: Subject
  readonly makers: readonly Change[]
}

class Worlds {
  private readonly plan: Model['plan']
  private readonly subjects: Model['subjects']
  private readonly users: Model['users']
  private readonly places: Model['places']

  constructor({ plan, subjects, users, places }: Model) {
    this.plan = plan
    this.subjects = subjects
    this.users = users
    this.places = places
  }

  ofChange(change: Change): Both {
    const { definition, before, action } = change
    const { opens } = definition
    if (!opens) return { before: [], after: [] }
    if (opens.isHolder) return this.ofHolder(change, opens)
    const side = (given: Side | undefined, from: When, at: When) =>
      given ? this.heldBy(change, given, opens, from, at) : []
    const was = this.before(change, opens)
    const after = action === 'delete' || action === 'forget' ? undefined : change.after
    const now = side(after, 'after', 'after')
    // What is taken over opens by then what it will open.
    if (action === 'create' && !before && isTakenOver(change)) {
      return { before: side(change.after, 'after', 'before'), after: now }
    }
    const left = stays(change) ? side(before, 'before', 'after') : []
    return { before: was, after: [...left.map((one) => ({ ...one, isLeft: true })), ...now] }
  }

  /**
   * What a user may hold beyond the plan opens by the user's leave. Where Seam was not asked, that may
   * be anything in the system; whoever is created or deleted opens and closes nothing by that alone.
   */
  private ofHolder(change: Change, opens: Opening): Both {
    const { before, after, action } = change
    if (this.plan.isSeen || !before || !after || action !== 'update') {
      return { before: [], after: [] }
    }
    const held = (side: Side, when: When): Holding[] => {
      const user = this.subjects.ofChange(change)
      const { window, isIdle } = this.users.bounds(user, when)
      const person = this.users.person(user, when)
      const [door] = this.subjects.allNamed(change, side, opens.what, when)
      if (isIdle || !door) return []
      return [{ person, door, window, own: window, change, makers: [] }]
    }
    return { before: held(before, 'before'), after: held(after, 'after') }
  }

  private before(change: Change, opens: Opening): Holding[] {
    if (!opens.adds || change.isDrift || this.plan.isSeen) {
      return change.before ? this.heldBy(change, change.before, opens, 'before', 'before') : []
    }
    return this.whoIsThere(change, opens)
  }

  /**
   * @param from the side of the plan that says what is held
   * @param at when that is so: what is let go stays as it was, in a world where other things change
   */
  private heldBy(change: Change, side: Side, opens: Opening, from: When, at: When): Holding[] {
    if (opens.unless && side.all[opens.unless] === true) return []
    const modes = modesOf(side, opens)
    const own = windowOf(side.all, opens)
    return this.holders(change, side, opens, from, at).flatMap(({ holder, person, ...held }) =>
      this.opened(change, side, opens, holder, from, at).flatMap(({ door, via, makers }) => {
        const working = modes && this.places.working(door, modes)
        if (working?.length === 0) return []
        return {
          person,
          door,
          window: both(own, held.window),
          own,
          ...(working && { modes: working }),
          change,
          ...(via && { via }),
          makers: [...new Set([...held.makers, ...makers])],
        }
      }),
    )
  }

  private holders(change: Change, side: Side, opens: Opening, from: When, at: When): Held[] {
    const named = this.subjects.allNamed(change, side, opens.who, from)
    const all = named.length > 0 ? named : this.users.answered(side, opens)
    return all.flatMap((named) => {
      if (at === 'after' && named.endedBy) return []
      const user = this.users.userFor(change, side, named)
      const bounds = user && this.users.bounds(user, at)
      if (bounds?.isIdle || (at === 'after' && user?.endedBy)) return []
      const holder = user ?? named
      const maker = user && this.users.bounding(user)
      const person = this.users.behind(change, named, user, at)
      // Users go with the person for whom they stand.
      const end = user && this.subjects.going(person)
      if (at === 'after' && end) return []
      return {
        holder,
        person,
        window: bounds?.window ?? {},
        makers: [maker, named.endedBy, end].filter((one) => one !== undefined),
      }
    })
  }

  private opened(
    change: Change,
    side: Side,
    opens: Opening,
    holder: Subject,
    from: When,
    at: When,
  ): Opened[] {
    const named = this.subjects.allNamed(change, side, opens.what, from)
    const own = this.places.ownDoors(change)
    const all = [...named, ...own]
    if (all.length === 0 && !this.plan.isSeen) {
      all.push(this.users.system(change, side, holder, from))
    }
    const doors = all.flatMap((one) => this.doorsOf(one, at))
    return [...new Map(doors.map((one) => [`${one.door.key} ${one.via?.key}`, one])).values()]
  }

  private doorsOf(named: Subject, at: When): Opened[] {
    if (at === 'after' && named.endedBy) return []
    const change = this.subjects.changing(named)
    if (!isPlace(named) || named.kind === 'acs_system') {
      return [{ door: named, makers: change ? [change] : [] }]
    }
    const { doors, isWhole } = this.places.doorsIn(named, at)
    const other = this.places.doorsIn(named, at === 'after' ? 'before' : 'after')
    // A place that only gets another name opens what it did.
    const isThere = (door: Subject) =>
      change?.action === 'update' && other.doors.some(({ key }) => key === door.key)
    const inner = doors.map((door): Opened => {
      return { door, via: named, makers: change && !isThere(door) ? [change] : [] }
    })
    // The rest of it, which nobody has told.
    const makers = change && change.action !== 'update' ? [change] : []
    return isWhole ? inner : [...inner, { door: named, via: named, makers }]
  }

  /** Where a plan has looked who is there: those, and not who was there when it was last deployed. */
  private whoIsThere(change: Change, opens: Opening): Holding[] {
    const { before, after, action } = change
    const last = before ? this.heldBy(change, before, opens, 'before', 'before') : []
    if (!after || action === 'delete' || Object.values(after.inputs).includes(unknown)) return last
    const ids = (name?: string) => [(name && after.inputs[name]) ?? []].flat().map(String)
    const missing = new Set(ids(opens.adds))
    const [kind = 'acs_user', [field = ''] = []] = Object.entries(opens.who)[0] ?? []
    const listed = ids(field).filter((id) => !missing.has(id))
    const extra = ids(opens.removes).map((text) => this.extra(text, kind))
    const inputs = { ...after.inputs, [field]: [...listed, ...extra.map(({ id }) => id)] }
    const there = { inputs, all: { ...after.all, ...inputs } }
    const now = this.heldBy(change, there, opens, 'before', 'before')
    const names = new Map(extra.map((one) => [`${kind}:${one.id}`, one.name]))
    return [
      // A list of another group has left this one; the plan has looked only there.
      ...(action === 'replace' ? last : []),
      ...now.map((held) => {
        const name = held.person.name ?? names.get(held.person.key)
        return name === undefined ? held : { ...held, person: { ...held.person, name } }
      }),
    ]
  }

  /** `Ben Okafor (<id>)`, or the id alone: the plan has read the name of whom it removes. */
  private extra(text: string, kind: string): { id: string; name?: string } {
    const [, name, id] = /^(.*) \(([0-9a-f-]{36})\)$/s.exec(text) ?? []
    if (/^[0-9a-f-]{36}$/.test(text)) return { id: text }
    if (id === undefined) return { id: `${kind}:${text}`, name: text }
    return name ? { id, name } : { id }
  }
}
