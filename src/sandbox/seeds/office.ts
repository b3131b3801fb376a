import type { SeedData } from './complete'
import { officeIds } from './office-ids'
import { officeCredentials, officeUsers } from './office-people'

const { systems, encoders, entrances, accessGroups, spaces, devices, connectedAccounts } = officeIds
const salto = systems.saltoKs
const brivo = systems.brivo

const saltoDoor = (acs_entrance_id: string, display_name: string, more: object = {}) => ({
  acs_entrance_id,
  acs_system_id: salto,
  display_name,
  can_unlock_with_card: true,
  can_unlock_with_code: true,
  can_unlock_with_mobile_key: true,
  metadata: { salto_ks_metadata: { door_name: display_name, online: true } },
  ...more,
})

const brivoDoor = (acs_entrance_id: string, display_name: string, more: object = {}) => ({
  acs_entrance_id,
  acs_system_id: brivo,
  display_name,
  can_unlock_with_card: true,
  can_unlock_with_cloud_key: true,
  can_unlock_with_code: true,
  metadata: { brivo_metadata: { site_id: 1, site_name: 'Lab building' } },
  ...more,
})

const brivoGroup = {
  acs_system_id: brivo,
  external_type: 'brivo_group',
  external_type_display_name: 'Brivo group',
}

const guestDoor = { can_belong_to_reservation: true }

/** An office with a Salto KS system in the main building and a Brivo system in the lab. */
export const officeSeed: SeedData = {
  workspace: { workspace_id: officeIds.workspace, name: 'Office Sandbox' },
  api_key: 'seam_testOffice_LocalSandboxOnly',
  personal_access_token: 'seam_at_testOffice_LocalSandboxOnly',
  connected_accounts: [
    { connected_account_id: connectedAccounts.saltoKs, display_name: 'Main building' },
    {
      connected_account_id: connectedAccounts.brivo,
      account_type: 'brivo',
      account_type_display_name: 'Brivo',
      display_name: 'Lab building',
    },
    {
      connected_account_id: connectedAccounts.locks,
      account_type: 'schlage',
      account_type_display_name: 'Schlage',
      display_name: 'Standalone locks',
    },
  ],
  acs_systems: [
    {
      acs_system_id: salto,
      connected_account_id: connectedAccounts.saltoKs,
      name: 'Main Building',
      time_zone: 'Europe/Berlin',
    },
    {
      acs_system_id: brivo,
      connected_account_id: connectedAccounts.brivo,
      name: 'Lab Building',
      external_type: 'brivo_account',
      external_type_display_name: 'Brivo account',
      time_zone: 'Europe/Berlin',
    },
  ],
  acs_entrances: [
    saltoDoor(entrances.frontDoor, 'Front Door'),
    saltoDoor(entrances.lobbyTurnstile, 'Lobby Turnstile'),
    saltoDoor(entrances.openOffice, 'Open Office'),
    saltoDoor(entrances.quietOffice, 'Quiet Office', guestDoor),
    saltoDoor(entrances.meetingRoom, 'Meeting Room', guestDoor),
    saltoDoor(entrances.garageGate, 'Garage Gate'),
    brivoDoor(entrances.labEntrance, 'Lab Entrance'),
    brivoDoor(entrances.labBench, 'Lab Bench'),
    brivoDoor(entrances.serverRoom, 'Server Room'),
    brivoDoor(entrances.gymDoor, 'Gym Door'),
    brivoDoor(entrances.storage, 'Storage'),
    brivoDoor(entrances.roof, 'Roof'),
  ],
  acs_encoders: [
    { acs_encoder_id: encoders.saltoKs, acs_system_id: salto, display_name: 'Reception Encoder' },
    { acs_encoder_id: encoders.brivo, acs_system_id: brivo, display_name: 'Lab Encoder' },
  ],
  acs_access_groups: [
    {
      acs_access_group_id: accessGroups.employees,
      acs_system_id: salto,
      name: 'Employees',
      acs_entrance_ids: [entrances.frontDoor, entrances.lobbyTurnstile, entrances.openOffice],
    },
    {
      acs_access_group_id: accessGroups.cleaners,
      acs_system_id: salto,
      name: 'Cleaners',
      acs_entrance_ids: [entrances.frontDoor, entrances.openOffice, entrances.meetingRoom],
    },
    {
      acs_access_group_id: accessGroups.labTeam,
      name: 'Lab Team',
      acs_entrance_ids: [entrances.labEntrance, entrances.labBench],
      ...brivoGroup,
    },
    {
      acs_access_group_id: accessGroups.itStaff,
      name: 'IT Staff',
      acs_entrance_ids: [entrances.serverRoom],
      ...brivoGroup,
    },
  ],
  ...officeUsers,
  acs_credentials: officeCredentials,
  spaces: [
    {
      space_id: spaces.lobby,
      space_key: 'lobby',
      name: 'Lobby',
      acs_entrance_ids: [entrances.frontDoor, entrances.lobbyTurnstile],
      device_ids: [devices.lobbyLock],
    },
    {
      space_id: spaces.offices,
      space_key: 'offices',
      name: 'Offices',
      acs_entrance_ids: [entrances.openOffice, entrances.quietOffice, entrances.meetingRoom],
    },
    {
      space_id: spaces.lab,
      space_key: 'lab',
      name: 'Lab',
      acs_entrance_ids: [entrances.labEntrance, entrances.labBench],
    },
    {
      space_id: spaces.serverRoom,
      space_key: 'server-room',
      name: 'Server Room',
      acs_entrance_ids: [entrances.serverRoom],
    },
    {
      space_id: spaces.gym,
      space_key: 'gym',
      name: 'Gym',
      acs_entrance_ids: [entrances.gymDoor],
      device_ids: [devices.gymLock],
    },
    {
      space_id: spaces.garage,
      space_key: 'garage',
      name: 'Garage',
      acs_entrance_ids: [entrances.garageGate],
      device_ids: [devices.garageKeypad],
    },
  ],
  devices: [
    {
      device_id: devices.lobbyLock,
      connected_account_id: connectedAccounts.locks,
      display_name: 'Lobby Lock',
    },
    {
      device_id: devices.garageKeypad,
      connected_account_id: connectedAccounts.locks,
      display_name: 'Garage Keypad',
    },
    {
      device_id: devices.gymLock,
      connected_account_id: connectedAccounts.locks,
      display_name: 'Gym Lock',
      can_program_online_access_codes: false,
    },
  ],
  access_grants: [
    {
      access_grant_id: officeIds.grants.unmanagedFrontDesk,
      is_managed: false,
      user_identity_id: officeIds.userIdentities.grace,
      name: 'Front desk',
      space_ids: [spaces.lobby],
      acs_entrance_ids: [entrances.storage],
      access_method_ids: [officeIds.accessMethods.unmanagedFrontDeskPin],
      requested_access_methods: [
        {
          mode: 'code',
          code: '730154',
          display_name: 'PIN Code',
          created_at: '2024-01-15T09:00:00.000Z',
          created_access_method_ids: [officeIds.accessMethods.unmanagedFrontDeskPin],
        },
      ],
    },
  ],
  access_methods: [
    {
      access_method_id: officeIds.accessMethods.unmanagedFrontDeskPin,
      is_managed: false,
      mode: 'code',
      code: '730154',
    },
  ],
}
