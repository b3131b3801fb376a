import { id, text } from '../schema'
import { defineList } from './lookup'
import { userIdentityLookup } from './user-identity'

export const userIdentitiesLookup = defineList({
  name: 'user_identities',
  about: 'Lists people: all of them, or those that fit every filter.',
  page: 'https://docs.seam.co/latest/api/user_identities/list',
  by: {
    credential_manager_acs_system_id: id('A system that manages credentials of theirs.').optional(),
    search: text('What a name, an e-mail address, a key or an id contains.').optional(),
  },
  path: '/user_identities/list',
  answers: 'user_identities',
  of: userIdentityLookup.fields,
  lists: { resource: 'user_identity' },
})
