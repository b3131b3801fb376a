import {
  accessGrant,
  accessGroupMembersExclusive,
  accessGroupMembership,
  acsCredential,
  acsUser,
  space,
  userIdentity,
  type SeamResource,
} from '../../../src/resources'
import { officeIds } from '../../../src/sandbox'
import type { Wire } from '../../../src/schema'

/** One change of one resource that cannot do without a call of `path`. */
export interface Scenario {
  path: string
  /** What is special about it, where several have the same path. */
  how?: string
  definition: SeamResource
  /** What is deployed already; nothing where it is to be made. */
  before?: Wire
  /** What is wanted now; nothing where it is to go. */
  after?: Wire
  /** What the provider makes meanwhile, and may fail to make. */
  provides?: 'access_grants' | 'access_methods' | 'acs_users' | 'acs_credentials'
}

const { userIdentities, acsUsers, accessGroups, systems, spaces, entrances } = officeIds
const starts_at = '2030-01-01T08:00:00Z'

const lea = { full_name: 'Lea Kern', email_address: 'lea@example.com' }
const leaAtSalto = { ...lea, acs_system_id: systems.saltoKs }
const annex = { name: 'Annex', acs_entrance_ids: [entrances.roof] }
const card = { mode: 'card' }
const phone = { mode: 'mobile_key' }
const grant = {
  user_identity_id: userIdentities.ivan,
  space_ids: [spaces.lab],
  requested_access_methods: [card],
  starts_at,
}
const unmanaged = {
  user_identity_id: userIdentities.grace,
  space_ids: [spaces.lobby],
  acs_entrance_ids: [entrances.storage],
  requested_access_methods: [{ mode: 'code' }],
  adopt_unmanaged_access_grant_id: officeIds.grants.unmanagedFrontDesk,
}
const edge = { acs_access_group_id: accessGroups.cleaners, acs_user_id: acsUsers.saltoBen }
const all = (...acs_user_ids: string[]) => ({
  acs_access_group_id: accessGroups.employees,
  acs_user_ids,
})
const { saltoAna: ana, saltoBen: ben, saltoElena: elena } = acsUsers
const pin = {
  acs_user_id: acsUsers.brivoFarid,
  access_method: 'code',
  code: '2481',
  starts_at,
  ends_at: '2031-01-01T08:00:00Z',
}

const { acs_user_id: _held, ...withoutHolder } = pin

const people: Scenario[] = [
  { path: '/user_identities/create', definition: userIdentity, after: lea },
  {
    path: '/user_identities/create',
    how: 'with a key of the program',
    definition: userIdentity,
    after: { ...lea, user_identity_key: 'lea' },
  },
  {
    path: '/user_identities/update',
    definition: userIdentity,
    before: lea,
    after: { ...lea, full_name: 'Lea Kern-Roth' },
  },
  { path: '/user_identities/delete', definition: userIdentity, before: lea },
  {
    path: '/user_identities/add_acs_user',
    definition: acsUser,
    before: leaAtSalto,
    after: { ...leaAtSalto, user_identity_id: userIdentities.ivan },
  },
  {
    path: '/user_identities/remove_acs_user',
    definition: acsUser,
    before: { ...leaAtSalto, user_identity_id: userIdentities.ivan },
    after: leaAtSalto,
  },
]

const systemUsers: Scenario[] = [
  { path: '/acs/users/create', definition: acsUser, after: leaAtSalto, provides: 'acs_users' },
  {
    path: '/acs/users/update',
    definition: acsUser,
    before: leaAtSalto,
    after: { ...leaAtSalto, full_name: 'Lea Kern-Roth' },
  },
  {
    path: '/acs/users/suspend',
    definition: acsUser,
    before: leaAtSalto,
    after: { ...leaAtSalto, is_suspended: true },
  },
  {
    path: '/acs/users/suspend',
    how: 'as it is made',
    definition: acsUser,
    after: { ...leaAtSalto, is_suspended: true },
  },
  {
    path: '/acs/users/unsuspend',
    definition: acsUser,
    before: { ...leaAtSalto, is_suspended: true },
    after: { ...leaAtSalto, is_suspended: false },
  },
  { path: '/acs/users/delete', definition: acsUser, before: leaAtSalto },
]

const places: Scenario[] = [
  { path: '/spaces/create', definition: space, after: annex },
  {
    path: '/spaces/create',
    how: 'with a key of the program',
    definition: space,
    after: { ...annex, space_key: 'annex' },
  },
  {
    path: '/spaces/update',
    definition: space,
    before: annex,
    after: { name: 'Attic', acs_entrance_ids: [entrances.roof, entrances.storage] },
  },
  { path: '/spaces/delete', definition: space, before: annex },
]

const grants: Scenario[] = [
  {
    path: '/access_grants/create',
    definition: accessGrant,
    after: grant,
    provides: 'access_grants',
  },
  {
    path: '/access_grants/create',
    how: 'with a key of the program',
    definition: accessGrant,
    after: { ...grant, access_grant_key: 'lab' },
    provides: 'access_methods',
  },
  {
    path: '/access_grants/update',
    definition: accessGrant,
    before: grant,
    after: { ...grant, name: 'Lab', ends_at: '2031-01-01T08:00:00Z' },
  },
  { path: '/access_grants/delete', definition: accessGrant, before: grant },
  {
    path: '/access_grants/request_access_methods',
    definition: accessGrant,
    before: grant,
    after: { ...grant, requested_access_methods: [card, phone] },
    provides: 'access_methods',
  },
  {
    path: '/access_grants/request_access_methods',
    how: 'beside other changes',
    definition: accessGrant,
    before: { ...grant, requested_access_methods: [card, phone] },
    after: { ...grant, name: 'Lab', requested_access_methods: [phone, { mode: 'cloud_key' }] },
  },
  { path: '/access_grants/unmanaged/update', definition: accessGrant, after: unmanaged },
  {
    path: '/access_methods/delete',
    definition: accessGrant,
    before: { ...grant, requested_access_methods: [card, phone] },
    after: grant,
  },
]

const groups: Scenario[] = [
  { path: '/acs/access_groups/add_user', definition: accessGroupMembership, after: edge },
  {
    path: '/acs/access_groups/add_user',
    how: 'by person, which makes a user',
    definition: accessGroupMembership,
    after: {
      acs_access_group_id: accessGroups.itStaff,
      user_identity_id: userIdentities.ivan,
    },
  },
  {
    path: '/acs/access_groups/add_user',
    how: 'for the whole group',
    definition: accessGroupMembersExclusive,
    before: all(ana, ben),
    after: all(ana, ben, elena),
  },
  {
    path: '/acs/access_groups/add_user',
    how: 'for a new list',
    definition: accessGroupMembersExclusive,
    after: all(ana, ben, elena),
  },
  { path: '/acs/access_groups/remove_user', definition: accessGroupMembership, before: edge },
  {
    path: '/acs/access_groups/remove_user',
    how: 'for the whole group',
    definition: accessGroupMembersExclusive,
    before: all(ana, ben),
    after: all(ana, elena),
  },
  {
    path: '/acs/access_groups/remove_user',
    how: 'as the whole group goes',
    definition: accessGroupMembersExclusive,
    before: { ...all(ana, ben), remove_on_destroy: true },
  },
]

const credentials: Scenario[] = [
  {
    path: '/acs/credentials/create',
    definition: acsCredential,
    after: pin,
    provides: 'acs_credentials',
  },
  {
    path: '/acs/credentials/update',
    definition: acsCredential,
    before: pin,
    after: { ...pin, code: '7350', ends_at: '2032-01-01T08:00:00Z' },
  },
  {
    path: '/acs/credentials/assign',
    definition: acsCredential,
    before: pin,
    after: { ...pin, acs_user_id: acsUsers.brivoHugo },
  },
  {
    path: '/acs/credentials/unassign',
    definition: acsCredential,
    before: pin,
    after: withoutHolder,
  },
  { path: '/acs/credentials/delete', definition: acsCredential, before: pin },
]

/** Every call of the provider that changes something, and what leads to it. */
export const scenarios: readonly Scenario[] = [
  ...people,
  ...systemUsers,
  ...places,
  ...grants,
  ...groups,
  ...credentials,
]
