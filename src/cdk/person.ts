import { Construct } from 'constructs'
import { userIdentity } from '../resources'
import { withDependencies, type MetaProps } from './dependencies'
import {
  DataSeamUserIdentity,
  type DataSeamUserIdentityConfig,
} from './generated/data-seam-user-identity'
import { UserIdentity, type UserIdentityConfig } from './generated/user-identity'
import { assertNames, propertiesOf } from './props'

const names = propertiesOf(userIdentity)

/** What is said of a person. */
export interface PersonProps extends Omit<UserIdentityConfig, 'dependsOn'>, MetaProps {}

/** A person to whom access can be given, of this stack or not. */
export interface IPerson {
  readonly userIdentityId: string
}

/**
 * A person to whom access is given.
 *
 * A `userIdentityKey`, such as a staff number, tells people apart for good: the same person is found
 * again under it.
 *
 * @see https://docs.seam.co/latest/api/user_identities
 */
export class Person extends Construct implements IPerson {
  /** A person who is in Seam already, found by id, key, e-mail address or full name. */
  static fromUserIdentity(
    scope: Construct,
    id: string,
    by: DataSeamUserIdentityConfig,
  ): IPerson & DataSeamUserIdentity {
    return new DataSeamUserIdentity(scope, id, by)
  }

  /** A person by an id that something else tells. */
  static fromUserIdentityId(userIdentityId: string): IPerson {
    return { userIdentityId }
  }

  /** The resource. */
  readonly userIdentity: UserIdentity

  constructor(scope: Construct, id: string, props: PersonProps = {}) {
    super(scope, id)
    assertNames(this, props, names)
    this.userIdentity = new UserIdentity(this, 'Default', withDependencies(this, props))
  }

  /** The id of the person. */
  get userIdentityId(): string {
    return this.userIdentity.id
  }

  /** Its address in Terraform, for `dependsOn` of any resource. */
  get fqn(): string {
    return this.userIdentity.fqn
  }
}
