import { isDeepStrictEqual } from 'node:util'
import { unknown } from '../schema'
import type { Row } from './access'
import { secret, type Action, type Change, type Link, type Plan } from './plan'
import type { Kept } from './pulumi'
import type { Review } from './review'

/** Rows that take access away, wholly or for a part of the time. */
export const closing = ({ access }: Review): Row[] => [
  ...access.losses,
  ...access.windows.filter((row) => row.isNarrower),
]

/**
 * The addresses of what takes access away and needs nothing that is yet to be made: first what is
 * only deleted, then what is changed. An engine that does these in runs of their own takes access
 * from whom it shall be taken, whatever fails later. What closes a door that something else is to
 * open in its stead waits for that: nobody is to stand before a closed door in between. With what
 * goes comes what hung on it, because an engine refuses the one without the other.
 */
export function lossPasses(review: Review): string[][] {
  const { access, plan } = review
  const waiting = new Set([...access.handingOver].map(({ address }) => address))
  const all = [...new Set(closing(review).flatMap(({ closers }) => closers))]
  const pass = (...actions: readonly Action[]) => [
    ...new Set(
      all
        .filter(({ action, isLeftover }) => actions.includes(action) && !isLeftover)
        .map(({ address }) => withDependents(address, plan.links) ?? [])
        .filter((some) => some.every((one) => !waiting.has(one) && canComeFirst(one, plan.links)))
        .flat(),
    ),
  ]
  return [pass('delete'), pass('update', 'replace')].filter((one) => one.length > 0)
}

/**
 * A target, what goes as well and hung on it through whatever chain, and what stays and hung on what
 * goes: the engine refuses a run that leaves out any of these. Nothing where the old part of an
 * earlier replacement is among them, which has the address of what took its place.
 */
function withDependents(address: string, links: Plan['links']): string[] | undefined {
  const targets = new Set([address])
  const reached = new Set([address])
  for (const one of reached) {
    const goes = targets.has(one) && isGoing(links.get(one))
    for (const other of links.get(one)?.neededBy ?? []) {
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
