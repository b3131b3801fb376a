import { accessGrant, asGrant } from '../resources'
import { id, text } from '../schema'
import { defineLookup, oneOrNone } from './lookup'

export const accessGrantLookup = defineLookup({
  name: 'access_grant',
  about: 'Finds an access grant by its id or its key.',
  page: 'https://docs.seam.co/latest/api/access_grants/get',
  id: 'access_grant_id',
  ways: ['access_grant_id', 'access_grant_key'],
  by: {
    access_grant_id: id('Its id.').optional(),
    access_grant_key: text('Its key.').optional(),
  },
  fields: accessGrant.fields,
  async candidates(seam, selector) {
    const grants = await oneOrNone(seam, '/access_grants/get', selector, 'access_grant')
    return grants.map(asGrant)
  },
})
