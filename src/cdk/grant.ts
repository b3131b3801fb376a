import { Construct } from 'constructs'
import { accessGrant } from '../resources'
import { withDependencies, type MetaProps } from './dependencies'
import { idsOf, type DoorIds, type IDoor } from './door'
import {
  AccessGrant,
  type AccessGrantConfig,
  type AccessGrantRequestedAccessMethods,
} from './generated/access-grant'
import type { IPerson } from './person'
import { assertNames, idOf, listOf, mistake, propertiesOf } from './props'

/** A way to open a door: a mode alone, such as `code`, or with what can be said of it. */
export type Opening = string | AccessGrantRequestedAccessMethods

type Settled =
  'dependsOn' | 'userIdentityId' | 'requestedAccessMethods' | 'spaceKeys' | keyof DoorIds

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

const instead: Readonly<Record<string, string>> = {
  userIdentityId: 'give `person`',
  requestedAccessMethods: 'give `opensWith`',
  spaceIds: 'give `doors`',
  spaceKeys: 'give `doors`',
  acsEntranceIds: 'give `doors`',
  deviceIds: 'give `doors`',
}

/** What can be said of access, whoever gets it. */
const accessNames = [...propertiesOf(accessGrant, Object.keys(instead)), 'doors', 'opensWith']

/** Refuses what says nothing of access. */
export const assertAccess = (construct: Construct, given: object, ...more: string[]): void =>
  assertNames(construct, given, [...more, ...accessNames], instead)

function methodsOf(
  construct: Construct,
  opensWith: GrantProps['opensWith'],
): AccessGrantRequestedAccessMethods[] {
  const listed = listOf(construct, 'opensWith', opensWith) ?? ['code']
  const methods = listed.map((one) => (typeof one === 'string' ? { mode: one } : one))
  if (methods.length === 0) {
    throw mistake(construct, '`opensWith` is empty: without a way to open, nothing is opened')
  }
  const twice = methods.find(({ mode }, at) =>
    methods.slice(0, at).some((one) => one.mode === mode),
  )
  if (twice) throw mistake(construct, `\`opensWith\` has \`${twice.mode}\` twice`)
  return methods
}

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
 * @throws {Error} with the path of the construct, for a property that there is not, no door, or no way to open one
 */
export class Grant extends Construct {
  /** The resource. */
  readonly accessGrant: AccessGrant

  constructor(scope: Construct, id: string, props: GrantProps) {
    super(scope, id)
    assertAccess(this, props ?? {}, 'person')
    const { person, doors, opensWith, ...rest } = withDependencies<GrantProps>(this, props ?? {})
    const listed = listOf(this, 'doors', doors)
    if (!listed || listed.length === 0) {
      throw mistake(this, '`doors` is required: a grant opens something')
    }
    const methods = methodsOf(this, opensWith)
    this.accessGrant = new AccessGrant(this, 'Default', {
      ...rest,
      ...(isAlone(rest, methods) || rest.lifecycle
        ? {}
        : { lifecycle: { createBeforeDestroy: true } }),
      ...idsOf(this, listed),
      userIdentityId: idOf(
        this,
        'person',
        person,
        'userIdentityId',
        'a Person, or one of Person.fromUserIdentity or Person.fromUserIdentityId',
      ),
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
