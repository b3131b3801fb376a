import { id, idSet, records, text, type Fields } from '../schema'
import {
  connectedAccountId,
  createdAt,
  displayName,
  errors,
  flagFact,
  integerFact,
  recordFact,
  system,
  textFact,
  warnings,
} from './answers'
import { defineLookup, oneOrNone } from './lookup'

/** What the makes of entrances add; Seam answers at most one of them. */
const metadata = <F extends Fields>(make: string, fields: F) =>
  recordFact(`What only entrances of ${make} have.`, fields)

const makes = {
  assa_abloy_vostio_metadata: metadata('Assa Abloy Vostio', {
    door_name: textFact('Name of the door.'),
    door_number: integerFact('Number of the door.'),
    door_type: textFact('Kind of door.'),
    pms_id: textFact('Id in the property management system.'),
    stand_open: flagFact('Whether it may stand open.'),
  }),
  avigilon_alta_metadata: metadata('Avigilon Alta', {
    entry_name: textFact('Name of the entry.'),
    entry_relays_total_count: integerFact('How many relays it has.'),
    org_name: textFact('Name of the organization.'),
    site_id: integerFact('Id of the site.'),
    site_name: textFact('Name of the site.'),
    zone_id: integerFact('Id of the zone.'),
    zone_name: textFact('Name of the zone.'),
  }),
  brivo_metadata: metadata('Brivo', {
    access_point_id: textFact('Id of the access point.'),
    site_id: integerFact('Id of the site.'),
    site_name: textFact('Name of the site.'),
  }),
  dormakaba_ambiance_metadata: metadata('dormakaba Ambiance', {
    access_point_name: textFact('Name of the access point.'),
  }),
  dormakaba_community_metadata: metadata('dormakaba Community', {
    access_point_profile: textFact('Profile of the access point.'),
  }),
  hotek_metadata: metadata('Hotek', {
    common_area_name: textFact('Name of the common area.'),
    common_area_number: textFact('Number of the common area.'),
    room_number: textFact('Number of the room.'),
  }),
  latch_metadata: metadata('Latch', {
    accessibility_type: textFact('How it is reached.'),
    door_name: textFact('Name of the door.'),
    door_type: textFact('Kind of door.'),
    is_connected: flagFact('Whether it is connected.'),
  }),
  salto_ks_metadata: metadata('Salto KS', {
    battery_level: textFact('How full the battery is.'),
    door_name: textFact('Name of the door.'),
    intrusion_alarm: flagFact('Whether somebody broke in.'),
    left_open_alarm: flagFact('Whether it stands open.'),
    lock_type: textFact('Kind of lock.'),
    locked_state: textFact('Whether it is locked.'),
    online: flagFact('Whether it is online.'),
    privacy_mode: flagFact('Whether privacy mode is on.'),
  }),
  salto_space_metadata: metadata('Salto Space', {
    audit_on_keys: flagFact('Whether keys record openings.'),
    door_description: textFact('Description of the door.'),
    door_id: textFact('Id of the door.'),
    door_name: textFact('Name of the door.'),
    room_description: textFact('Description of the room.'),
    room_name: textFact('Name of the room.'),
  }),
  visionline_metadata: metadata('Visionline', {
    door_category: textFact('Kind of door.'),
    door_name: textFact('Name of the door.'),
    profiles: records('Profiles of the door.', {
      visionline_door_profile_id: textFact('Id of the profile.'),
      visionline_door_profile_type: textFact('Kind of profile.'),
    })
      .computed()
      .sometimes(),
  }),
}

export const entranceLookup = defineLookup({
  name: 'entrance',
  about:
    'Finds an entrance of an access control system by its id, or by its exact name (within one system or one space, where several have such an entrance).',
  page: 'https://docs.seam.co/latest/api/acs/entrances/get',
  id: 'acs_entrance_id',
  ways: ['acs_entrance_id', 'name'],
  by: {
    acs_entrance_id: id('Its id.').optional(),
    name: text('Its exact name, as Seam displays it.').optional(),
    acs_system_id: id('The system to look in, with ‹name›.').optional(),
    space_id: id('The space to look in, with ‹name›.').optional(),
  },
  fields: {
    acs_entrance_id: id('Its id.').computed(),
    acs_system_id: system,
    display_name: displayName,
    space_ids: idSet('The spaces that hold it.').computed(),
    can_belong_to_reservation: flagFact('Whether a reservation key applies to it.'),
    can_unlock_with_card: flagFact('Whether cards open it; unknown when missing.'),
    can_unlock_with_cloud_key: flagFact('Whether cloud keys open it.'),
    can_unlock_with_code: flagFact('Whether PINs open it.'),
    can_unlock_with_mobile_key: flagFact('Whether mobile keys open it.'),
    is_locked: flagFact('Whether it is locked now.'),
    ...makes,
    connected_account_id: connectedAccountId,
    created_at: createdAt,
    errors,
    warnings,
  },
  named: {
    path: '/acs/entrances/list',
    answers: 'acs_entrances',
    way: 'name',
    member: 'display_name',
  },
  candidates: (seam, { acs_entrance_id }) =>
    oneOrNone(seam, '/acs/entrances/get', { acs_entrance_id }, 'acs_entrance'),
})
