import { asGrant } from '../resources'
import { id } from '../schema'
import { accessGrantLookup } from './access-grant'
import { idFact } from './answers'
import { defineLookup, oneOrNone } from './lookup'

const {
  access_grant_key: _key,
  client_session_token: _token,
  customization_profile_id: _profile,
  instant_key_url: _url,
  ...shared
} = accessGrantLookup.fields

export const unmanagedAccessGrantLookup = defineLookup({
  name: 'unmanaged_access_grant',
  about: 'Finds an access grant that Seam knows but does not manage, by its id.',
  page: 'https://docs.seam.co/latest/api/access_grants/unmanaged/get',
  id: 'access_grant_id',
  by: { access_grant_id: id('Its id.') },
  fields: { ...shared, user_identity_id: idFact('The person, where Seam knows them.') },
  async candidates(seam, selector) {
    const path = '/access_grants/unmanaged/get'
    return (await oneOrNone(seam, path, selector, 'access_grant')).map(asGrant)
  },
})
