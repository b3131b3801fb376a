import type { Both, Holding } from './holdings'
import type { Change } from '../plan/plan'
import { isOpen, isSame, span } from './times'

/** One person and one door: what opens it for them before the plan and after, and the parts in that. */
export interface Pair {
  readonly before: Holding[]
  readonly after: Holding[]
  readonly parts: Map<Change, Part>
}

/** What one resource has to do with one person and one door. */
export interface Part {
  /** The resource that opens the door. */
  readonly opener: Change
  readonly pair: Pair
  readonly was: Holding[]
  readonly is: Holding[]
}

/** By person and door. */
export type Pairs = Map<string, Map<string, Pair>>

/** What each resource has to do with each person and door where not all stays as it is. */
export function partsOf(both: Both, pairs: Pairs, now: number): Part[] {
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

/** When a door is open by any of some holdings. */
export const spanOf = (holdings: readonly Holding[], now: number) =>
  span(
    holdings.map(({ window }) => window),
    now,
  )

/** What has to be as it is for a holding to be one. */
export const makersOf = ({ change, makers }: Holding): Change[] => [change, ...makers]

/** Whether two holdings are one, on both sides of the plan. */
export const isSameWay = (one: Holding, other: Holding) =>
  one.via?.key === other.via?.key && one.change === other.change

/** Whether a resource opens the door that did not open it before. */
export const isComing = ({ change }: Holding, { before }: Pair): boolean =>
  before.every((one) => one.change !== change)
