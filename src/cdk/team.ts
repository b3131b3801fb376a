import { Construct } from 'constructs'
import type { IDoor } from './door'
import { Grant, type AccessProps } from './grant'
import { GroupMembership, type IAccessGroup } from './group-membership'
import type { IPerson } from './person'

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
  Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as never

/**
 * People with the same access: each gets a grant of one's own for the doors of the team, and becomes a
 * member of its groups.
 *
 * The constructs of a member are named by the person, so the order in which people are added changes
 * nothing, and a person who leaves takes only the own access along.
 */
export class Team extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TeamProps,
  ) {
    super(scope, id)
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
    const { groups = [], doors = [], ...access } = { ...this.props, ...given(own) }
    const member =
      doors.length > 0
        ? new Grant(this, memberId, { ...access, doors, person })
        : new Construct(this, memberId)
    const { dependsOn, provider } = access
    for (const group of groups) {
      const name = this.nameOf(group, 'give a construct, such as a DataSeamAccessGroup')
      new GroupMembership(member, name, { group, person, ...given({ dependsOn, provider }) })
    }
    return this
  }

  /** Not its place in a list: with that, another order would take access and give it again. */
  private nameOf({ node }: Named, remedy: string): string {
    if (node) return node.id
    throw new Error(`${this.node.path}: what is no construct has no name: ${remedy}.`)
  }
}
