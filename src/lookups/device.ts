import { id, idSet, notes, record, text, textSet, type Wire } from '../schema'
import {
  asList,
  connectedAccountId,
  createdAt,
  customMetadata,
  displayName,
  errors,
  flagFact,
  flagOf,
  integerFact,
  numberFact,
  recordFact,
  textFact,
  textOf,
  warnings,
  workspaceId,
} from './answers'
import { defineLookup, oneOrNone } from './lookup'

/** What locks and keypads tell of themselves, beside what only one make does. */
const properties = record('Facts of the device.', {
  name: textFact('The name at its maker.'),
  online: flagFact('Whether it is online.'),
  locked: flagFact('Whether it is locked now.'),
  door_open: flagFact('Whether the door stands open.'),
  battery_level: numberFact('How full the battery is, from 0 to 1.'),
  battery: recordFact('The battery.', {
    level: numberFact('How full it is, from 0 to 1.'),
    status: textFact('`full`, `good`, `low` or `critical`.'),
  }),
  has_direct_power: flagFact('Whether it needs no battery.'),
  serial_number: textFact('Its serial number.'),
  manufacturer: textFact('Its maker.'),
  model: recordFact('Its model.', {
    display_name: textFact('Name of the model.'),
    manufacturer_display_name: textFact('Name of its maker.'),
  }),
  appearance: recordFact('How it shows at its maker.', { name: textFact('Its name there.') }),
  image_url: textFact('A picture of it.'),
  image_alt_text: textFact('Words for the picture.'),
  online_access_codes_enabled: flagFact('Whether PINs can be set over the network.'),
  offline_access_codes_enabled: flagFact('Whether PINs can be made without a network.'),
  auto_lock_enabled: flagFact('Whether it locks by itself.'),
  auto_lock_delay_seconds: integerFact('After how many seconds it does.'),
  max_active_codes_supported: integerFact('How many PINs it can hold.'),
  code_constraints: notes('What its PINs must be like.').computed().sometimes(),
}).computed()

const maker = {
  display_name: textOf('Its name.'),
  image_url: textFact('Its sign.'),
}

export const asDevice = (device: Wire): Wire => ({
  ...device,
  custom_metadata: asList(device['custom_metadata']),
})

export const deviceLookup = defineLookup({
  name: 'device',
  about: 'Finds a lock or another device by its id or its exact name.',
  page: 'https://docs.seam.co/latest/api/devices/get',
  id: 'device_id',
  ways: ['device_id', 'name'],
  by: {
    device_id: id('Its id.').optional(),
    name: text('Its exact name, as Seam displays it.').optional(),
  },
  fields: {
    device_id: id('Its id.').computed(),
    device_type: textOf('The kind of device, such as `august_lock`.'),
    display_name: displayName,
    nickname: textFact('The name that a person gave it.'),
    space_ids: idSet('The spaces that hold it.').computed(),
    capabilities_supported: textSet('What it can do, in words such as `lock`.').computed(),
    can_remotely_lock: flagFact('Whether it locks over the network.'),
    can_remotely_unlock: flagFact('Whether it unlocks over the network.'),
    can_unlock_with_code: flagFact('Whether PINs open it.'),
    can_program_online_access_codes: flagFact('Whether PINs can be set over the network.'),
    can_program_offline_access_codes: flagFact('Whether PINs can be made without a network.'),
    can_configure_auto_lock: flagFact('Whether locking by itself can be set.'),
    device_manufacturer: recordFact('Its maker.', {
      manufacturer: textOf('The maker, in one word.'),
      ...maker,
    }),
    device_provider: recordFact('The service that connects it.', {
      device_provider_name: textOf('The service, in one word.'),
      provider_category: textOf('The kind of service.'),
      ...maker,
    }),
    location: recordFact('Where it is.', {
      location_name: textFact('The name of the place.'),
      time_zone: textFact('IANA time zone.'),
    }),
    properties,
    custom_metadata: customMetadata,
    connected_account_id: connectedAccountId,
    created_at: createdAt,
    workspace_id: workspaceId,
    is_managed: flagOf('Whether Seam manages it.'),
    errors,
    warnings,
  },
  named: { path: '/devices/list', answers: 'devices', way: 'name', member: 'display_name' },
  candidates: (seam, by) => oneOrNone(seam, '/devices/get', by, 'device'),
  each: asDevice,
})
