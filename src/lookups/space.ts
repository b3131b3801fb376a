import { space } from '../resources'
import { id, text, type Wire } from '../schema'
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
  async candidates(seam, { name, ...selector }) {
    if (name === undefined) return oneOrNone(seam, '/spaces/get', selector, 'space')
    const spaces = await seam.list<Wire>('/spaces/list', { search: name }, 'spaces')
    return spaces.filter((one) => one['name'] === name)
  },
})
