import { unknown } from '../../schema'
import type { Holding } from './holdings'
import { isSameWay, makersOf, type Pair, type Pairs } from './pairs'
import type { Change } from '../plan/plan'
import { outside, timeOf, within } from './times'

/** Resources that close a door which another one opens in their stead, and does not open yet. */
export function allHandingOver(pairs: Pairs, now: number): Set<Change> {
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

/** Whether it opens without a break, and nobody has to wait for when that is. */
const staysOpen = ({ change: { action, isDeleteFirst }, window }: Holding) =>
  !(action === 'replace' && isDeleteFirst) && ![window.from, window.until].includes(unknown)
