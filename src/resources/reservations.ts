import type { Wire } from '../schema'
import type { Seam } from '../seam'
import { isGoing } from './common'

const span = ({ starts_at: from, ends_at: until }: Wire) =>
  `${String(from)} until ${until ? String(until) : 'further notice'}`

/** The grants of a reservation that a new one does not fit, and what would fit them. */
export async function reservationConflict(seam: Seam, inputs: Wire): Promise<string | undefined> {
  const { reservation_key } = inputs
  if (typeof reservation_key !== 'string') return undefined
  const grants = await seam.list<Wire>('/access_grants/list', { reservation_key }, 'access_grants')
  const others = grants
    .filter((grant) => !isGoing(grant))
    .filter((grant) => grant['access_grant_key'] !== inputs['access_grant_key'])
  if (others.length === 0) return undefined
  const named = others.map(
    (grant) =>
      `${String(grant['display_name'])} (${String(grant['access_grant_id'])}, ${span(grant)})`,
  )
  return `Reservation "${reservation_key}" has: ${named.join('; ')}. A grant that joins it opens the same doors or some of them, at a time that overlaps; for other doors delete those grants first.`
}
