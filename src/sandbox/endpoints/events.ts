import { atLeastOne, read } from '../api/endpoint'
import { notFound } from '../api/errors'
import { count, instant, list, text, uuid } from '../api/kinds'
import { optional } from '../api/shape'
import { fits } from '../behaviour/lookup'
import type { EventRecord } from '../store/collections'

// Each may be given alone or, in the plural, as a list.
const subjects = [
  'access_code_id',
  'access_grant_id',
  'access_method_id',
  'acs_access_group_id',
  'acs_credential_id',
  'acs_encoder_id',
  'acs_entrance_id',
  'acs_system_id',
  'acs_user_id',
  'connect_webview_id',
  'connected_account_id',
  'device_id',
  'space_id',
  'user_identity_id',
] as const

const single = Object.fromEntries(subjects.map((name) => [name, optional(uuid())]))
const plural = {
  access_code_ids: optional(list(uuid())),
  access_grant_ids: optional(list(uuid(), { max: 100 })),
  access_method_ids: optional(list(uuid(), { max: 100 })),
  acs_system_ids: optional(list(uuid())),
  device_ids: optional(list(uuid())),
  space_ids: optional(list(uuid(), { max: 100 })),
}

/** Whether an event is about this object: it names the object alone or in a list. */
function isAbout(event: EventRecord, subject: string, ids: readonly unknown[]): boolean {
  const own = [event[subject], event[`${subject}s`]].flat()
  return own.some((id) => id !== undefined && ids.includes(id))
}

function fitsSubjects(event: EventRecord, given: Readonly<Record<string, unknown>>): boolean {
  return subjects.every((subject) => {
    const one = given[subject]
    const many = given[`${subject}s`]
    return (
      (one === undefined || isAbout(event, subject, [one])) &&
      (!Array.isArray(many) || isAbout(event, subject, many))
    )
  })
}

export const events = [
  read('/events/list', {
    answer: 'events',
    params: {
      ...single,
      ...plural,
      customer_key: optional(text()),
      between: optional(list(instant({ bare: true }), { min: 2, max: 2 })),
      event_ids: optional(list(uuid())),
      event_type: optional(text()),
      event_types: optional(list(text())),
      limit: optional(count()),
      since: optional(instant({ bare: true })),
      unstable_offset: optional(count({ min: 0 })),
    },
    rules: [atLeastOne('since', 'between')],
    handle(given, { store }) {
      const { since, between, event_types: types, event_ids: ids } = given
      const { unstable_offset: offset = 0, limit = 500 } = given
      const [from = since ?? '', to] = between ?? []
      return store.events
        .all()
        .filter(({ occurred_at: at }) => at > from && (to === undefined || at < to))
        .filter(({ event_type: type }) => fits(given.event_type, type))
        .filter(({ event_type: type }) => !types || types.includes(type))
        .filter(({ event_id: id }) => !ids || ids.includes(id))
        .filter((event) => fits(given.customer_key, event.customer_key))
        .filter((event) => fitsSubjects(event, given))
        .slice(offset, offset + limit)
    },
  }),
  read('/events/get', {
    answer: 'event',
    params: {
      device_id: optional(uuid()),
      event_id: optional(uuid()),
      event_type: optional(text()),
    },
    rules: [atLeastOne('event_id', 'event_type', 'device_id')],
    handle({ event_id: id, event_type: type, device_id: device }, { store }) {
      const found = store.events
        .all()
        .findLast(
          (event) =>
            fits(id, event.event_id) &&
            fits(type, event.event_type) &&
            (device === undefined || isAbout(event, 'device_id', [device])),
        )
      if (!found) throw notFound('event', id ?? type ?? '')
      return found
    },
  }),
]
