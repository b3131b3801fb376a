/**
 * Access configuration for buildings as constructs. Classes for every resource and lookup have modules of
 * their own, so that a program loads those alone which it uses: `seam-iac/cdktf/access-grant`,
 * `seam-iac/cdktf/data-seam-space`.
 */
import './present'

export { Door, type DoorIds, type DoorProps, type IDoor } from './door'
export { EveryGrantEnds } from './every-grant-ends'
export { Grant, type AccessProps, type GrantProps, type Opening } from './grant'
export { GroupMembership, type GroupMembershipProps, type IAccessGroup } from './group-membership'
export { Person, type IPerson, type PersonProps } from './person'
export { SeamProvider, type SeamProviderConfig } from './seam-provider'
export { Team, type MemberProps, type TeamProps } from './team'
