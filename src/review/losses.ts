import { isDeepStrictEqual } from 'node:util'
import type { Row } from './access'
import { secret, type Change } from './plan'
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
 * open in its stead waits for that: nobody is to stand before a closed door in between.
 */
export function lossPasses(review: Review): string[][] {
  const { access, plan } = review
  const made = new Set(plan.changes.filter(isMade).map(({ address }) => address))
  const all = [...new Set(closing(review).flatMap(({ closers }) => closers))].filter(
    (change) => !access.handingOver.has(change) && isAlone(change, made),
  )
  const deleted = all.filter(({ action }) => action === 'delete')
  const changed = all.filter(({ action }) => action === 'update' || action === 'replace')
  return [deleted, changed]
    .map((pass) => pass.map(({ address }) => address))
    .filter((pass) => pass.length > 0)
}

const isMade = ({ action }: Change) => action === 'create' || action === 'replace'

/** Pulumi reads `*` in a target as any text, which would take in more than is meant. */
const isAlone = (change: Change, made: ReadonlySet<string>): boolean =>
  !change.address.includes('*') &&
  !change.isLeftover &&
  Object.values(change.references).every((all) =>
    all.every((one) => one === change.address || !made.has(one)),
  )

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
