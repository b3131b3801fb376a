import {
  choice,
  flag,
  id,
  idSet,
  instant,
  isAbsent,
  fieldsOf,
  isWire,
  onlyWith,
  record,
  requiredBeside,
  sameValue,
  text,
  textSet,
  type Field,
  type Fields,
  type Known,
  type Wire,
} from '../schema'
import { unlessGone, type Seam } from '../seam'
import {
  adoption,
  created,
  createdAt,
  defineResource,
  displayName,
  errors,
  found,
  isGoing,
  notesOf,
  warnings,
  workspaceId,
} from './common'
import { modes } from './access-methods'
import { otherEntrances } from './doors'
import { waiting } from './progress'
import { credentials } from './sources'

const path = '/acs/credentials'
const key = 'acs_credential'
const cannotChange = 'Seam cannot change it on a credential'
const cannotClear = 'Seam cannot take it away again'

const holders = ['acs_user_id', 'user_identity_id'] as const

/** What Seam does not say of every credential, and so does not deny by leaving it out. */
function silent(credential: Wire, known: Known | undefined): Wire {
  const isSameHolder = credential['acs_user_id'] === known?.outputs['acs_user_id']
  const names = ['starts_at', 'code', ...(isSameHolder ? ['user_identity_id'] : [])]
  const left = names.filter((name) => isAbsent(credential[name]))
  return Object.fromEntries(left.map((name) => [name, known?.inputs[name]]))
}

/** By whom a credential is held: a user of the system, or a person and the system. */
const holder = ({ acs_user_id, user_identity_id }: Wire): Wire =>
  acs_user_id === undefined ? { user_identity_id } : { acs_user_id }

const isHeld = (inputs: Wire) => Object.values(holder(inputs)).some((value) => value !== undefined)

/** Gives the credential to another user, which takes it from the one before, or to nobody. */
async function reassign(seam: Seam, acs_credential_id: string, before: Wire, after: Wire) {
  if (isHeld(after)) {
    await seam.write(`${path}/assign`, { acs_credential_id, ...holder(after) })
  } else if (isHeld(before)) {
    await unlessGone(seam.write(`${path}/unassign`, { acs_credential_id, ...holder(before) }))
  }
}

const instantOf = (value: unknown) => (value === undefined ? null : Date.parse(String(value)))

/** Whether nothing tells a credential from the one that these inputs would make. */
const isTwin = (wanted: Wire) => (one: Wire) =>
  !isGoing(one) &&
  one['access_method'] === wanted['access_method'] &&
  (wanted['code'] === undefined || one['code'] === wanted['code']) &&
  (wanted['starts_at'] === undefined ||
    instantOf(one['starts_at']) === instantOf(wanted['starts_at'])) &&
  instantOf(one['ends_at'] ?? undefined) === instantOf(wanted['ends_at'])

/** Of what was sent once, Seam answers a part: what of it differs. */
function otherFacts(credential: Wire, inputs: Wire): string[] {
  const fields: Fields = acsCredential.fields
  return Object.entries(fields)
    .filter(([, { marks }]) => marks.unechoed && !marks.local)
    .filter(([name, field]) => differsWhereBoth(field, credential[name], inputs[name]))
    .map(([name]) => name)
}

function differsWhereBoth(field: Field, seen: unknown, wanted: unknown): boolean {
  if (isAbsent(seen) || isAbsent(wanted)) return false
  const fields = fieldsOf(field.kind)
  if (!fields || !isWire(seen) || !isWire(wanted)) return !sameValue(field, seen, wanted)
  return Object.keys(wanted).some(
    (name) => fields[name] && differsWhereBoth(fields[name], seen[name], wanted[name]),
  )
}

export const acsCredential = defineResource({
  name: 'acs_credential',
  about:
    'A PIN, card or mobile key of an access control system, for one of its users. Seam recommends an access grant instead, where it serves the purpose. No key tells one from another, so a credential with the same facts is never created twice: it is reported, or adopted.',
  page: 'https://docs.seam.co/latest/api/acs/credentials',
  id: 'acs_credential_id',
  knownBy: {
    unique: [['access_method', ...holders, 'acs_system_id', 'code', 'starts_at', 'ends_at']],
  },
  opens: {
    who: { acs_user: ['acs_user_id'], user_identity: ['user_identity_id'] },
    what: { acs_entrance: ['allowed_acs_entrance_ids'] },
    from: 'starts_at',
    until: 'ends_at',
    by: 'access_method',
    means: 'code',
  },
  ofOneSystem: ['acs_system_id', 'acs_user_id', 'allowed_acs_entrance_ids'],
  rules: [
    requiredBeside('acs_system_id', 'user_identity_id', 'acs_user_id'),
    onlyWith('code', 'access_method', 'code'),
  ],
  fields: {
    access_method: choice('How it opens doors.', modes).replaces(cannotChange),
    acs_user_id: id('The user of the access control system that holds it.').optional().resolved(),
    user_identity_id: id(
      'The person that holds it, instead of ‹acs_user_id›: Seam links a user of ‹acs_system_id› to the person, or creates one; that user stays when the credential is deleted.',
    )
      .optional()
      .resolved(),
    acs_system_id: id('The access control system; goes with ‹user_identity_id›.')
      .optional()
      .computed()
      .replaces('a credential belongs to one system'),
    allowed_acs_entrance_ids: idSet('The entrances that it opens.')
      .optional()
      .unechoed()
      .replaces(cannotChange),
    code: text('The PIN, with access method `code`; chosen by Seam when left out.', {
      pattern: /^\d+$/,
      mustBe: 'digits',
    })
      .optional()
      .computed()
      .sometimes()
      .secret(),
    starts_at: instant('From when it opens; at once when left out.')
      .optional()
      .computed()
      .sometimes()
      .replaces(cannotChange),
    ends_at: instant('Until when it opens; without end when left out.')
      .optional()
      .replacesWhenCleared(cannotClear),
    is_multi_phone_sync_credential: flag('Whether it is for several phones of one person.')
      .optional()
      .unechoed()
      .replaces(cannotChange),
    credential_manager_acs_system_id: id('The system that manages its mobile keys.')
      .optional()
      .unechoed()
      .replaces(cannotChange),
    assa_abloy_vostio_metadata: record('For Assa Abloy Vostio.', {
      auto_join: flag('Whether it joins the keys that open the door already.').optional(),
      join_all_guest_acs_entrances: flag('Whether it joins them on all doors of guests.')
        .optional()
        .unechoed(),
      override_all_guest_acs_entrances: flag('Whether it overrides them on all doors of guests.')
        .optional()
        .unechoed(),
      override_guest_acs_entrance_ids: idSet(
        'The doors of guests on which it overrides them.',
      ).optional(),
      door_names: textSet('The names of its doors.').computed().sometimes(),
      endpoint_id: text('The endpoint of the phone.').computed().sometimes(),
      key_id: text('Its id at Assa Abloy.').computed().sometimes(),
      key_issuing_request_id: text('The request that issued it.').computed().sometimes(),
    })
      .optional()
      .unechoed()
      .replaces(cannotChange),
    salto_space_metadata: record('For Salto Space.', {
      assign_new_key: flag('Whether a new key is assigned.').optional(),
      update_current_key: flag('Whether the current key is updated.').optional(),
    })
      .optional()
      .unechoed()
      .replaces(cannotChange),
    visionline_metadata: record('For Visionline.', {
      auto_join: flag('Whether it joins the keys that open the door already.').optional(),
      card_format: choice('The format of the card.', ['TLCode', 'rfid48']).optional().unechoed(),
      card_function_type: choice('For whom the card is.', ['guest', 'staff'])
        .optional()
        .otherwise('guest'),
      joiner_acs_credential_ids: idSet('Credentials that it joins.').optional(),
      override: flag('Whether it overrides the keys that open the door already.')
        .optional()
        .unechoed(),
      card_id: text('The id of the card.').computed().sometimes(),
      common_acs_entrance_ids: idSet('The common doors that it opens.').computed().sometimes(),
      credential_id: text('Its id at Visionline.').computed().sometimes(),
      guest_acs_entrance_ids: idSet('The doors of guests that it opens.').computed().sometimes(),
      is_valid: flag('Whether it is valid.').computed().sometimes(),
    })
      .optional()
      .unechoed()
      .replaces(cannotChange),
    ...adoption,
    ...waiting,
    acs_credential_id: id('Its id.').computed().stable(),
    acs_credential_pool_id: id('The pool from which it comes.').computed().sometimes(),
    card_number: text('The number of the card.').computed().sometimes().secret(),
    display_name: displayName,
    external_type: text('The kind of credential, such as `visionline_card`.')
      .computed()
      .sometimes(),
    external_type_display_name: text('The same, in the words of its maker.').computed().sometimes(),
    is_issued: flag('Whether it is on a card or a phone.').computed().sometimes(),
    issued_at: instant('When it got there.').computed().sometimes(),
    is_latest_desired_state_synced_with_provider: flag('Whether the system knows the last change.')
      .computed()
      .sometimes(),
    latest_desired_state_synced_with_provider_at: instant('Since when the system knows it.')
      .computed()
      .sometimes(),
    is_managed: flag('Whether Seam manages it.').computed(),
    is_one_time_use: flag('Whether it opens once.').computed().sometimes(),
    parent_acs_credential_id: id('The credential for several phones to which it belongs.')
      .computed()
      .sometimes(),
    connected_account_id: id('The connected account.').computed().stable(),
    created_at: createdAt,
    workspace_id: workspaceId,
    errors,
    warnings,
  },

  progress: (observed) => ({
    failed: notesOf(observed['errors']),
    pending:
      observed['is_latest_desired_state_synced_with_provider'] === false
        ? ['Seam is bringing the credential to the access control system.']
        : [],
  }),
  replacing: () => 'A new credential is issued; the old one stops working.',

  compareUnechoed: async (seam, credential, inputs) => [
    ...(await otherEntrances(seam, credential, inputs)),
    ...otherFacts(credential, inputs),
  ],
  async observe(reads, acsCredentialId, known) {
    const system = known?.outputs['acs_system_id'] as string | undefined
    const credential = await found(reads.one(credentials, acsCredentialId, system))
    return credential && { ...credential, ...silent(credential, known) }
  },
  async twins(seam, inputs) {
    if (!isHeld(inputs)) return []
    const filter = inputs.acs_user_id
      ? { acs_user_id: inputs.acs_user_id }
      : { user_identity_id: inputs.user_identity_id }
    const held = await seam.list<Wire>(`${path}/list`, filter, 'acs_credentials')
    const inSystem = (one: Wire) =>
      inputs.acs_system_id === undefined || one['acs_system_id'] === inputs.acs_system_id
    return held.filter(inSystem).filter(isTwin(inputs))
  },
  async create(seam, inputs) {
    const observed = await seam.create<Wire>(`${path}/create`, inputs, key)
    return created(`${path}/create`, observed, 'acs_credential_id')
  },
  async update(seam, acs_credential_id, edit) {
    const { acs_user_id: _user, user_identity_id: _person, ...facts } = edit.patch
    if (Object.keys(facts).length > 0) {
      await seam.write(`${path}/update`, { acs_credential_id, ...facts })
    }
    if (edit.changed.has('acs_user_id') || edit.changed.has('user_identity_id')) {
      await reassign(seam, acs_credential_id, edit.before, edit.after)
    }
  },
  remove: (seam, acs_credential_id) => seam.write(`${path}/delete`, { acs_credential_id }),
})
