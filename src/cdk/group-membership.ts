import { Construct } from 'constructs'
import { accessGroupMembership } from '../resources'
import { isAbsent } from '../schema'
import { withDependencies, type MetaProps } from './dependencies'
import {
  AccessGroupMembership,
  type AccessGroupMembershipConfig,
} from './generated/access-group-membership'
import type { IPerson } from './person'
import { assertNames, idOf, propertiesOf } from './props'

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

const instead = { acsAccessGroupId: 'give `group`', userIdentityId: 'give `person`' }
const names = [...propertiesOf(accessGroupMembership, Object.keys(instead)), 'group', 'person']

/**
 * Puts one person into one access group of an access control system, and leaves its other members alone.
 * A membership has no end in Seam: it stays until the program leaves it out.
 *
 * @see https://docs.seam.co/latest/api/acs/access_groups
 */
export class GroupMembership extends Construct {
  /** The resource. */
  readonly accessGroupMembership: AccessGroupMembership

  constructor(scope: Construct, id: string, props: GroupMembershipProps) {
    super(scope, id)
    assertNames(this, props ?? {}, names, instead)
    const { group, person, ...rest } = withDependencies<GroupMembershipProps>(this, props ?? {})
    this.accessGroupMembership = new AccessGroupMembership(this, 'Default', {
      ...rest,
      acsAccessGroupId: idOf(
        this,
        'group',
        group,
        'acsAccessGroupId',
        'an access group, such as a DataSeamAccessGroup',
      ),
      ...(!isAbsent(person) && {
        userIdentityId: idOf(this, 'person', person, 'userIdentityId', 'a Person'),
      }),
    })
  }

  /** Its address in Terraform, for `dependsOn` of any resource. */
  get fqn(): string {
    return this.accessGroupMembership.fqn
  }
}
