import { isWire, type Order, type Wire } from '../../schema'
import type { Holding } from './holdings'
import type { Pair, Part } from './pairs'
import { secret, type Change, type MethodIds, type Side } from '../plan/plan'
import { isSecret } from '../plan/sides'
import { timeOf } from './times'

/** New keys: the resource is replaced, or issues other ones, or takes the place of those that go. */
export function isReissued(part: Part): boolean {
  const { opener, was, is, pair } = part
  const { opens, replacing } = opener.definition
  // What goes on opening the door is not issued anew, whatever comes beside it.
  if (is.length === 0 || is.some(({ isLeft }) => isLeft) || !replacing) return false
  if (was.length === 0) {
    return !isLasting(part) && pair.before.some((one) => isFollowed(one, is, pair))
  }
  const isOther = opens?.means !== undefined && isExchanged(part, opens.means)
  if (opener.action === 'replace') return !isLasting(part) || isOther
  return opener.action !== 'keep' && isOther
}

/** Whether what opened the door goes on opening it when another object takes its place. */
function isLasting(part: Part): boolean {
  const { opener } = part
  const { isDeleteFirst, definition, sharing } = opener
  const { opens, lasts } = definition
  if (!lasts) return false
  const order = isDeleteFirst ? 'delete-first' : 'create-first'
  const inputs = atDoor(part, opener.after)
  const by = opens?.by
  const list = by === undefined ? undefined : inputs[by]
  if (by === undefined || !sharing || !Array.isArray(list)) return lasts({ order, inputs })
  return (
    list.length > 0 &&
    list.every((one) =>
      isSharing(opener, one)
        ? isThere(part, modeOf(one)) || !stops(part, modeOf(one))
        : lasts({ order, inputs: { [by]: [one] } }),
    )
  )
}

/** Whether a method is one that Seam shares among what the person has: it lasts while it is there. */
function isSharing({ definition: { opens, lasts } }: Change, method: unknown): boolean {
  const inputs = { [opens!.by!]: [method] }
  const isLastingIn = (order: Order) => lasts?.({ order, inputs }) === true
  return isLastingIn('create-first') && !isLastingIn('delete-first')
}

/** Whether what Seam shares in a mode has opened the door before. */
const isThere = ({ opener, pair }: Part, mode: unknown) =>
  idsOf(opener.sharing, mode).some((id) => pair.before.some(holds(id, mode)))

/** Whether something that opened the door in a mode does not open it any more. */
const stops = ({ opener, pair }: Part, mode: unknown) =>
  pair.before.some(({ change }) =>
    idsOf(change.methods, mode).some(
      (id) => !pair.after.some((one) => one.change !== opener && holds(id, mode)(one)),
    ),
  )

const holds =
  (id: string, mode: unknown) =>
  ({ change }: Holding) =>
    idsOf(change.methods, mode).includes(id)

const idsOf = (ids: MethodIds = {}, mode: unknown) => ids[String(mode)] ?? []

/** The inputs as far as they matter at this door, which cannot take every mode. */
function atDoor({ opener, was, is }: Part, side: Side | undefined): Wire {
  const { inputs = {}, all: known = {} } = side ?? {}
  const by = opener.definition.opens?.by
  const list = by && (inputs[by] === secret ? known[by] : inputs[by])
  const all = [...was, ...is].map(({ modes }) => modes)
  if (by === undefined || !Array.isArray(list) || all.includes(undefined)) return inputs
  const modes = new Set<unknown>(all.flatMap((some) => some ?? []))
  return { ...inputs, [by]: list.filter((one) => modes.has(modeOf(one))) }
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
function isExchanged(part: Part, means: string): boolean {
  const { changed, before, after, definition, shared = [], sharing } = part.opener
  if (!changed.includes(means)) return false
  const [was, is] = [before, after].map((side) => atDoor(part, side)[means])
  if (!Array.isArray(was) || !Array.isArray(is)) return true
  // What differs and is not to be seen is a secret.
  if (JSON.stringify(before?.inputs[means]) === JSON.stringify(after?.inputs[means])) {
    return is.some(holdsSecret)
  }
  const texts = (list: readonly unknown[]) => new Set(list.map((one) => JSON.stringify(one)))
  const [left, there] = [texts(is), texts(was)]
  const only = (list: readonly unknown[], others: ReadonlySet<string>) =>
    list.filter((one) => !others.has(JSON.stringify(one)))
  // A PIN that Seam may choose is the one that the person has.
  const isNew = (one: unknown) =>
    holdsSecret(one) ||
    (sharing && isSharing(part.opener, one)
      ? !isThere(part, modeOf(one))
      : !definition.lasts?.({ order: 'create-first', inputs: { [means]: [one] } }))
  const coming = only(is, there).filter(isNew).map(modeOf)
  const isGone = (mode: unknown) => !shared.some((one) => one === mode)
  return only(was, left).some((one) => isGone(modeOf(one)) && coming.includes(modeOf(one)))
}

const holdsSecret = (method: unknown) => isWire(method) && Object.values(method).some(isSecret)

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
