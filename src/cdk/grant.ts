import { Construct } from 'constructs'
import { withDependencies, type MetaProps } from './dependencies'
import { idsOf, type IDoor } from './door'
import {
  AccessGrant,
  type AccessGrantConfig,
  type AccessGrantRequestedAccessMethods,
} from './generated/access-grant'
import type { IPerson } from './person'

/** A way to open a door: a mode alone, such as `code`, or with what can be said of it. */
export type Opening = string | AccessGrantRequestedAccessMethods

type Settled = 'dependsOn' | 'userIdentityId' | 'requestedAccessMethods' | keyof IDoor

/** What is said of access, whoever gets it. */
export interface AccessProps extends Omit<AccessGrantConfig, Settled>, MetaProps {
  /** What is opened. */
  readonly doors: readonly IDoor[]
  /**
   * How the doors are opened: `code` (a PIN), `card`, `mobile_key` or `cloud_key`, each once. A PIN when
   * left out.
   */
  readonly opensWith?: readonly Opening[] | undefined
}

/** What is said of the access of one person. */
export interface GrantProps extends AccessProps {
  readonly person: IPerson
}

const methodOf = (one: Opening): AccessGrantRequestedAccessMethods =>
  typeof one === 'string' ? { mode: one } : one

/** Where Seam lets no second one stand beside it: the program chooses its key, its reservation or its PIN. */
const isAlone = (
  { accessGrantKey, reservationKey }: Pick<AccessProps, 'accessGrantKey' | 'reservationKey'>,
  methods: readonly AccessGrantRequestedAccessMethods[],
): boolean =>
  accessGrantKey !== undefined ||
  reservationKey !== undefined ||
  methods.some(({ code, codeWo }) => code !== undefined || codeWo !== undefined)

/**
 * Access of one person to some doors, for a window of time.
 *
 * Where other doors or another person make it a new grant, that is created before the old one is
 * deleted: no door closes in between, and a PIN that Seam has chosen goes on working. Where the program
 * chooses the key, the reservation or the PIN, Seam takes no second one, and the old one is deleted
 * first. A `lifecycle` of your own comes before that.
 *
 * @see https://docs.seam.co/latest/api/access_grants
 */
export class Grant extends Construct {
  /** The resource. */
  readonly accessGrant: AccessGrant

  constructor(scope: Construct, id: string, props: GrantProps) {
    super(scope, id)
    const { person, doors, opensWith = ['code'], ...rest } = withDependencies(props)
    const methods = opensWith.map(methodOf)
    this.accessGrant = new AccessGrant(this, 'Default', {
      ...(isAlone(rest, methods) ? {} : { lifecycle: { createBeforeDestroy: true } }),
      ...rest,
      ...idsOf(doors),
      userIdentityId: person.userIdentityId,
      requestedAccessMethods: methods,
    })
  }

  /** The id of the grant. */
  get accessGrantId(): string {
    return this.accessGrant.id
  }

  /** Its address in Terraform, for `dependsOn` of any resource. */
  get fqn(): string {
    return this.accessGrant.fqn
  }
}
