import { isWire, unknown } from '../schema'
import type { Both, Holding, Window } from './holdings'
import type { Model } from './model'
import { stays, type Change } from './plan'
import { fold, withoutTold, type Side } from './rows'
import type { Subject } from './subjects'
import { isNarrowed, isOpen, isSame, outside, span, timeOf, within, type Span } from './times'

/** What happens to one person because of one resource. */
export interface Row {
  readonly person: Subject
  /** Doors, or a place where it happens to all doors inside it. */
  readonly doors: readonly Subject[]
  /** What the plan does that makes it happen. */
  readonly change: Change
  /** The resource by which the person has it, where that is another one. */
  readonly holds?: Change
  /** The window before and after, over everything that the person holds on these doors. */
  readonly before?: Window
  readonly after?: Window
  /** By what the doors open before and after, in Seam's words for modes; `group` is membership. */
  readonly was?: readonly string[]
  readonly by?: readonly string[]
  /** The place inside of which the doors are, where it happens to some of them only. */
  readonly via?: Subject
  /** Doors of the place to which it does not happen: they are open by these. */
  readonly besides?: readonly Besides[]
  /** PINs, cards or keys that worked stop working, and others take their place. */
  readonly isReissue: boolean
  /** The doors stay closed between the old object and the new one. */
  readonly hasGap: boolean
  /** The window becomes shorter. */
  readonly isNarrower: boolean
  /** What must go or change for that: only then is access gone that the row takes away. */
  readonly closers: readonly Change[]
  /** The doors themselves, whether the row tells them or their place. */
  readonly each: readonly Subject[]
}

/** Doors that are open by something else: by a resource, or by a place that it names. */
export interface Besides {
  readonly doors: readonly Subject[]
  readonly change: Change
  readonly via?: Subject
}

/** What a plan does to access. */
export interface AccessChanges {
  readonly losses: readonly Row[]
  readonly gains: readonly Row[]
  readonly windows: readonly Row[]
  readonly reissues: readonly Row[]
  /** The doors stay open at the same times, and by other means than before. */
  readonly means: readonly Row[]
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
  ...access.means,
  ...access.reissues,
  ...access.covered,
]

/** One person and one door: what opens it for them before the plan and after, and the parts in that. */
export interface Pair {
  readonly before: Holding[]
  readonly after: Holding[]
  readonly parts: Map<Change, Part>
}

/** What one resource has to do with one person and one door. */
interface Part {
  /** The resource that opens the door. */
  readonly opener: Change
  readonly pair: Pair
  readonly was: Holding[]
  readonly is: Holding[]
}

/** By person and door. */
export type Pairs = Map<string, Map<string, Pair>>

/** What comes is all of a place after the plan, and what goes is all of it before. */
const sides: Partial<Record<Kind, Side>> = { losses: 'before', gains: 'after' }

type Kind = Exclude<keyof AccessChanges, 'standing' | 'handingOver'>

/** A door of a row, before rows are put together. */
export interface Found {
  readonly kind: Kind
  readonly row: Row
  readonly pair: Pair
}

/** Compares who gets through what before and after, at an instant in milliseconds. */
export function accessChanges(both: Both, model: Model, now: number): AccessChanges {
  const pairs: Pairs = new Map()
  const found = partsOf(both, pairs, now).flatMap((part) => effect(part, now) ?? [])
  const rows = (kind: Kind) =>
    fold(
      found.filter((one) => one.kind === kind),
      sides[kind] ?? 'both',
      pairs,
      model,
    )
  const standing = [...pairs.values()].filter((doors) =>
    [...doors.values()].some(({ before }) => before.some(isOpener)),
  )
  const told = {
    losses: rows('losses'),
    gains: rows('gains'),
    windows: rows('windows'),
    reissues: rows('reissues'),
    means: rows('means'),
  }
  return {
    ...told,
    covered: withoutTold(rows('covered'), Object.values(told).flat()),
    standing: standing.length,
    handingOver: allHandingOver(pairs, now),
  }
}

/** Who only stands for somebody gets through no door by that alone, nor does this plan give it. */
const isOpener = ({ change }: Holding) => !change.isForeign && !change.definition.opens?.isHolder

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

/** What each resource has to do with each person and door where not all stays as it is. */
function partsOf(both: Both, pairs: Pairs, now: number): Part[] {
  const all: Part[] = []
  const enter = (holding: Holding, side: 'before' | 'after') => {
    const pair = pairOf(pairs, holding)
    pair[side].push(holding)
    const { change: opener } = holding
    const part = pair.parts.get(opener) ?? { opener, pair, was: [], is: [] }
    if (!pair.parts.has(opener)) all.push(part)
    pair.parts.set(opener, part)
    part[side === 'before' ? 'was' : 'is'].push(holding)
  }
  for (const side of ['before', 'after'] as const) {
    for (const one of both[side]) if (isOpen(one.window, now)) enter(one, side)
  }
  return all.filter((part) => isTouched(part, now))
}

/** Whether a resource changes, or opens the door otherwise than before although it does not. */
function isTouched({ opener, was, is }: Part, now: number): boolean {
  if (opener.action !== 'keep') return true
  return was.length !== is.length || !isSame(spanOf(was, now), spanOf(is, now))
}

function pairOf(pairs: Pairs, { person, door }: Holding): Pair {
  const doors = pairs.get(person.key) ?? new Map<string, Pair>()
  pairs.set(person.key, doors)
  const pair = doors.get(door.key) ?? { before: [], after: [], parts: new Map() }
  doors.set(door.key, pair)
  return pair
}

const spanOf = (holdings: readonly Holding[], now: number) =>
  span(
    holdings.map(({ window }) => window),
    now,
  )

function effect(part: Part, now: number): Found | undefined {
  const { pair, was: mine, is: mineNow } = part
  const { before, after } = pair
  const [was, is] = [spanOf(before, now), spanOf(after, now)]
  const found = (kind: Kind, more: Partial<Row> = {}): Found => {
    const row = { ...rowOf(part, was, is), ...more }
    return { kind, row, pair }
  }
  if (after.length === 0) return mine.length > 0 ? found('losses') : undefined
  if (before.length === 0) return mineNow.length > 0 ? found('gains') : undefined
  const isReissue = isReissued(part)
  const hasGap = isReissue && leavesGap(part, now)
  if (!isSame(was, is)) {
    return hasOwnPart(part, now) ? found('windows', { isReissue, hasGap }) : undefined
  }
  if (isReissue) return found('reissues', { isReissue, hasGap })
  if (isOtherwise(part)) return found('means')
  const isTold = mineNow.length === 0 && after.every((one) => isComing(one, pair))
  return mine.length > 0 === mineNow.length > 0 || isTold ? undefined : found('covered')
}

/** What has to be as it is for a holding to be one. */
const makersOf = ({ change, makers }: Holding): Change[] => [change, ...makers]

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
  one.via?.key === other.via?.key && one.change === other.change

/** Whether it opens without a break, and nobody has to wait for when that is. */
const staysOpen = ({ change: { action, isDeleteFirst }, window }: Holding) =>
  !(action === 'replace' && isDeleteFirst) && ![window.from, window.until].includes(unknown)

/** Whether a resource opens the door that did not open it before. */
const isComing = ({ change }: Holding, { before }: Pair): boolean =>
  before.every((one) => one.change !== change)

/** Whether the resource has a part in the difference: it comes, or its own window differs. */
function hasOwnPart({ was, is, pair }: Part, now: number): boolean {
  if (was.length > 0 && is.length > 0) return !isSame(spanOf(was, now), spanOf(is, now))
  // What goes is told together with what comes in its stead.
  return is.length > 0 || !pair.after.some((one) => isComing(one, pair))
}

/** New keys: the resource is replaced, or issues other ones, or takes the place of those that go. */
function isReissued({ opener, was, is, pair }: Part): boolean {
  const { action, definition, isDeleteFirst } = opener
  const { opens, replacing, lasts } = definition
  if (is.every(({ isLeft }) => isLeft) || !replacing) return false
  const order = isDeleteFirst ? 'delete-first' : 'create-first'
  const isLasting = lasts?.({ order, inputs: opener.after?.inputs ?? {} }) === true
  if (was.length === 0) return !isLasting && pair.before.some((one) => isFollowed(one, is, pair))
  if (action === 'replace') return !isLasting
  return action !== 'keep' && opens?.means !== undefined && isExchanged(opener, opens.means)
}

/** Whether a door was open by something that goes, by a mode that something new has as well. */
function isFollowed(one: Holding, is: readonly Holding[], { after }: Pair): boolean {
  if (after.some((other) => other.change === one.change) || !one.change.definition.opens?.by) {
    return false
  }
  const isShared = ({ modes }: Holding) =>
    !modes || !one.modes || modes.some((mode) => one.modes!.includes(mode))
  return is.some(isShared)
}

/** Whether another means takes the place of one of the same mode; what cannot be read may be another. */
function isExchanged({ changed, before, after }: Change, means: string): boolean {
  if (!changed.includes(means)) return false
  const [was, is] = [before?.inputs[means], after?.inputs[means]]
  if (!Array.isArray(was) || !Array.isArray(is)) return true
  const texts = (list: readonly unknown[]) => new Set(list.map((one) => JSON.stringify(one)))
  const [left, there] = [texts(is), texts(was)]
  const modes = (list: readonly unknown[], others: ReadonlySet<string>) =>
    list.filter((one) => !others.has(JSON.stringify(one))).map(modeOf)
  const coming = modes(is, there)
  return modes(was, left).some((mode) => coming.includes(mode))
}

const modeOf = (method: unknown) => (isWire(method) ? method['mode'] : undefined)

/** Whether the door opens by other modes than before. */
function isOtherwise({ pair: { before, after }, was, is }: Part): boolean {
  const isOwn = was.length === 0 || is.length === 0 || differs(was, is)
  return isOwn && differs(before, after)
}

/** Whether modes differ; of what nobody knows they do not. */
function differs(was: readonly Holding[], is: readonly Holding[]): boolean {
  const [before, after] = [modesIn(was), modesIn(is)]
  return before !== undefined && after !== undefined && before.join() !== after.join()
}

/** All modes of some holdings, in order; nothing where those of one are not known. */
function modesIn(holdings: readonly Holding[]): string[] | undefined {
  const all = holdings.map(({ change, modes }) => modes ?? ofGroup(change))
  return all.includes(undefined)
    ? undefined
    : [...new Set(all.flatMap((modes) => modes ?? []))].sort()
}

const ofGroup = ({ definition: { opens } }: Change): string[] | undefined =>
  opens?.by ? undefined : ['group']

function rowOf(part: Part, was: Span, is: Span): Row {
  const { pair, opener } = part
  const [one] = [...part.was, ...part.is]
  const change = causeOf(part)
  const [by, now] = [modesIn(pair.before), modesIn(pair.after)]
  return {
    person: one!.person,
    doors: [one!.door],
    each: [one!.door],
    change,
    ...(change !== opener && { holds: opener }),
    ...(pair.before.length > 0 && { before: was.window, ...(by && { was: by }) }),
    ...(pair.after.length > 0 && { after: is.window, ...(now && { by: now }) }),
    ...(one!.via && { via: one!.via }),
    isReissue: false,
    hasGap: false,
    isNarrower: isNarrowed(was, is),
    closers: closersOf(pair),
  }
}

/** What the plan does: to the resource that opens the door, or to what that rests on. */
function causeOf({ opener, was, is }: Part): Change {
  const others = [...new Set([...was, ...is].flatMap(({ makers }) => makers))]
  const isOwn = ['create', 'replace', 'delete'].includes(opener.action) && !isLeft(opener)
  if (isOwn || others.length === 0) return opener
  const [one, two] = [was[0]?.own, is[0]?.own]
  const differs = one && two && (one.from !== two.from || one.until !== two.until)
  const isSameWindow =
    was[0]?.window.from === is[0]?.window.from && was[0]?.window.until === is[0]?.window.until
  return differs || (one && two && isSameWindow) ? opener : others[0]!
}

/** Whether the object stays in Seam, so that only something else can close its doors. */
const isLeft = (change: Change) => stays(change) && change.action !== 'replace'

/** What closes a door: by this it is open before, and after the plan not, or at other times. */
const closersOf = ({ parts }: Pair): Change[] => [
  ...new Set(
    [...parts.values()]
      .filter(({ was, is }) => was.some((one) => !is.some((other) => isAsBefore(one, other))))
      .map(causeOf)
      .filter(({ action }) => action !== 'keep'),
  ),
]

const isAsBefore = (one: Holding, other: Holding) =>
  isSameWay(one, other) &&
  one.window.from === other.window.from &&
  one.window.until === other.window.until

/** Whether doors are closed after what goes has gone, and before what takes its place opens them. */
function leavesGap({ opener, pair }: Part, now: number): boolean {
  if (opener.action !== 'replace' || !opener.isDeleteFirst) return false
  const { before, after } = pair
  // What opens the door only later opens nothing in between.
  const isThere = ({ change, window }: Holding) =>
    change !== opener && timeOf(window, now)[0] === -Infinity
  return !before.some(
    (one) => isThere(one) && after.some((two) => two.change === one.change && isThere(two)),
  )
}
