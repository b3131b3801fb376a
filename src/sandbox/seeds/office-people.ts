import type { SeedData } from './complete'
import { officeIds } from './office-ids'

const { systems, entrances, accessGroups, acsUsers, credentials, userIdentities } = officeIds

const user = (acs_user_id: string, acs_system_id: string, full_name: string) => ({
  acs_user_id,
  acs_system_id,
  full_name,
  email_address: `${full_name.toLowerCase().replace(' ', '.')}@office.example`,
})

/** The people whom the office's access systems know. */
export const officeUsers = {
  acs_users: [
    user(acsUsers.saltoAna, systems.saltoKs, 'Ana Torres'),
    user(acsUsers.saltoBen, systems.saltoKs, 'Ben Okafor'),
    user(acsUsers.saltoChloe, systems.saltoKs, 'Chloe Martin'),
    user(acsUsers.saltoDev, systems.saltoKs, 'Dev Patel'),
    user(acsUsers.saltoElena, systems.saltoKs, 'Elena Rossi'),
    user(acsUsers.brivoAna, systems.brivo, 'Ana Torres'),
    user(acsUsers.brivoFarid, systems.brivo, 'Farid Khan'),
    {
      ...user(acsUsers.brivoGrace, systems.brivo, 'Grace Lee'),
      user_identity_id: userIdentities.grace,
    },
    user(acsUsers.brivoHugo, systems.brivo, 'Hugo Weber'),
  ],
  memberships: [
    { acs_access_group_id: accessGroups.employees, acs_user_id: acsUsers.saltoAna },
    { acs_access_group_id: accessGroups.employees, acs_user_id: acsUsers.saltoBen },
    { acs_access_group_id: accessGroups.cleaners, acs_user_id: acsUsers.saltoElena },
    { acs_access_group_id: accessGroups.labTeam, acs_user_id: acsUsers.brivoFarid },
  ],
  user_identities: [
    {
      user_identity_id: userIdentities.grace,
      full_name: 'Grace Lee',
      email_address: 'grace.lee@office.example',
    },
    {
      user_identity_id: userIdentities.ivan,
      user_identity_key: 'ivan',
      full_name: 'Ivan Novak',
      email_address: 'ivan.novak@office.example',
    },
  ],
} satisfies Partial<SeedData>

const brivoCredential = {
  acs_system_id: systems.brivo,
  external_type: 'brivo_credential',
  external_type_display_name: 'Brivo credential',
  starts_at: '2024-01-15T09:00:00.000Z',
}

const hugoCard = {
  ...brivoCredential,
  acs_user_id: acsUsers.brivoHugo,
  access_method: 'card' as const,
  display_name: 'Key Card',
  external_type: 'visionline_card',
  external_type_display_name: 'Visionline card',
}

/** A PIN, a card, a phone, and two key cards with the metadata of their brand. */
export const officeCredentials: NonNullable<SeedData['acs_credentials']> = [
  {
    acs_credential_id: credentials.anaPin,
    acs_system_id: systems.saltoKs,
    acs_user_id: acsUsers.saltoAna,
    access_method: 'code',
    display_name: 'PIN Code',
    code: '204816',
    starts_at: '2024-01-15T09:00:00.000Z',
    allowed_acs_entrance_ids: [entrances.frontDoor, entrances.garageGate],
  },
  {
    ...brivoCredential,
    acs_credential_id: credentials.faridCard,
    acs_user_id: acsUsers.brivoFarid,
    access_method: 'card',
    display_name: 'Badge',
    card_number: '8403021',
    ends_at: '2031-01-01T00:00:00.000Z',
    allowed_acs_entrance_ids: [entrances.labEntrance, entrances.gymDoor],
  },
  {
    ...brivoCredential,
    acs_credential_id: credentials.gracePhone,
    acs_user_id: acsUsers.brivoGrace,
    access_method: 'mobile_key',
    display_name: 'Multi Phone Sync Credential',
    is_multi_phone_sync_credential: true,
    allowed_acs_entrance_ids: [entrances.labEntrance],
  },
  {
    ...hugoCard,
    acs_credential_id: credentials.hugoKeyCard,
    card_number: '5519027',
    allowed_acs_entrance_ids: [entrances.serverRoom, entrances.labEntrance],
    visionline_metadata: {
      auto_join: false,
      card_function_type: 'guest',
      card_id: 'card-5519027',
      credential_id: 'key-1',
      common_acs_entrance_ids: [entrances.labEntrance],
      guest_acs_entrance_ids: [entrances.serverRoom],
      is_valid: true,
      joiner_acs_credential_ids: [credentials.hugoOldKeyCard],
    },
  },
  {
    ...hugoCard,
    acs_credential_id: credentials.hugoOldKeyCard,
    card_number: '5519026',
    is_issued: true,
    allowed_acs_entrance_ids: [entrances.serverRoom],
    visionline_metadata: { card_function_type: 'guest', is_valid: false },
  },
]
