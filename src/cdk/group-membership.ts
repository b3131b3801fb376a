import { Construct } from 'constructs'
import { withDependencies, type MetaProps } from './dependencies'
import {
  AccessGroupMembership,
  type AccessGroupMembershipConfig,
} from './generated/access-group-membership'
import type { IPerson } from './person'

/** An access group of an access control system. */
export interface IAccessGroup {
  readonly acsAccessGroupId: string
}

type Settled = 'dependsOn' | 'acsAccessGroupId' | 'userIdentityId'

/** Who belongs to which group. */
export interface GroupMembershipProps
  extends Omit<AccessGroupMembershipConfig, Settled>, MetaProps {
  /** Such as a `DataSeamAccessGroup`. */
  readonly group: IAccessGroup
  /** The person; left out where `acsUserId` says which user of the system is meant. */
  readonly person?: IPerson | undefined
}

/**
 * Puts one person into one access group of an access control system, and leaves its other members alone.
 *
 * @see https://docs.seam.co/latest/api/acs/access_groups
 */
export class GroupMembership extends Construct {
  /** The resource. */
  readonly accessGroupMembership: AccessGroupMembership

  constructor(scope: Construct, id: string, props: GroupMembershipProps) {
    super(scope, id)
    const { group, person, ...rest } = withDependencies(props)
    this.accessGroupMembership = new AccessGroupMembership(this, 'Default', {
      ...rest,
      acsAccessGroupId: group.acsAccessGroupId,
      userIdentityId: person?.userIdentityId,
    })
  }

  /** Its address in Terraform, for `dependsOn` of any resource. */
  get fqn(): string {
    return this.accessGroupMembership.fqn
  }
}
