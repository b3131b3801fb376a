import { id, text } from '../schema'
import { defineList } from './lookup'
import { spaceLookup } from './space'

export const spacesLookup = defineList({
  name: 'spaces',
  about: 'Lists spaces: all of them, or those that fit every filter.',
  page: 'https://docs.seam.co/latest/api/spaces/list',
  by: {
    customer_key: text('The customer to whom they belong.').optional(),
    connected_account_id: id('A connected account of theirs.').optional(),
    search: text('What a name, a key or an id contains.').optional(),
  },
  path: '/spaces/list',
  answers: 'spaces',
  of: spaceLookup.fields,
  lists: { resource: 'space' },
})
