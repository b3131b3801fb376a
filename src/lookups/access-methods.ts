import { modes } from '../resources'
import { choice, id, notes, text } from '../schema'
import {
  createdAt,
  displayName,
  errors,
  flagFact,
  flagOf,
  idFact,
  instantFact,
  textFact,
  warnings,
  workspaceId,
} from './answers'
import { defineList } from './lookup'

/** What every access method has. */
export const accessMethodFields = {
  access_method_id: id('Its id.').computed(),
  mode: choice('How the doors are opened.', modes).computed(),
  code: textFact('The PIN, once Seam knows it.').secret(),
  instant_key_url: textFact('The address of the instant key, with a mobile key.').secret(),
  client_session_token: textFact('A token for the mobile key.').secret(),
  is_issued: flagOf('Whether it works; not while a change of times is on its way.'),
  issued_at: instantFact('When it was issued.'),
  is_encoding_required: flagFact('Whether a person must write it on a card.'),
  is_ready_for_encoding: flagFact('Whether that can be done now.'),
  is_assignment_required: flagFact('Whether a card must be assigned to it.'),
  is_ready_for_assignment: flagFact('Whether that can be done now.'),
  customization_profile_id: idFact('The look of its mobile key.'),
  display_name: displayName,
  created_at: createdAt,
  workspace_id: workspaceId,
  pending_mutations: notes('Changes on their way to the doors.').computed(),
  errors,
  warnings,
}

export const accessMethodsLookup = defineList({
  name: 'access_methods',
  about:
    'Lists the access methods of an access grant: its PINs, cards and mobile keys, and whether they work. Grants of one person may share them.',
  page: 'https://docs.seam.co/latest/api/access_methods/list',
  ways: ['access_grant_id', 'access_grant_key'],
  by: {
    access_grant_id: id('The grant, by its id.').optional(),
    access_grant_key: text('The grant, by its key.').optional(),
  },
  path: '/access_methods/list',
  answers: 'access_methods',
  of: accessMethodFields,
  ephemeral: 'access_codes',
})
