import { unknown } from '../schema'
import type { Both, Holding, Window } from './holdings'
import type { Change } from './plan'
import type { Subject } from './subjects'

/** What happens to one person because of one resource. */
export interface Row {
  readonly person: Subject
  readonly doors: readonly Subject[]
  readonly change: Change
  /** The window before and after, over everything that the person holds on these doors. */
  readonly before?: Window
  readonly after?: Window
  /** The space through which the doors are reached. */
  readonly via?: Subject
  /** PINs, cards or keys that worked stop working, and others take their place. */
  readonly isReissue: boolean
  /** The doors stay closed between the old object and the new one. */
  readonly hasGap: boolean
  /** The window becomes shorter. */
  readonly isNarrower: boolean
  /** What must go or change for that: only then is access gone that the row takes away. */
  readonly closers: readonly Change[]
}

/** What a plan does to access. */
export interface AccessChanges {
  readonly losses: readonly Row[]
  readonly gains: readonly Row[]
  readonly windows: readonly Row[]
  readonly reissues: readonly Row[]
  /** A resource comes or goes, and the person gets through these doors by another one all the same. */
  readonly covered: readonly Row[]
  /** Everybody who gets through any door before the plan, now or later. */
  readonly standing: number
  /** Resources that close a door which another one opens in their stead, and does not open yet. */
  readonly handingOver: ReadonlySet<Change>
}

/** All rows, whatever happens in them. */
export const allRows = (access: AccessChanges): Row[] => [
  ...access.losses,
  ...access.gains,
  ...access.windows,
  ...access.reissues,
  ...access.covered,
]

/** One person and one door: what opens it for them before the plan and after, and the parts in that. */
interface Pair {
  readonly before: Holding[]
  readonly after: Holding[]
  readonly parts: Map<Change, Part>
}

/** What one resource has to do with one person and one door. */
interface Part {
  holding: Holding
  readonly pair: Pair
  wasMine: boolean
  isMine: boolean
}

/** By person and door. */
type Pairs = Map<string, Map<string, Pair>>

type Kind = Exclude<keyof AccessChanges, 'standing' | 'handingOver'>

/** Compares who gets through what before and after, at an instant in milliseconds. */
export function accessChanges(both: Both, now: number): AccessChanges {
  const pairs: Pairs = new Map()
  const parts = partsOf(both, pairs, now)
  const rows: Record<Kind, Row[]> = {
    losses: [],
    gains: [],
    windows: [],
    reissues: [],
    covered: [],
  }
  for (const part of parts) {
    const found = isBetween(part.holding, pairs) ? effect(part, now) : undefined
    if (found) add(rows[found.kind], found.row)
  }
  // Who only stands for somebody gets through no door by that alone.
  const isOpener = ({ change }: Holding) => !change.definition.opens?.isHolder
  const standing = [...pairs.values()].filter((doors) =>
    [...doors.values()].some(({ before }) => before.some(isOpener)),
  )
  return { ...rows, standing: standing.length, handingOver: allHandingOver(pairs, now) }
}

function allHandingOver(pairs: Pairs, now: number): Set<Change> {
  const found = new Set<Change>()
  for (const doors of pairs.values()) {
    for (const pair of doors.values()) {
      for (const change of new Set(pair.before.flatMap(makersOf))) {
        const isSure = change.action === 'keep' || found.has(change)
        if (!isSure && isHandedOver(change, pair, now)) found.add(change)
      }
    }
  }
  return found
}

/** The parts of all that does not stay as it is, in the order of the plan. */
function partsOf(both: Both, pairs: Pairs, now: number): Part[] {
  const all: Part[] = []
  const enter = (holding: Holding, side: 'before' | 'after') => {
    const pair = pairOf(pairs, holding)
    pair[side].push(holding)
    const { change } = holding
    if (change.action === 'keep' || holding.isAside) return
    const part = pair.parts.get(change) ?? { holding, pair, wasMine: false, isMine: false }
    if (!pair.parts.has(change)) all.push(part)
    pair.parts.set(change, part)
    part.holding = holding
    part[side === 'before' ? 'wasMine' : 'isMine'] = true
  }
  const isOpen = ({ window: { until } }: Holding) =>
    typeof until !== 'string' || !(Date.parse(until) <= now)
  for (const holding of both.before) if (isOpen(holding)) enter(holding, 'before')
  for (const holding of both.after) if (isOpen(holding)) enter(holding, 'after')
  return all
}

function pairOf(pairs: Pairs, { person, door }: Holding): Pair {
  const doors = pairs.get(person.key) ?? new Map<string, Pair>()
  pairs.set(person.key, doors)
  const pair = doors.get(door.key) ?? { before: [], after: [], parts: new Map() }
  doors.set(door.key, pair)
  return pair
}

/** Who comes into a space or leaves it gains or loses the space, which says it all. */
function isBetween({ person, via }: Holding, pairs: Pairs): boolean {
  if (!via) return true
  const pair = pairs.get(person.key)?.get(via.key)
  return pair !== undefined && pair.before.length > 0 && pair.after.length > 0
}

function effect(part: Part, now: number): { kind: Kind; row: Row } | undefined {
  const { holding, pair, wasMine, isMine } = part
  const { before, after } = pair
  const [was, is] = [span(before, now), span(after, now)]
  const row = rowOf(holding, pair, was, is)
  if (after.length === 0) return wasMine ? { kind: 'losses', row } : undefined
  if (before.length === 0) return isMine ? { kind: 'gains', row } : undefined
  const isNew = isReissued(part)
  if (!isSame(was, is) && hasOwnPart(part)) {
    return { kind: 'windows', row: { ...row, isReissue: isNew, hasGap: isNew && row.hasGap } }
  }
  if (isNew) return { kind: 'reissues', row: { ...row, isReissue: true } }
  const isTold = !isMine && after.every((one) => isComing(one, pair))
  return wasMine === isMine || isTold ? undefined : { kind: 'covered', row }
}

/** What has to be as it is for a holding to be one. */
const makersOf = ({ change, holds }: Holding): Change[] =>
  holds && holds !== change ? [change, holds] : [change]

/** Whether a door stays open, for a part of the time, only by what does not open it yet. */
function isHandedOver(change: Change, { before, after }: Pair, now: number): boolean {
  const times = (holdings: readonly Holding[]) => holdings.map(({ window }) => timeOf(window, now))
  const isOwn = (one: Holding) => makersOf(one).includes(change)
  const earlier = (one: Holding) => before.filter((other) => isSameWay(one, other))
  // What takes two changes to open is open after one of them only where it was open before.
  const own = after.filter(
    (one) => isOwn(one) && (makersOf(one).length === 1 || earlier(one).length > 0),
  )
  const lost = outside(times(before.filter(isOwn)), times(own))
  const kept = after
    .filter((one) => !isOwn(one) && staysOpen(one))
    .flatMap((one) => within(times([one]), times(earlier(one))))
  return outside(within(lost, times(after)), kept).length > 0
}

const isSameWay = (one: Holding, other: Holding) =>
  one.via?.key === other.via?.key && one.change === other.change && one.holds === other.holds

/** Whether it opens without a break, and nobody has to wait for when that is. */
const staysOpen = ({ change: { action, isDeleteFirst }, window }: Holding) =>
  !(action === 'replace' && isDeleteFirst) && ![window.from, window.until].includes(unknown)

/** Whether a resource opens the door that did not open it before. */
const isComing = ({ change }: Holding, { before }: Pair): boolean =>
  before.every((one) => one.change !== change)

/** Whether the resource has a part in the difference: it comes, or its own window differs. */
function hasOwnPart({ holding: { change }, pair, wasMine, isMine }: Part): boolean {
  const own = (side: readonly Holding[]) => side.find((one) => one.change === change)?.window
  const [was, is] = [own(pair.before), own(pair.after)]
  if (wasMine && isMine) return was?.from !== is?.from || was?.until !== is?.until
  // What goes is told together with what comes in its stead.
  return isMine || !pair.after.some((one) => isComing(one, pair))
}

/** New keys: the resource is replaced, or issues other ones, or takes the place of those that go. */
function isReissued({ holding, pair: { before, after }, wasMine, isMine }: Part): boolean {
  const { change, via } = holding
  const { opens, replacing } = change.definition
  if (!isMine || via || !replacing) return false
  if (!wasMine) return before.every((one) => !after.some((other) => other.change === one.change))
  const isOther = opens?.means !== undefined && isExchanged(change, opens.means)
  return change.action === 'replace' || isOther
}

/** Whether a means that was there is not there any more; what cannot be read may be another. */
function isExchanged({ changed, before, after }: Change, means: string): boolean {
  if (!changed.includes(means)) return false
  const [was, is] = [before?.inputs[means], after?.inputs[means]]
  if (!Array.isArray(was) || !Array.isArray(is)) return true
  const left = new Set(is.map((one) => JSON.stringify(one)))
  return was.some((one) => !left.has(JSON.stringify(one)))
}

function rowOf({ person, door, change, via }: Holding, pair: Pair, was: Span, is: Span): Row {
  return {
    person,
    doors: [door],
    change,
    ...(pair.before.length > 0 && { before: was.window }),
    ...(pair.after.length > 0 && { after: is.window }),
    ...(via && { via }),
    isReissue: false,
    hasGap: change.action === 'replace' && change.isDeleteFirst && !isHeldBeside(change, pair),
    isNarrower:
      was.times.some((one) => !is.times.some((other) => isWithin(one, other))) ||
      (isAwaited(is) && !isAwaited(was)),
    closers: closersOf(pair),
  }
}

/** The resources that open a door before, and after the plan not, or at other times. */
const closersOf = ({ before, after }: Pair): Change[] =>
  before
    .filter(({ change, window }) => {
      const own = after.find((one) => one.change === change)?.window
      return !own || own.from !== window.from || own.until !== window.until
    })
    .map(({ change }) => change)

/** Whether another resource opens the door before and after. */
const isHeldBeside = (change: Change, { before, after }: Pair): boolean =>
  before.some((one) => one.change !== change && after.some((two) => two.change === one.change))

/** From one instant to another, in milliseconds. */
type Time = readonly [from: number, until: number]

interface Span {
  /** The times themselves, in order and apart from each other. */
  readonly times: readonly Time[]
  /** From the first opening to the last closing. */
  readonly window: Window
}

/** When a door is open by any of these; what has begun is open from ever. */
function span(holdings: readonly Holding[], now: number): Span {
  const all = holdings.map(({ window }) => ({ window, time: timeOf(window, now) }))
  all.sort((one, other) => one.time[0] - other.time[0])
  const times: Time[] = []
  for (const { time } of all) {
    const last = times.at(-1)
    if (!last || time[0] > last[1]) times.push(time)
    else times[times.length - 1] = [last[0], Math.max(last[1], time[1])]
  }
  const ends = all.find(({ time }) => time[1] === times.at(-1)?.[1])
  return {
    times,
    window: { ...pick('from', all[0]?.window), ...pick('until', ends?.window) },
  }
}

function timeOf({ from, until }: Window, now: number): Time {
  const edge = (value: Window['from'], open: number) =>
    typeof value === 'string' ? Date.parse(value) : open
  const begins = edge(from, -Infinity)
  return [begins <= now ? -Infinity : begins, edge(until, Infinity)]
}

const pick = (name: keyof Window, window: Window = {}): Window =>
  window[name] === undefined ? {} : { [name]: window[name] }

/** The parts of some times that are in others. */
const within = (times: readonly Time[], others: readonly Time[]): Time[] =>
  times.flatMap(([from, until]) =>
    others
      .map(([begins, ends]): Time => [Math.max(from, begins), Math.min(until, ends)])
      .filter(([one, other]) => one < other),
  )

/** The parts of some times that are in none of the others. */
const outside = (times: readonly Time[], others: readonly Time[]): Time[] =>
  others.reduce<readonly Time[]>(
    (left, [begins, ends]) =>
      within(left, [
        [-Infinity, begins],
        [ends, Infinity],
      ]),
    times,
  ) as Time[]

const isWithin = ([from, until]: Time, [begins, ends]: Time) => begins <= from && until <= ends

const isSame = (one: Span, other: Span) =>
  one.times.length === other.times.length &&
  one.times.every(
    (time, at) => isWithin(time, other.times[at]!) && isWithin(other.times[at]!, time),
  ) &&
  !isAwaited(one) &&
  !isAwaited(other)

const isAwaited = ({ window }: Span) => window.from === unknown || window.until === unknown

const same = (one: Row, other: Row) =>
  one.before?.from === other.before?.from &&
  one.before?.until === other.before?.until &&
  one.after?.from === other.after?.from &&
  one.after?.until === other.after?.until

/** Adds a door to the last row if that is of the same person, resource and window. */
function add(rows: Row[], row: Row): void {
  const last = rows.at(-1)
  const fits =
    last?.person.key === row.person.key &&
    last.change === row.change &&
    last.via?.key === row.via?.key &&
    same(last, row)
  if (fits) {
    const closers = [...new Set([...last.closers, ...row.closers])]
    rows[rows.length - 1] = { ...last, doors: [...last.doors, ...row.doors], closers }
  } else rows.push(row)
}
