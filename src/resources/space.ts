import { id, idSet, integer, isAbsent, number, record, text, type Wire } from '../schema'
import { unlessGone, type Calls, type ObjectSource } from '../seam'
import {
  adoption,
  created,
  createdAt,
  defineResource,
  displayName,
  found,
  lookedUp,
  notesOf,
  workspaceId,
} from './common'

const path = '/spaces'
const key = 'space'

const clock = {
  pattern: /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/,
  mustBe: 'a time of day, such as 15:00',
}

/** Spaces with their doors, in one call: the doors of all of them come together, and say their spaces. */
async function withDoors(seam: Calls, space_ids: readonly string[]): Promise<Wire[]> {
  const include = ['spaces', 'acs_entrances', 'devices']
  const batch = await seam.read<Wire>(`${path}/get_related`, { space_ids, include }, 'batch')
  const inside = (doors: unknown, id: string, space: unknown) =>
    notesOf(doors)
      .filter(({ space_ids: ids }) => Array.isArray(ids) && ids.includes(space))
      .map((door) => door[id])
  return notesOf(batch['spaces'])
    .filter((space) => space_ids.includes(String(space['space_id'])))
    .map((space) => ({
      ...space,
      acs_entrance_ids: inside(batch['acs_entrances'], 'acs_entrance_id', space['space_id']),
      device_ids: inside(batch['devices'], 'device_id', space['space_id']),
    }))
}

/** Spaces with the ids of the doors in them. */
export const spaces: ObjectSource = {
  id: 'space_id',
  one: async (seam, space_id) => (await unlessGone(withDoors(seam, [space_id])))?.[0],
  some: withDoors,
  async *pages(seam) {
    for await (const page of seam.pages<Wire>(`${path}/list`, {}, 'spaces')) {
      const ids = page.map((space) => String(space['space_id']))
      if (ids.length > 0) yield await withDoors(seam, ids)
    }
  },
}

export const space = defineResource({
  name: 'space',
  about:
    'A named set of doors, such as a floor or a flat. Grants that name it follow its doors: adding one here opens it for all of them.',
  page: 'https://docs.seam.co/latest/api/spaces',
  id: 'space_id',
  key: 'space_key',
  knownBy: { unique: [['space_key']], alike: [['name', 'space_key', 'customer_key']] },
  called: { noun: 'space', is: 'place', named: ['name'] },
  contains: { acs_entrance: ['acs_entrance_ids'], device: ['device_ids'] },
  elsewhere: {
    connected_account_ids: 'is not managed here: connect accounts in the Seam Console',
  },
  fields: {
    name: text('Its name.'),
    space_key: text('Unique in the workspace; chosen by the provider when left out.')
      .optional()
      .computed()
      .replaces('the key names the space'),
    acs_entrance_ids: idSet(
      'Entrances in it; the list is the whole set. Left out, the entrances are not managed here.',
    )
      .optional()
      .computed()
      .sometimes(),
    device_ids: idSet(
      'Locks in it; the list is the whole set. Left out, they are not managed here.',
    )
      .optional()
      .computed()
      .sometimes(),
    customer_key: text('The customer to whom it belongs.')
      .optional()
      .replaces('Seam cannot move a space to another customer'),
    customer_data: record('Facts for guests.', {
      address: text('Postal address.').optional().clearable(),
      default_checkin_time: text('Time of day, HH:MM.', clock).optional().clearable(),
      default_checkout_time: text('Time of day, HH:MM.', clock).optional().clearable(),
      time_zone: text('IANA time zone, such as Europe/Berlin.').optional().clearable(),
    })
      .optional()
      .clearable(),
    ...adoption,
    space_id: id('Its id.').computed().stable(),
    acs_entrance_count: integer('How many entrances it has.')
      .computed()
      .follows('acs_entrance_ids'),
    device_count: integer('How many locks it has.').computed().follows('device_ids'),
    display_name: displayName.repeats('name'),
    geolocation: record('Where it is.', {
      latitude: number('Degrees north.').computed(),
      longitude: number('Degrees east.').computed(),
    })
      .computed()
      .sometimes(),
    parent_space_id: id('The space around it.').computed().sometimes(),
    parent_space_key: text('The key of the space around it.').computed().sometimes(),
    created_at: createdAt,
    workspace_id: workspaceId,
  },

  async observe(reads, space_id, known) {
    const observed = await found(reads.one(spaces, space_id))
    if (!observed || !known) return observed
    const { acs_entrance_ids, device_ids, ...rest } = observed
    return {
      ...rest,
      ...(known.given.has('acs_entrance_ids') && { acs_entrance_ids }),
      ...(known.given.has('device_ids') && { device_ids }),
    }
  },
  beyond: (space, inputs) =>
    Object.entries({ acs_entrance_ids: 'acs_entrance_count', device_ids: 'device_count' })
      .filter(([name, count]) => isAbsent(inputs[name]) && Number(space[count]) > 0)
      .map(([name]) => name),
  find: (seam, space_key) => lookedUp(seam, `${path}/get`, { space_key }, key),
  async create(seam, inputs) {
    const observed = await seam.create<Wire>(`${path}/create`, inputs, key)
    return created(`${path}/create`, observed, 'space_id')
  },
  async update(seam, space_id, edit) {
    const { customer_data, ...rest } = edit.patch
    await seam.write(`${path}/update`, {
      space_id,
      ...rest,
      ...(customer_data !== undefined && {
        customer_data: cleared(edit.before.customer_data, edit.after.customer_data),
      }),
    })
  },
  remove: (seam, space_id) => seam.write(`${path}/delete`, { space_id }),
})

/** Seam merges `customer_data` member by member, so what was left out must be sent as null. */
const cleared = (before: Wire = {}, after: Wire = {}): Wire => ({
  ...Object.fromEntries(Object.keys(before).map((name) => [name, null])),
  ...after,
})
