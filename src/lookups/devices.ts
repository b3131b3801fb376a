import { id, text } from '../schema'
import { asDevice, deviceLookup } from './device'
import { defineList } from './lookup'

export const devicesLookup = defineList({
  name: 'devices',
  about: 'Lists locks and other devices: all of them, or those that fit every filter.',
  page: 'https://docs.seam.co/latest/api/devices/list',
  by: {
    space_id: id('The space that holds them.').optional(),
    connected_account_id: id('Their connected account.').optional(),
    customer_key: text('The customer to whom their spaces belong.').optional(),
    search: text('What a name or an id contains.').optional(),
  },
  path: '/devices/list',
  answers: 'devices',
  of: deviceLookup.fields,
  each: asDevice,
})
