import { isDeepStrictEqual } from 'node:util'
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
        .map(({ address }) => withDependents(address, plan.links))
        .filter((some) => some.every((one) => !waiting.has(one) && canComeFirst(one, plan.links)))
        .flat(),
    ),
  ]
  return [pass('delete'), pass('update', 'replace')].filter((one) => one.length > 0)
}

/** Something and what hung on it, if it goes. */
function withDependents(address: string, links: Plan['links']): string[] {
  const found = new Set([address])
  for (const one of found) {
    const { action, neededBy = [] } = links.get(one) ?? {}
    if (action === 'delete' || action === 'replace') for (const other of neededBy) found.add(other)
  }
  return [...found]
}

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
const isMadeIn = ({ inputs }: Kept, { changed, after }: Change): boolean =>
  changed.every((name) => {
    const wanted = after?.inputs[name]
    return wanted !== secret && isDeepStrictEqual(inputs[name], wanted)
  })
