import { Construct } from 'constructs'
import { isAbsent } from '../schema'
import type { IDoor } from './door'
import { assertAccess, Grant, type AccessProps } from './grant'
import { GroupMembership, type IAccessGroup } from './group-membership'
import * as cdktf from './library'
import type { IPerson } from './person'
import { listOf, mistake } from './props'

/** What may be a construct of the program: then its id names what a team declares for it. */
interface Named {
  readonly node?: { readonly id: string }
}

/** What every member of a team may open, and when. */
export interface TeamProps extends Omit<AccessProps, 'doors' | 'accessGrantKey' | 'adoptId'> {
  /** What is opened; a team without doors has groups alone. */
  readonly doors?: readonly IDoor[] | undefined
  /** Access groups to which every member belongs. */
  readonly groups?: readonly (IAccessGroup & Named)[] | undefined
}

/** What is otherwise for one member. */
export type MemberProps = Partial<AccessProps>

/** What is left out does not take the place of what the team says. */
const given = <Props extends object>(
  props: Props,
): { [Name in keyof Props]: Exclude<Props[Name], undefined> } =>
  Object.fromEntries(Object.entries(props).filter(([, value]) => !isAbsent(value))) as never

/** What a membership can be given too. */
const ofMemberships = ['dependsOn', 'provider', 'groups', 'doors']

/**
 * People with the same access: each gets a grant of one's own for the doors of the team, and becomes a
 * member of its groups.
 *
 * The constructs of a member are named by the person, so the order in which people are added changes
 * nothing, and a person who leaves takes only the own access along. A membership has no end in Seam: it
 * stays beyond `endsAt`, until the program leaves it out; of that, a team with both is warned.
 *
 * @throws {Error} with the path of the construct, for a property that there is not, or of which a member has nothing
 */
export class Team extends Construct {
  private readonly props: Partial<TeamProps>

  constructor(scope: Construct, id: string, props: TeamProps) {
    super(scope, id)
    assertAccess(this, props ?? {}, 'groups')
    this.props = given(props ?? {})
    const { groups = [], endsAt } = this.props
    if (endsAt === undefined || groups.length === 0) return
    cdktf.Annotations.of(this).addWarning(
      'The memberships of this team have no end in Seam: they stay beyond `endsAt`, until the program leaves them out.',
    )
  }

  /**
   * Gives a person the access of the team.
   *
   * @param memberId names the person within the team; the id of its construct when left out
   */
  add(
    person: IPerson & Named,
    own: MemberProps = {},
    memberId = this.nameOf(person, 'give a `memberId`'),
  ): this {
    assertAccess(this, own)
    const all = { ...this.props, ...given(own) }
    const { groups = [], doors = [], ...access } = all
    const hasDoors = (listOf(this, 'doors', doors) ?? []).length > 0
    if (!hasDoors) this.assertNoGrant(all)
    const member = hasDoors
      ? new Grant(this, memberId, { ...access, doors, person })
      : new Construct(this, memberId)
    const { dependsOn, provider } = access
    for (const group of listOf(this, 'groups', groups) ?? []) {
      const name = this.nameOf(group, 'give a construct, such as a DataSeamAccessGroup')
      new GroupMembership(member, name, { group, person, ...given({ dependsOn, provider }) })
    }
    return this
  }

  /** Without doors there is no grant that anything could be said of. */
  private assertNoGrant(all: Partial<TeamProps>): void {
    if ((all.groups ?? []).length === 0) {
      throw mistake(this, 'a member would get nothing: give `doors` or `groups`')
    }
    const lost = Object.keys(all).find((name) => !ofMemberships.includes(name))
    if (lost === undefined) return
    throw mistake(
      this,
      `\`${lost}\` is said of grants, and without \`doors\` there is none; memberships have no end`,
    )
  }

  /** Not its place in a list: with that, another order would take access and give it again. */
  private nameOf(one: Named | undefined, remedy: string): string {
    if (one?.node) return one.node.id
    throw mistake(this, `what is no construct has no name: ${remedy}`)
  }
}
