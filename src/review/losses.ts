import { isDeepStrictEqual } from 'node:util'
import type { Row } from './access'
import type { Change, Plan } from './plan'
import type { Review } from './review'

/** Rows that take access away, wholly or for a part of the time. */
const closing = ({ access }: Review): Row[] => [
  ...access.losses,
  ...access.windows.filter((row) => row.isNarrower),
]

/**
 * The addresses of what takes access away and needs nothing that is yet to be made: first what is
 * only deleted, then what is changed. An engine that does these in runs of their own takes access
 * from whom it shall be taken, whatever fails later.
 */
export function lossPasses(review: Review): string[][] {
  const changes = new Set(closing(review).map(({ change }) => change))
  const { windows, covered } = review.access
  // What somebody keeps by another resource that is not made yet would be closed in between.
  const keeping = new Set([...windows, ...covered].map(({ change }) => change))
  const made = new Set(
    review.plan.changes
      .filter(({ action }) => action === 'create' || action === 'replace')
      .map(({ address }) => address),
  )
  const all = [...changes].filter((change) => isAlone(change, made))
  const deleted = all.filter((one) => one.action === 'delete' && !keeping.has(one))
  const changed = all.filter(({ action }) => action === 'update' || action === 'replace')
  return [deleted, changed]
    .map((pass) => pass.map(({ address }) => address))
    .filter((pass) => pass.length > 0)
}

/** Pulumi reads `*` in a target as any text, which would take in more than is meant. */
const isAlone = ({ address, references }: Change, made: ReadonlySet<string>): boolean =>
  !address.includes('*') &&
  Object.values(references).every((all) => all.every((one) => one === address || !made.has(one)))

/** The rows of a review whose revocation the state after a failed deployment does not show. */
export function notRevoked(review: Review, state: Plan): Row[] {
  const now = new Map(state.changes.map((change) => [change.address, change]))
  return closing(review).filter(({ change }) => {
    const left = now.get(change.address)
    if (!left) return false
    if (change.action !== 'update') return left.id === change.id
    return change.changed.some(
      (name) => !isDeepStrictEqual(left.before?.inputs[name], change.after?.inputs[name]),
    )
  })
}
