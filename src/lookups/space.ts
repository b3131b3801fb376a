import { space } from '../resources'
import { id, text } from '../schema'
import { defineLookup, oneOrNone } from './lookup'

// Seam tells only how many doors a space has; which, the lists of entrances and devices tell.
const { acs_entrance_ids: _entrances, device_ids: _devices, ...fields } = space.fields

export const spaceLookup = defineLookup({
  name: 'space',
  about: 'Finds a space by its id, its key, or its exact name.',
  page: 'https://docs.seam.co/latest/api/spaces/get',
  id: 'space_id',
  ways: ['space_id', 'space_key', 'name'],
  by: {
    space_id: id('Its id.').optional(),
    space_key: text('Its key.').optional(),
    name: text('Its exact name.').optional(),
  },
  fields,
  named: { path: '/spaces/list', answers: 'spaces', way: 'name', member: 'name' },
  candidates: (seam, by) => oneOrNone(seam, '/spaces/get', by, 'space'),
})
