import { choiceSet, exactlyOne, id, idSet, inOrder, instant, text, type Wire } from '../schema'
import type { Seam } from '../seam'
import { createdAt, idFact, instantFact, instantOf, textFact, workspaceId } from './answers'
import { entries, type Lookup } from './lookup'

const types = [
  'access_grant.created',
  'access_grant.deleted',
  'access_grant.access_granted_to_all_doors',
  'access_grant.access_granted_to_door',
  'access_grant.access_to_door_lost',
  'access_grant.access_times_changed',
  'access_grant.could_not_create_requested_access_methods',
] as const

const event = {
  event_id: id('Its id.').computed(),
  event_type: text('What happened, such as `access_grant.created`.').computed(),
  event_description: textFact('The same in a sentence.'),
  occurred_at: instantOf('When it happened.'),
  access_grant_id: id('The grant to which it happened.').computed(),
  access_grant_key: textFact('The key of that grant, where its times changed.'),
  acs_entrance_id: idFact('The entrance, where access to one door was granted or lost.'),
  starts_at: instantFact('When access begins, where the times changed.'),
  ends_at: instantFact('When access ends, where the times changed.'),
  error_message: textFact('What went wrong, where access methods could not be created.'),
  missing_device_ids: idSet('The locks without a method, where some could not be created.')
    .computed()
    .sometimes(),
  created_at: createdAt,
  workspace_id: workspaceId,
}

/** Seam's own page size; a shorter page is the last. */
const limit = 500

/** Events have no cursor, only an offset, which moves as events come in: one may be met twice. */
async function everyEvent(seam: Seam, asked: Wire): Promise<Wire[]> {
  const found = new Map<unknown, Wire>()
  for (let offset = 0; ; offset += limit) {
    const page = await seam.read<Wire[]>(
      '/events/list',
      { ...asked, limit, unstable_offset: offset },
      'events',
    )
    for (const one of page) found.set(one['event_id'], one)
    if (page.length < limit) return [...found.values()]
  }
}

export const accessGrantEventsLookup: Lookup = {
  name: 'access_grant_events',
  about: 'Lists what happened to one or more access grants, within a span of time.',
  page: 'https://docs.seam.co/latest/api/events/list',
  by: {
    access_grant_id: id('The grant.').optional(),
    access_grant_ids: idSet('The grants, at most 100.').optional(),
    event_types: choiceSet('Only events of these types.', types).optional(),
    since: instant('After this moment.'),
    until: instant('Before this moment; up to now when left out.').optional(),
  },
  rules: [exactlyOne('access_grant_id', 'access_grant_ids'), inOrder('since', 'until')],
  fields: { events: entries('What happened.', event) },
  async answer(seam, { since, until, event_types = types, ...grants }) {
    const span = until === undefined ? { since } : { between: [since, until] }
    return { events: await everyEvent(seam, { ...grants, event_types, ...span }) }
  },
}
