import {
  accessGrant,
  accessGroupMembership,
  acsCredential,
  acsUser,
  space,
  userIdentity,
  type SeamResource,
} from '../../../src/resources'
import { officeIds } from '../../../src/sandbox'
import type { Wire } from '../../../src/schema'
import { grantOf } from '../office'

const { acsUsers, accessGroups, systems } = officeIds
export const pin = '730951'
const starts_at = '2030-01-01T08:00:00Z'

/** A resource, how it is made, and how it is changed. */
export type Case = [SeamResource, Wire, Wire]

const pins = (...codes: string[]) => codes.map((code) => ({ mode: 'code', code }))
export const lea = { full_name: 'Lea Kern', email_address: 'lea@example.com' }
const credential = {
  acs_user_id: acsUsers.brivoFarid,
  access_method: 'code',
  code: pin,
  starts_at,
  ends_at: '2031-01-01T08:00:00Z',
}
export const cases: Record<string, Case> = {
  grant: [
    accessGrant,
    grantOf({ requested_access_methods: pins(pin) }),
    grantOf({ requested_access_methods: pins('730952'), name: 'Lab' }),
  ],
  person: [userIdentity, lea, { ...lea, full_name: 'Lea Roth' }],
  space: [space, { name: 'Annex' }, { name: 'Attic' }],
  user: [
    acsUser,
    { ...lea, acs_system_id: systems.saltoKs },
    { ...lea, acs_system_id: systems.saltoKs, full_name: 'Lea Roth' },
  ],
  membership: [
    accessGroupMembership,
    { acs_access_group_id: accessGroups.labTeam, acs_user_id: acsUsers.brivoHugo },
    { acs_access_group_id: accessGroups.labTeam, acs_user_id: acsUsers.brivoHugo },
  ],
  credential: [acsCredential, credential, { ...credential, code: '730952' }],
}
