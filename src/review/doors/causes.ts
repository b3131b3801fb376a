import type { Holding } from './holdings'
import { isSameWay, type Pair, type Part } from './pairs'
import { stays, type Change } from '../plan/plan'

/** What the plan does: to the resource that opens the door, or to what that rests on. */
export function causeOf({ opener, was, is }: Part): Change {
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
export const closersOf = ({ parts }: Pair): Change[] => [
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
