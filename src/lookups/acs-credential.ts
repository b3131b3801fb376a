import { choice, id, idSet, textSet } from '../schema'
import {
  connectedAccountId,
  createdAt,
  displayName,
  errors,
  flagFact,
  flagOf,
  idFact,
  instantFact,
  recordFact,
  system,
  textFact,
  warnings,
  workspaceId,
} from './answers'
import { defineLookup, oneOrNone } from './lookup'

const idsFact = (about: string) => idSet(about).computed().sometimes()

const visionline = recordFact('What only credentials of Visionline have.', {
  auto_join: flagFact('Whether it joins the cards that open the same door.'),
  card_function_type: choice('Whose card it is.', ['guest', 'staff']).computed().sometimes(),
  card_id: textFact('Id of the card at its maker.'),
  common_acs_entrance_ids: idsFact('Common doors that it opens.'),
  credential_id: textFact('Id of the credential at its maker.'),
  guest_acs_entrance_ids: idsFact('Guest doors that it opens.'),
  is_valid: flagFact('Whether it is valid.'),
  joiner_acs_credential_ids: idsFact('Credentials to which it was joined.'),
})

const vostio = recordFact('What only credentials of Assa Abloy Vostio have.', {
  auto_join: flagFact('Whether it joins the keys that open the same door.'),
  door_names: textSet('Names of the doors that it opens.').computed().sometimes(),
  endpoint_id: textFact('Id of the phone at its maker.'),
  key_id: textFact('Id of the key at its maker.'),
  key_issuing_request_id: textFact('Id of the request that issued it.'),
  override_guest_acs_entrance_ids: idsFact('Guest doors whose earlier keys it ends.'),
})

export const acsCredentialLookup = defineLookup({
  name: 'acs_credential',
  about: 'Finds a credential of an access control system (a PIN, card or mobile key) by its id.',
  page: 'https://docs.seam.co/latest/api/acs/credentials/get',
  id: 'acs_credential_id',
  by: { acs_credential_id: id('Its id.') },
  fields: {
    acs_credential_id: id('Its id.').computed(),
    acs_system_id: system,
    acs_user_id: idFact('The user of the system to whom it belongs.'),
    user_identity_id: idFact('The person to whom it belongs.'),
    acs_credential_pool_id: idFact('The pool from which it was taken.'),
    parent_acs_credential_id: idFact('The credential of which it is the copy on one phone.'),
    access_method: choice('How it opens doors.', [
      'code',
      'card',
      'mobile_key',
      'cloud_key',
    ]).computed(),
    code: textFact('The PIN.').secret(),
    card_number: textFact('The number of the card.').secret(),
    starts_at: instantFact('From when it is valid.'),
    ends_at: instantFact('Until when it is valid; without end when missing.'),
    external_type: textFact('The kind of credential, such as `pti_card`.'),
    external_type_display_name: textFact('The same, in the words of its maker.'),
    is_issued: flagFact('Whether it was written on a card.'),
    issued_at: instantFact('When that was.'),
    is_one_time_use: flagFact('Whether it opens once only.'),
    is_multi_phone_sync_credential: flagFact('Whether it serves all phones of its user.'),
    is_latest_desired_state_synced_with_provider: flagFact(
      'Whether the system has its last change.',
    ),
    latest_desired_state_synced_with_provider_at: instantFact('When it got that.'),
    visionline_metadata: visionline,
    assa_abloy_vostio_metadata: vostio,
    connected_account_id: connectedAccountId,
    display_name: displayName,
    created_at: createdAt,
    workspace_id: workspaceId,
    is_managed: flagOf('Whether Seam manages it.'),
    errors,
    warnings,
  },
  candidates: (seam, selector) =>
    oneOrNone(seam, '/acs/credentials/get', selector, 'acs_credential'),
})
