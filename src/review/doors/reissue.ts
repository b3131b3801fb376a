import { isWire } from '../../schema'
import type { Holding } from './holdings'
import type { Pair, Part } from './pairs'
import type { Change } from '../plan/plan'
import { timeOf } from './times'

/** New keys: the resource is replaced, or issues other ones, or takes the place of those that go. */
export function isReissued({ opener, was, is, pair }: Part): boolean {
  const { action, definition, isDeleteFirst } = opener
  const { opens, replacing, lasts } = definition
  // What goes on opening the door is not issued anew, whatever comes beside it.
  if (is.length === 0 || is.some(({ isLeft }) => isLeft) || !replacing) return false
  const order = isDeleteFirst ? 'delete-first' : 'create-first'
  const isLasting = lasts?.({ order, inputs: opener.after?.inputs ?? {} }) === true
  if (was.length === 0) return !isLasting && pair.before.some((one) => isFollowed(one, is, pair))
  const isOther = opens?.means !== undefined && isExchanged(opener, opens.means)
  if (action === 'replace') return !isLasting || isOther
  return action !== 'keep' && isOther
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
  // Of what differs and is not to be seen, a secret is.
  if (JSON.stringify(was) === JSON.stringify(is)) return true
  const texts = (list: readonly unknown[]) => new Set(list.map((one) => JSON.stringify(one)))
  const [left, there] = [texts(is), texts(was)]
  const modes = (list: readonly unknown[], others: ReadonlySet<string>) =>
    list.filter((one) => !others.has(JSON.stringify(one))).map(modeOf)
  const coming = modes(is, there)
  return modes(was, left).some((mode) => coming.includes(mode))
}

const modeOf = (method: unknown) => (isWire(method) ? method['mode'] : undefined)

/** Whether doors are closed after what goes has gone, and before what takes its place opens them. */
export function leavesGap({ opener, pair, was, is }: Part, now: number): boolean {
  if (opener.action !== 'replace' || !opener.isDeleteFirst) return false
  if (was.length === 0 || is.some(({ isLeft }) => isLeft)) return false
  const { before, after } = pair
  // What opens the door only later opens nothing in between.
  const isThere = ({ change, window }: Holding) =>
    change !== opener && timeOf(window, now)[0] === -Infinity
  return !before.some(
    (one) => isThere(one) && after.some((two) => two.change === one.change && isThere(two)),
  )
}
