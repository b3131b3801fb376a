import {
  choice,
  id,
  idSet,
  inOrder,
  instant,
  isWire,
  notes,
  number,
  onlyWith,
  paired,
  records,
  someOf,
  text,
  textSet,
  type Fields,
  type Order,
  type Wire,
} from '../schema'
import {
  createdAt,
  defineResource,
  displayName,
  errors,
  found,
  patch,
  warnings,
  workspaceId,
} from './common'

const path = '/access_grants'
const key = 'access_grant'
const doors = 'Seam cannot move a grant to other doors'

const accessMethod = {
  mode: choice('How the doors are opened.', ['code', 'card', 'mobile_key', 'cloud_key']),
  code: text(
    'A PIN of the caller’s choice, with mode `code`: 4 to 9 digits. Seam takes another where a lock cannot have it.',
    {
      pattern: /^\d{4,9}$/,
      mustBe: '4 to 9 digits',
    },
  )
    .optional()
    .secret(),
  instant_key_max_use_count: number(
    'How often the instant key can be claimed, with mode `mobile_key`; 1 when left out.',
    1,
  ).optional(),
  display_name: displayName.sometimes(),
  created_at: createdAt.sometimes(),
  created_access_method_ids: idSet('The access methods made for it.').computed().sometimes(),
} satisfies Fields

const asMethods = (value: unknown): Wire[] => (Array.isArray(value) ? value.filter(isWire) : [])

/** Pairs what was requested with what is now wanted; a wanted method without a partner is new. */
const added = (before: unknown, after: unknown): Wire[] =>
  paired(accessMethod, asMethods(after), asMethods(before)).flatMap(([wanted, had]) =>
    had ? [] : [wanted],
  )

const requested = ({ mode, code, instant_key_max_use_count }: Wire) =>
  JSON.stringify([mode, code ?? null, instant_key_max_use_count ?? 1])

/** Methods can be added in place; taking one away or changing it cannot. */
const losesMethods = (before: unknown, after: unknown): boolean =>
  paired(accessMethod, asMethods(before), asMethods(after)).some(
    ([had, wanted]) => !wanted || requested(had) !== requested(wanted),
  )

const hasFixedCode = (inputs: Wire) =>
  asMethods(inputs['requested_access_methods']).some((method) => method['code'] !== undefined)

/** A reservation has one set of doors, and a fixed PIN opens for one grant at a time. */
const order = (before: Wire, after: Wire): Order => {
  const reservation = before['reservation_key']
  const sameReservation = reservation !== undefined && reservation === after['reservation_key']
  const sameCodes = hasFixedCode(before) && hasFixedCode(after)
  return sameReservation || sameCodes ? 'delete-first' : 'create-first'
}

export const accessGrant = defineResource({
  name: 'access_grant',
  about:
    'Gives one person access to spaces, entrances or devices for a window of time, by PIN, card or mobile key.',
  page: 'https://docs.seam.co/latest/api/access_grants',
  id: 'access_grant_id',
  key: 'access_grant_key',
  order,
  rules: [
    someOf('a grant opens something', 'space_ids', 'space_keys', 'acs_entrance_ids', 'device_ids'),
    inOrder('starts_at', 'ends_at'),
    onlyWith('requested_access_methods', 'code', 'mode', 'code'),
    onlyWith('requested_access_methods', 'instant_key_max_use_count', 'mode', 'mobile_key'),
  ],
  elsewhere: {
    user_identity:
      'is not declared inside a grant: declare a UserIdentity and pass its id as ‹user_identity_id›',
    location: 'is deprecated by Seam: declare a Space and pass its id in ‹space_ids›',
    location_ids: 'is deprecated by Seam: use ‹space_ids›',
  },
  fields: {
    user_identity_id: id('The person.').replaces('a grant belongs to one person'),
    space_ids: idSet('Spaces whose doors open.').optional().resolved().replaces(doors),
    space_keys: textSet('The same, by the keys of the spaces.')
      .optional()
      .writeOnly()
      .replaces(doors),
    acs_entrance_ids: idSet('Entrances that open.').optional().writeOnly().replaces(doors),
    device_ids: idSet('Locks that open.').optional().writeOnly().replaces(doors),
    requested_access_methods: records('How the doors are opened.', accessMethod).replaces(
      'Seam cannot change an access method that was requested',
      losesMethods,
    ),
    starts_at: instant('When access begins; at once when left out.').optional().computed(),
    ends_at: instant('When access ends; open-ended when left out.').optional().clearable(),
    name: text('Its name.').optional().clearable(),
    access_grant_key: text('Unique in the workspace; chosen by the provider when left out.')
      .optional()
      .computed()
      .replaces('the key names the grant'),
    reservation_key: text('The reservation to which it belongs, for systems with guest cards.')
      .optional()
      .replaces('Seam cannot move a grant to another reservation'),
    customization_profile_id: id('The look of its mobile keys.')
      .optional()
      .replaces('Seam cannot change the profile of a grant'),
    access_grant_id: id('Its id.').computed().stable(),
    access_method_ids: idSet('The access methods made for it.').computed(),
    client_session_token: text('A token for the mobile key.').computed().sometimes().secret(),
    instant_key_url: text('The address of the instant key, with exactly one mobile key.')
      .computed()
      .sometimes()
      .secret(),
    display_name: displayName,
    created_at: createdAt,
    workspace_id: workspaceId,
    location_ids: idSet('Deprecated by Seam: the same as ‹space_ids›.').computed(),
    pending_mutations: notes('Changes on their way to the doors.').computed(),
    errors,
    warnings,
  },

  observe: (seam, access_grant_id) => found(seam, `${path}/get`, { access_grant_id }, key),
  find: (seam, access_grant_key) => found(seam, `${path}/get`, { access_grant_key }, key),
  async create(seam, inputs) {
    const observed = await seam.create<{ access_grant_id: string }>(`${path}/create`, inputs, key)
    return { id: observed.access_grant_id, observed }
  },
  async update(seam, access_grant_id, edit) {
    const changes = patch(edit, 'name', 'starts_at', 'ends_at')
    if (Object.keys(changes).length > 0) {
      await seam.write(`${path}/update`, { access_grant_id, ...changes })
    }
    const methods = added(edit.before.requested_access_methods, edit.after.requested_access_methods)
    if (methods.length > 0) {
      await seam.create(
        `${path}/request_access_methods`,
        { access_grant_id, requested_access_methods: methods },
        key,
      )
    }
  },
  remove: (seam, access_grant_id) => seam.write(`${path}/delete`, { access_grant_id }),
})
