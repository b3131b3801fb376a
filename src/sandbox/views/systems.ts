import type { Context } from '../context'
import type {
  AcsAccessGroupRecord,
  AcsCredentialRecord,
  AcsEncoderRecord,
  AcsEntranceRecord,
  AcsSystemRecord,
  ConnectedAccountRecord,
} from '../store/collections'
import { defined } from './defined'

const accountOf = ({ store }: Context, systemId: string) =>
  store.acsSystems.get(systemId)?.connected_account_id

/** An access control system as the API shows it. */
export function acsSystem(system: Readonly<AcsSystemRecord>, { store }: Context): object {
  const { acs_system_id, connected_account_id, name } = system
  const groups = store.acsAccessGroups.all()
  return {
    acs_system_id,
    connected_account_id,
    connected_account_ids: [connected_account_id],
    name,
    external_type: system.external_type,
    external_type_display_name: system.external_type_display_name,
    system_type: system.external_type,
    system_type_display_name: system.external_type_display_name,
    acs_access_group_count: groups.filter((group) => group.acs_system_id === acs_system_id).length,
    acs_user_count: store.acsUsers.count('acs_system_id', acs_system_id),
    default_credential_manager_acs_system_id: null,
    image_alt_text: `${system.external_type_display_name} logo`,
    image_url: `https://example.com/images/${system.external_type}.png`,
    is_credential_manager: false,
    location: { time_zone: system.time_zone },
    created_at: system.created_at,
    errors: system.errors,
    warnings: system.warnings,
    workspace_id: store.workspace.workspace_id,
  }
}

/** An entrance as the API shows it. */
export function acsEntrance(entrance: Readonly<AcsEntranceRecord>, context: Context): object {
  const { metadata, ...members } = entrance
  const spaces = context.store.spaces.where('acs_entrance_ids', entrance.acs_entrance_id)
  return {
    ...members,
    connected_account_id: accountOf(context, entrance.acs_system_id),
    space_ids: spaces.map(({ space_id }) => space_id),
    ...metadata,
  }
}

/** A card encoder as the API shows it. */
export function acsEncoder(encoder: Readonly<AcsEncoderRecord>, context: Context): object {
  return {
    ...encoder,
    connected_account_id: accountOf(context, encoder.acs_system_id),
    workspace_id: context.store.workspace.workspace_id,
  }
}

/** An access group as the API shows it. */
export function acsAccessGroup(group: Readonly<AcsAccessGroupRecord>, context: Context): object {
  const { acs_entrance_ids: _, ...members } = group
  return {
    ...members,
    display_name: group.name,
    access_group_type: group.external_type,
    access_group_type_display_name: group.external_type_display_name,
    connected_account_id: accountOf(context, group.acs_system_id),
    is_managed: true,
    workspace_id: context.store.workspace.workspace_id,
  }
}

/** A credential as the API shows it. */
export function acsCredential(credential: Readonly<AcsCredentialRecord>, context: Context): object {
  const { allowed_acs_entrance_ids: _, asked: __, ...members } = credential
  const user = context.store.acsUsers.get(credential.acs_user_id ?? '')
  return {
    ...members,
    connected_account_id: accountOf(context, credential.acs_system_id),
    is_managed: true,
    workspace_id: context.store.workspace.workspace_id,
    ...defined({ user_identity_id: user?.user_identity_id }),
  }
}

/** A connected account as the API shows it. */
export function connectedAccount(account: Readonly<ConnectedAccountRecord>): object {
  return {
    ...account,
    accepted_capabilities: ['access_control', 'lock'],
    automatically_manage_new_devices: true,
    custom_metadata: {},
    errors: [],
    warnings: [],
  }
}
