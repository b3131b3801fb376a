import { collection } from '../kind'
import { pending, type Notice, type Noticed } from './common'

export interface AcsAccessGroupRecord extends Noticed {
  acs_access_group_id: string
  acs_system_id: string
  name: string
  external_type: string
  external_type_display_name: string
  created_at: string
  pending_mutations: readonly Notice[]
  /** The doors that membership opens. */
  acs_entrance_ids: readonly string[]
}

export const acsAccessGroups = collection<
  AcsAccessGroupRecord,
  'acs_access_group_id' | 'acs_system_id' | 'name'
>({
  id: 'acs_access_group_id',
  defaults: {
    external_type: 'salto_ks_access_group',
    external_type_display_name: 'Salto KS access group',
    acs_entrance_ids: [],
    ...pending,
  },
})

export interface MembershipRecord {
  /** `<acs_access_group_id>/<acs_user_id>` */
  membership_id: string
  acs_access_group_id: string
  acs_user_id: string
}

export const memberships = collection<MembershipRecord, 'acs_access_group_id' | 'acs_user_id'>({
  id: 'membership_id',
  indexes: ['acs_access_group_id', 'acs_user_id'],
  defaults: ({ acs_access_group_id: group, acs_user_id: user }) => ({
    membership_id: group && user && `${group}/${user}`,
  }),
})
