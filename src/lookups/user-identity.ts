import { userIdentity } from '../resources'
import { id, text, type Wire } from '../schema'
import { defineLookup, oneOrNone } from './lookup'

const sameAddress = (one: unknown, other: unknown) =>
  String(one).toLowerCase() === String(other).toLowerCase()

export const userIdentityLookup = defineLookup({
  name: 'user_identity',
  about: 'Finds a person by id, key, e-mail address, or exact full name.',
  page: 'https://docs.seam.co/latest/api/user_identities/get',
  id: 'user_identity_id',
  ways: ['user_identity_id', 'user_identity_key', 'email_address', 'full_name'],
  by: {
    user_identity_id: id('The id of the person.').optional(),
    user_identity_key: text('The key of the person.').optional(),
    email_address: text('The e-mail address of the person.').optional(),
    full_name: text('The exact name of the person.').optional(),
  },
  // Whom somebody created by hand may have none.
  fields: {
    ...userIdentity.fields,
    user_identity_key: userIdentity.fields.user_identity_key.sometimes(),
  },
  named: {
    path: '/user_identities/list',
    answers: 'user_identities',
    way: 'full_name',
    member: 'full_name',
  },
  async candidates(seam, { email_address: search, ...selector }) {
    if (search === undefined) {
      return oneOrNone(seam, '/user_identities/get', selector, 'user_identity')
    }
    const people = await seam.list<Wire>('/user_identities/list', { search }, 'user_identities')
    return people.filter((one) => sameAddress(one['email_address'], search))
  },
  systems: (seam, { user_identity_id }) =>
    seam.list('/user_identities/list_acs_systems', { user_identity_id }, 'acs_systems'),
})
