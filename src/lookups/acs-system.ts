import { flag, id, idSet, integer, record, text } from '../schema'
import { connectedAccountId, createdAt, errors, textOf, warnings, workspaceId } from './answers'
import { defineLookup, oneOrNone } from './lookup'

export const acsSystemLookup = defineLookup({
  name: 'acs_system',
  about: 'Finds an access control system by its id or its exact name.',
  page: 'https://docs.seam.co/latest/api/acs/systems/get',
  id: 'acs_system_id',
  ways: ['acs_system_id', 'name'],
  by: {
    acs_system_id: id('Its id.').optional(),
    name: text('Its exact name.').optional(),
  },
  fields: {
    acs_system_id: id('Its id.').computed(),
    name: textOf('Its name.'),
    external_type: textOf('The kind of system, such as `salto_ks_site`.').sometimes(),
    external_type_display_name: textOf('The same, in the words of its maker.').sometimes(),
    system_type: textOf('Deprecated by Seam: the same as ‹external_type›.').sometimes(),
    system_type_display_name: textOf(
      'Deprecated by Seam: the same as ‹external_type_display_name›.',
    ).sometimes(),
    is_credential_manager: flag(
      'Whether it issues mobile keys rather than having doors.',
    ).computed(),
    acs_access_group_count: integer('How many access groups it has.').computed().sometimes(),
    acs_user_count: integer('How many users it has.').computed().sometimes(),
    default_credential_manager_acs_system_id: id('The system that issues its mobile keys.')
      .computed()
      .sometimes(),
    location: record('Where it is.', {
      time_zone: textOf('IANA time zone.').sometimes(),
    }).computed(),
    visionline_metadata: record('What only Visionline systems have.', {
      lan_address: textOf('Address in the local network.').sometimes(),
      mobile_access_uuid: textOf('Id for mobile access.').sometimes(),
      system_id: textOf('Id of the system at its maker.').sometimes(),
    })
      .computed()
      .sometimes(),
    image_url: textOf('A picture of its make.'),
    image_alt_text: textOf('Words for the picture.'),
    connected_account_id: connectedAccountId,
    connected_account_ids: idSet('Deprecated by Seam: use ‹connected_account_id›.').computed(),
    created_at: createdAt,
    workspace_id: workspaceId,
    errors,
    warnings,
  },
  named: { path: '/acs/systems/list', answers: 'acs_systems', way: 'name', member: 'name' },
  candidates: (seam, by) => oneOrNone(seam, '/acs/systems/get', by, 'acs_system'),
})
