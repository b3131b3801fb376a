import {
  flag,
  id,
  idSet,
  inOrder,
  instant,
  isAbsent,
  isOver,
  notes,
  onlyWithIn,
  records,
  someOf,
  text,
  textSet,
  type Order,
  type Replacing,
  type Wire,
} from '../schema'
import { accessMethod, asMethods, goingMethods, withoutDeadMethods } from './access-methods'
import {
  adoption,
  created,
  createdAt,
  defineResource,
  displayName,
  errors,
  found,
  lookedUp,
  warnings,
  workspaceId,
} from './common'
import { otherPlaces } from './doors'
import { changeMethods } from './method-changes'
import { progressOf, waiting } from './progress'
import { reservationConflict } from './reservations'
import { grants } from './sources'

const path = '/access_grants'
const key = 'access_grant'
const doors = 'Seam cannot move a grant to other doors'

const hasFixedCode = (inputs: Wire) =>
  asMethods(inputs['requested_access_methods']).some((method) => method['code'] !== undefined)

/** A reservation has one set of doors, and a fixed PIN opens for one grant at a time. */
const order = (before: Wire, after: Wire): Order => {
  const reservation = before['reservation_key']
  const sameReservation = reservation !== undefined && reservation === after['reservation_key']
  const sameCodes = hasFixedCode(before) && hasFixedCode(after)
  return sameReservation || sameCodes ? 'delete-first' : 'create-first'
}

const minute = 60_000

/** A new grant begins at once, with a PIN that Seam has chosen. */
function beyond(grant: Wire, inputs: Wire): string[] {
  const wanted = asMethods(inputs['requested_access_methods'])
  const codes = asMethods(grant['requested_access_methods']).filter((one) => !isAbsent(one['code']))
  const isAsked = (code: unknown) => wanted.some((one) => one['code'] === code)
  const begins = Date.parse(String(grant['starts_at'])) - Date.parse(String(grant['created_at']))
  return [
    ...(isAbsent(inputs['starts_at']) && !(Math.abs(begins) < minute) ? ['starts_at'] : []),
    ...(codes.every(({ code }) => isAsked(code)) ? [] : ['requested_access_methods']),
  ]
}

/** Whether a grant has a PIN that Seam chooses, and shares with other grants of the person. */
const hasSharedCode = (inputs: Wire) => asMethods(inputs['requested_access_methods']).some(isShared)

const isShared = ({ mode, code }: Wire) => mode === 'code' && isAbsent(code)

/** What becomes of PINs, cards and keys: a successor that comes first takes the PIN of the person. */
function issued({ inputs, order, isOtherPin }: Replacing): string {
  const methods = asMethods(inputs['requested_access_methods'])
  const pin = methods.find(({ mode }) => mode === 'code')
  const stays = pin && pinOf(pin, order, isOtherPin)
  if (!stays) return 'PINs, cards and mobile keys are issued anew; the old ones stop working.'
  const others = 'Cards and mobile keys are issued anew; the old ones stop working.'
  return methods.every(({ mode }) => mode === 'code') ? stays : `${stays} ${others}`
}

function pinOf({ code }: Wire, order: Order, isOther = false): string | undefined {
  if (!isAbsent(code)) return 'The PIN is the one that the program gives.'
  if (isOther) return 'The PIN becomes another one that the person has already.'
  return order === 'create-first'
    ? 'The PIN goes on working: Seam shares it among the grants of a person.'
    : undefined
}

const gap = ({ order, hasGap = order === 'delete-first' }: Replacing) =>
  !hasGap ? [] : ['The doors stay closed between the old grant and the new one.']

const leaked =
  'To have another PIN, remove the grant in one deployment and declare it again in the next, or give ‹code›.'

/** A grant as Seam answers it, with what its end says. */
export const asGrant = (grant: Wire): Wire => ({
  ...grant,
  ended: isOver(accessGrant, grant),
})

export const accessGrant = defineResource({
  name: 'access_grant',
  about:
    'Gives one person access to spaces, entrances or devices for a window of time, by PIN, card or mobile key.',
  page: 'https://docs.seam.co/latest/api/access_grants',
  id: 'access_grant_id',
  key: 'access_grant_key',
  knownBy: { unique: [['access_grant_key']] },
  order,
  opens: {
    who: { user_identity: ['user_identity_id'] },
    what: {
      space: ['space_ids', 'space_keys'],
      acs_entrance: ['acs_entrance_ids'],
      device: ['device_ids'],
    },
    from: 'starts_at',
    until: 'ends_at',
    by: 'requested_access_methods',
    means: 'requested_access_methods',
  },
  rules: [
    someOf('a grant opens something', 'space_ids', 'space_keys', 'acs_entrance_ids', 'device_ids'),
    inOrder('starts_at', 'ends_at'),
    onlyWithIn('requested_access_methods', 'code', 'mode', 'code'),
    onlyWithIn('requested_access_methods', 'instant_key_max_use_count', 'mode', 'mobile_key'),
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
      .unechoed()
      .replaces(doors),
    acs_entrance_ids: idSet('Entrances that open.').optional().unechoed().replaces(doors),
    device_ids: idSet('Locks that open.').optional().unechoed().replaces(doors),
    requested_access_methods: records(
      'How the doors are opened. A method that is changed is issued anew, then the old one is deleted.',
      accessMethod,
      'mode',
    ),
    starts_at: instant('When access begins; at once when left out.').optional().computed(),
    ends_at: instant('When access ends; open-ended when left out.')
      .optional()
      .clearable()
      .as('expiry'),
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
    ...adoption,
    adopt_unmanaged_access_grant_id: id(
      'An unmanaged access grant to take over instead of creating a new one. Seam cannot make it unmanaged again.',
    )
      .optional()
      .local(),
    ...waiting,
    ended: flag('Whether its time was over when it was last looked at.')
      .computed()
      .sometimes()
      .follows('ends_at')
      .as('expired'),
    access_grant_id: id('Its id.').computed().stable(),
    access_method_ids: idSet('The access methods created for it.')
      .computed()
      .follows('requested_access_methods'),
    client_session_token: text('A token for the mobile key.')
      .computed()
      .sometimes()
      .secret()
      .follows('requested_access_methods'),
    instant_key_url: text('The address of the instant key, with exactly one mobile key.')
      .computed()
      .sometimes()
      .secret()
      .follows('requested_access_methods'),
    display_name: displayName.repeats('name'),
    created_at: createdAt,
    workspace_id: workspaceId,
    location_ids: idSet('The same as ‹space_ids›.')
      .computed()
      .follows('space_ids')
      .deprecated('use ‹space_ids›'),
    pending_mutations: notes('Changes on their way to the doors.').computed(),
    errors,
    warnings,
  },

  progress: progressOf,
  lasts({ order, inputs }) {
    const methods = asMethods(inputs['requested_access_methods'])
    const isLasting = ({ mode, code }: Wire) =>
      mode === 'code' && (order === 'create-first' || !isAbsent(code))
    return methods.length > 0 && methods.every(isLasting)
  },
  replacing: (change) =>
    [
      issued(change),
      ...(change.isAsked && hasSharedCode(change.inputs) ? [leaked] : []),
      ...gap(change),
    ].join(' '),

  takeover: {
    input: 'adopt_unmanaged_access_grant_id',
    about:
      'is unmanaged and will be taken over, with its access methods. Seam cannot make it unmanaged again.',
    look: (seam, access_grant_id) =>
      lookedUp(seam, `${path}/unmanaged/get`, { access_grant_id }, key),
    convert: (seam, access_grant_id, { access_grant_key }) =>
      seam.write(`${path}/unmanaged/update`, {
        access_grant_id,
        is_managed: true,
        access_grant_key,
      }),
  },
  explain: reservationConflict,
  compareUnechoed: otherPlaces,
  beyond,

  async observe(reads, accessGrantId, known) {
    const grant = await found(reads.one(grants, accessGrantId))
    if (!grant) return undefined
    const going = await goingMethods(reads, grant, known)
    return asGrant(withoutDeadMethods(reads, grant, going, known))
  },
  find: (seam, access_grant_key) => lookedUp(seam, `${path}/get`, { access_grant_key }, key),
  async create(seam, inputs) {
    const grant = await seam.create<Wire>(`${path}/create`, inputs, key)
    return created(`${path}/create`, asGrant(grant), 'access_grant_id')
  },
  async update(seam, access_grant_id, edit, outputs) {
    const { requested_access_methods, ...changes } = edit.patch
    if (Object.keys(changes).length > 0) {
      await seam.write(`${path}/update`, { access_grant_id, ...changes })
    }
    if (!requested_access_methods) return
    return changeMethods(seam, access_grant_id, edit, outputs)
  },
  remove: (seam, access_grant_id) => seam.write(`${path}/delete`, { access_grant_id }),
})
