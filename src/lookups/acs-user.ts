import { id, notes, record, text, type Wire } from '../schema'
import {
  connectedAccountId,
  createdAt,
  displayName,
  errors,
  flagOf,
  instantOf,
  system,
  textOf,
  warnings,
  workspaceId,
} from './answers'
import { defineLookup, oneOrNone } from './lookup'

export const acsUserLookup = defineLookup({
  name: 'acs_user',
  about:
    'Finds a user of an access control system: by id, by the person and the system, or by exact name or e-mail address (within one system, where several have such a user).',
  page: 'https://docs.seam.co/latest/api/acs/users/get',
  id: 'acs_user_id',
  ways: ['acs_user_id', 'user_identity_id', 'full_name', 'email_address'],
  by: {
    acs_user_id: id('Its id.').optional(),
    user_identity_id: id('The person; goes with ‹acs_system_id›.').optional(),
    full_name: text('The exact name.').optional(),
    email_address: text('The e-mail address.').optional(),
    acs_system_id: id('The system to look in.').optional(),
  },
  fields: {
    acs_user_id: id('Its id.').computed(),
    acs_system_id: system,
    user_identity_id: id('The person that it stands for.').computed().sometimes(),
    full_name: textOf('The name.').sometimes(),
    email_address: textOf('The e-mail address.').sometimes(),
    email: textOf('Deprecated by Seam: the same as ‹email_address›.').sometimes(),
    phone_number: textOf('The phone number.').sometimes(),
    display_name: displayName,
    user_identity_full_name: textOf('The name of the person.').sometimes(),
    user_identity_email_address: textOf('The e-mail address of the person.').sometimes(),
    user_identity_phone_number: textOf('The phone number of the person.').sometimes(),
    is_suspended: flagOf('Whether it is suspended.').sometimes(),
    is_managed: flagOf('Whether Seam manages it.'),
    access_schedule: record('When it has access, on systems that know such.', {
      starts_at: instantOf('From when.'),
      ends_at: instantOf('Until when; without end when missing.').sometimes(),
    })
      .computed()
      .sometimes(),
    external_type: textOf('The kind of user, such as `salto_site_user`.').sometimes(),
    external_type_display_name: textOf('The same, in the words of its maker.').sometimes(),
    hid_acs_system_id: id('Its HID system.').computed().sometimes(),
    salto_ks_metadata: record('What only Salto KS users have.', {
      is_subscribed: flagOf('Whether it is subscribed.').sometimes(),
    })
      .computed()
      .sometimes(),
    salto_space_metadata: record('What only Salto Space users have.', {
      audit_openings: flagOf('Whether openings are recorded.').sometimes(),
      user_id: textOf('Its id at Salto.').sometimes(),
    })
      .computed()
      .sometimes(),
    connected_account_id: connectedAccountId,
    created_at: createdAt,
    last_successful_sync_at: instantOf('When it was last in step with the system.').sometimes(),
    workspace_id: workspaceId,
    pending_mutations: notes('Changes on their way to the system.').computed().sometimes(),
    errors,
    warnings,
  },
  named: {
    path: '/acs/users/list',
    answers: 'acs_users',
    way: 'full_name',
    member: 'full_name',
  },
  async candidates(seam, { acs_user_id, user_identity_id, email_address, acs_system_id }) {
    if (acs_user_id !== undefined) {
      return oneOrNone(seam, '/acs/users/get', { acs_user_id }, 'acs_user')
    }
    const users = await seam.list<Wire>(
      '/acs/users/list',
      { acs_system_id, user_identity_id, search: email_address },
      'acs_users',
    )
    return users.filter((one) => {
      if (user_identity_id !== undefined) return one['user_identity_id'] === user_identity_id
      return String(one['email_address']).toLowerCase() === String(email_address).toLowerCase()
    })
  },
})
