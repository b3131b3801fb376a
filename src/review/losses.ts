import { isDeepStrictEqual } from 'node:util'
import { unknown } from '../schema'
import type { Row } from './doors/row'
import { secret, type Action, type Change, type Link, type Plan } from './plan/plan'
import type { Kept } from './plan/kept'
import type { Review } from './review'

/** Rows that take access away, wholly or for a part of the time. */
export const closing = ({ access }: Review): Row[] => [
  ...access.losses,
  ...access.windows.filter((row) => row.isNarrower),
]

/** What runs before the rest, in this order: what is only deleted, then what is changed. */
export const passes = ['deletions', 'changes'] as const

export type Pass = (typeof passes)[number]

const actions: Record<Pass, readonly Action[]> = {
  deletions: ['delete'],
  changes: ['update', 'replace'],
}

/**
 * The addresses of what takes access away and needs nothing that is yet to be made. An engine that
 * does these in a run of their own takes access from whom it shall be taken, whatever fails later.
 * What closes a door that something else is to open in its stead waits for that: nobody is to stand
 * before a closed door in between. With what goes comes what hung on it, because an engine refuses the
 * one without the other.
 *
 * @param gone what earlier passes have deleted already
 */
export function lossPass(review: Review, pass: Pass, gone: ReadonlySet<string>): string[] {
  const { access, plan } = review
  const waiting = new Set([...access.handingOver].map(({ address }) => address))
  const mayGo = (one: string) =>
    !waiting.has(one) && !plan.links.get(one)?.isBound && canComeFirst(one, plan.links)
  const targets = closing(review)
    .flatMap(({ closers }) => closers)
    .filter(({ action, isLeftover }) => actions[pass].includes(action) && !isLeftover)
    .map(({ address }) => address)
  const all = [...new Set(targets)]
    .filter((address) => !gone.has(address))
    .map((address) => withDependents(address, plan.links, gone) ?? [])
  return [...new Set(all.filter((some) => some.every(mayGo)).flat())]
}

/** Those of some addresses that a plan takes out of the state. */
export const goingOf = ({ plan }: Review, addresses: readonly string[]): string[] =>
  addresses.filter((one) => isGoing(plan.links.get(one)))

/**
 * A target, what goes as well and hung on it through whatever chain, and what stays and hung on what
 * goes: the engine refuses a run that leaves out any of these. Nothing where the old part of an
 * earlier replacement is among them, which has the address of what took its place.
 */
function withDependents(
  address: string,
  links: Plan['links'],
  gone: ReadonlySet<string>,
): string[] | undefined {
  const targets = new Set([address])
  const reached = new Set([address])
  for (const one of reached) {
    const goes = targets.has(one) && isGoing(links.get(one))
    for (const other of links.get(one)?.neededBy ?? []) {
      if (gone.has(other)) continue
      const link = links.get(other)
      if (link?.hasLeftover) return undefined
      reached.add(other)
      if (goes || isGoing(link)) targets.add(other)
    }
  }
  return [...targets]
}

const isGoing = (link: Link | undefined) => link?.action === 'delete' || link?.action === 'forget'

/** Pulumi reads `*` in a target as any text, which would take in more than is meant. */
const canComeFirst = (address: string, links: Plan['links']): boolean =>
  !address.includes('*') &&
  (links.get(address)?.needs ?? []).every((one) => one === address || !isMade(links.get(one)))

const isMade = (link: Link | undefined) => link?.action === 'create' || link?.action === 'replace'

/** The rows of a review whose revocation the state after a failed deployment does not show. */
export function notRevoked(review: Review, state: readonly Kept[]): Row[] {
  const now = new Map(state.filter(({ isGone }) => !isGone).map((one) => [one.id, one]))
  return closing(review).filter(({ closers }) =>
    closers.some((change) => {
      const left = change.id === undefined ? undefined : now.get(change.id)
      if (!left) return false
      return change.action === 'update' ? left.isUnfinished || !isMadeIn(left, change) : true
    }),
  )
}

/** Whether the inputs that a plan changes are as it wants them; of secrets nobody can tell. */
const isMadeIn = ({ inputs }: Kept, { changed, before, after, definition }: Change): boolean =>
  changed
    .filter((name) => !definition.fields[name]?.marks.planned)
    .every((name) => {
      const wanted = after?.inputs[name]
      // What the plan could not know yet is another value than before, once it is made.
      return isAwaited(wanted)
        ? !isDeepStrictEqual(inputs[name], before?.inputs[name])
        : wanted !== secret && isDeepStrictEqual(inputs[name], wanted)
    })

const isAwaited = (value: unknown): boolean =>
  value === unknown || (Array.isArray(value) && value.some(isAwaited))
