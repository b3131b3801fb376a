import { badRequest, conflict } from '../api/errors'
import type { Context } from '../context'
import { doorIdsOf, entrancesOf } from './doors'
import type { GrantDraft } from './grants'
import { isBeingDeleted } from './notices'

/**
 * The rules of a reservation key: a door that can belong to a reservation; doors that are those of
 * the first grant or some of them; and a time that overlaps with every other grant's.
 */
export function mustSuitReservation({ store }: Context, draft: GrantDraft): void {
  const { reservation_key: key } = draft
  if (key === undefined) return
  if (!entrancesOf(store, draft).some((entrance) => entrance.can_belong_to_reservation)) {
    throw badRequest(
      'reservation_key_not_supported',
      'reservation_key not supported: no target entrance can belong to a reservation',
    )
  }
  const others = store.accessGrants
    .where('reservation_key', key)
    .filter((grant) => !isBeingDeleted(grant))
  const [first] = others
  if (!first) return
  const fixed = doorIdsOf(store, first)
  const wanted = doorIdsOf(store, draft)
  const added = [...wanted].filter((id) => !fixed.has(id))
  if (added.length > 0) {
    const superset = [...fixed].every((id) => wanted.has(id))
    throw superset
      ? conflict('reservation_joiner_superset', 'A joiner asks for more doors than the reservation')
      : conflict('reservation_door_set_changed', 'The doors of this reservation_key are fixed')
  }
  if (!others.every((other) => overlap(other, draft))) {
    const message = 'The time frames of grants with one reservation_key must overlap'
    throw conflict('reservation_time_frames_do_not_overlap', message)
  }
}

type Times = Pick<GrantDraft, 'starts_at' | 'ends_at'>

function overlap(one: Times, other: Times): boolean {
  const end = ({ ends_at: at }: Times) => (at === null ? Infinity : Date.parse(at))
  const start = ({ starts_at: at }: Times) => Date.parse(at)
  return start(one) < end(other) && start(other) < end(one)
}
