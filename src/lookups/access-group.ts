import { id, notes, record, text } from '../schema'
import { defineLookup, oneOrNone } from './lookup'
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

export const accessGroupLookup = defineLookup({
  name: 'access_group',
  about:
    'Finds an access group of an access control system by its id, or by its exact name (within one system, where several have such a group).',
  page: 'https://docs.seam.co/latest/api/acs/access_groups/get',
  id: 'acs_access_group_id',
  ways: ['acs_access_group_id', 'name'],
  by: {
    acs_access_group_id: id('Its id.').optional(),
    name: text('Its exact name.').optional(),
    acs_system_id: id('The system to look in, with ‹name›.').optional(),
  },
  fields: {
    acs_access_group_id: id('Its id.').computed(),
    acs_system_id: system,
    name: textOf('Its name.'),
    display_name: displayName,
    external_type: textOf('The kind of group, such as `salto_ks_access_group`.'),
    external_type_display_name: textOf('The same, in the words of its maker.'),
    access_group_type: textOf('Deprecated by Seam: the same as ‹external_type›.'),
    access_group_type_display_name: textOf(
      'Deprecated by Seam: the same as ‹external_type_display_name›.',
    ),
    access_schedule: record('When its members have access, on systems that know such.', {
      starts_at: instantOf('From when.'),
      ends_at: instantOf('Until when; without end when missing.').sometimes(),
    })
      .computed()
      .sometimes(),
    connected_account_id: connectedAccountId,
    created_at: createdAt,
    workspace_id: workspaceId,
    is_managed: flagOf('Whether Seam manages it.'),
    pending_mutations: notes('Changes on their way to the system.').computed(),
    errors,
    warnings,
  },
  named: {
    path: '/acs/access_groups/list',
    answers: 'acs_access_groups',
    way: 'name',
    member: 'name',
  },
  candidates: (seam, { acs_access_group_id }) =>
    oneOrNone(seam, '/acs/access_groups/get', { acs_access_group_id }, 'acs_access_group'),
})
