import { unknown } from '../../schema'

/** When something opens: instants, or `unknown` until the deployment; open where left out. */
export interface Window {
  readonly from?: string | typeof unknown
  readonly until?: string | typeof unknown
}

/** From one instant to another, in milliseconds. */
export type Time = readonly [from: number, until: number]

/** When a door is open by any of several windows. */
export interface Span {
  /** The times themselves, in order and apart from each other. */
  readonly times: readonly Time[]
  /** From the first opening to the last closing. */
  readonly window: Window
}

/** All of some windows together; what has begun is open from ever. */
export function span(windows: readonly Window[], now: number): Span {
  const all = windows.map((window) => ({ window, time: timeOf(window, now) }))
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

const pick = (name: keyof Window, window: Window = {}): Window =>
  window[name] === undefined ? {} : { [name]: window[name] }

/** A window in milliseconds; what only a deployment will tell counts as open. */
export function timeOf({ from, until }: Window, now: number): Time {
  const edge = (value: Window['from'], open: number) =>
    typeof value === 'string' ? Date.parse(value) : open
  const begins = edge(from, -Infinity)
  return [begins <= now ? -Infinity : begins, edge(until, Infinity)]
}

/** Whether a window is not over yet, and has not closed before it opens. */
export function isOpen(window: Window, now: number): boolean {
  const [begins, ends] = timeOf(window, now)
  return begins < ends && ends > now
}

/** What is in both of two windows. */
export function both(one: Window, other: Window): Window {
  const from = edgeOf(one.from, other.from, Math.max)
  const until = edgeOf(one.until, other.until, Math.min)
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) }
}

function edgeOf(
  one: Window['from'],
  other: Window['from'],
  choose: (...all: number[]) => number,
): Window['from'] {
  if (one === undefined || other === undefined) return one ?? other
  if (typeof one !== 'string' || typeof other !== 'string') return unknown
  return choose(Date.parse(one), Date.parse(other)) === Date.parse(one) ? one : other
}

/** The parts of some times that are in others. */
export const within = (times: readonly Time[], others: readonly Time[]): Time[] =>
  times.flatMap(([from, until]) =>
    others
      .map(([begins, ends]): Time => [Math.max(from, begins), Math.min(until, ends)])
      .filter(([one, other]) => one < other),
  )

/** The parts of some times that are in none of the others. */
export const outside = (times: readonly Time[], others: readonly Time[]): Time[] =>
  others.reduce<readonly Time[]>(
    (left, [begins, ends]) =>
      within(left, [
        [-Infinity, begins],
        [ends, Infinity],
      ]),
    times,
  ) as Time[]

const isWithin = ([from, until]: Time, [begins, ends]: Time) => begins <= from && until <= ends

/** Whether two spans are the same, as far as anybody can tell. */
export const isSame = (one: Span, other: Span): boolean =>
  one.times.length === other.times.length &&
  one.times.every(
    (time, at) => isWithin(time, other.times[at]!) && isWithin(other.times[at]!, time),
  ) &&
  !isAwaited(one) &&
  !isAwaited(other)

/** Whether a part of one span is not in another, or may not be. */
export const isNarrowed = (was: Span, is: Span): boolean =>
  was.times.some((one) => !is.times.some((other) => isWithin(one, other))) ||
  (isAwaited(is) && !isAwaited(was))

const isAwaited = ({ window }: Span) => window.from === unknown || window.until === unknown
