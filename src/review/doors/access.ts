import { causeOf, closersOf } from './causes'
import { allHandingOver } from './handover'
import type { Both, Holding } from './holdings'
import type { Model } from './model'
import { isComing, partsOf, spanOf, type Pairs, type Part } from './pairs'
import type { Change } from '../plan/plan'
import { isReissued, leavesGap } from './reissue'
import type { Found, Kind, Row } from './row'
import { fold, withoutTold, type Side } from './rows'
import { isNarrowed, isSame, type Span } from './times'

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

/** What comes is all of a place after the plan, and what goes is all of it before. */
const sides: Partial<Record<Kind, Side>> = { losses: 'before', gains: 'after' }

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
  const hasGap = leavesGap(part, now)
  if (!isSame(was, is)) {
    return hasOwnPart(part, now) ? found('windows', { isReissue, hasGap }) : undefined
  }
  if (isReissue || hasGap) return found('reissues', { isReissue, hasGap })
  if (isOtherwise(part)) return found('means')
  if (isBeside(part)) return found('covered')
  const isTold = mineNow.length === 0 && after.every((one) => isComing(one, pair))
  return mine.length > 0 === mineNow.length > 0 || isTold ? undefined : found('covered')
}

/** Whether the resource has a part in the difference: it comes, or its own window differs. */
function hasOwnPart({ was, is, pair }: Part, now: number): boolean {
  if (was.length > 0 && is.length > 0) return !isSame(spanOf(was, now), spanOf(is, now))
  // What goes is told together with what comes in its stead.
  return is.length > 0 || !pair.after.some((one) => isComing(one, pair))
}

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

/** Whether the old object goes on opening the door beside the one in its place. */
const isBeside = ({ opener, is }: Part) =>
  opener.action === 'replace' && is.some(({ isLeft }) => isLeft) && is.some(({ isLeft }) => !isLeft)

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
    isBeside: isBeside(part),
    hasGap: false,
    isNarrower: isNarrowed(was, is),
    closers: closersOf(pair),
  }
}
