import { atMostOne, flag, id, text } from '../schema'
import { acsCredentialLookup } from './acs-credential'
import { defineList } from './lookup'

export const acsCredentialsLookup = defineList({
  name: 'acs_credentials',
  about:
    'Lists the credentials (PINs, cards, mobile keys) of access control systems: all of them, or those that fit every filter.',
  page: 'https://docs.seam.co/latest/api/acs/credentials/list',
  by: {
    acs_user_id: id('The user of the system.').optional(),
    acs_system_id: id('The access control system.').optional(),
    user_identity_id: id('The person, instead of a user or a system.').optional(),
    is_multi_phone_sync_credential: flag('Whether they serve all phones of their user.').optional(),
    search: text('What a name or an id contains.').optional(),
  },
  // Seam takes a person alone, or a user and a system.
  rules: [
    atMostOne('acs_user_id', 'user_identity_id'),
    atMostOne('acs_system_id', 'user_identity_id'),
  ],
  path: '/acs/credentials/list',
  answers: 'acs_credentials',
  of: acsCredentialLookup.fields,
})
