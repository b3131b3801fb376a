import { Dependable, type Construct, type IDependable } from 'constructs'
import * as cdktf from './library'
import { listOf, mistake } from './props'

/**
 * What a construct can wait for: a resource, or any construct, such as a team, and then everything that
 * it declares.
 */
export type Dependency = cdktf.ITerraformDependable | IDependable

const isResource = (one: unknown): one is cdktf.TerraformResource =>
  cdktf.TerraformResource.isTerraformResource(one)

/** The resources behind them, as Terraform wants them. */
function resourcesBehind(construct: Construct, one: Dependency): cdktf.ITerraformDependable[] {
  if (typeof one !== 'object' || one === null) {
    throw mistake(construct, '`dependsOn` takes constructs, not addresses')
  }
  if ('fqn' in one) return [one]
  return Dependable.of(one).dependencyRoots.flatMap((root) =>
    root.node.findAll().filter(isResource),
  )
}

/** What any construct that declares one resource may be given beside its attributes. */
export interface MetaProps {
  /** What has to be there first. */
  readonly dependsOn?: readonly Dependency[]
}

/** The same as the configuration of a resource. */
export type WithDependencies<Props extends MetaProps> = Omit<Props, 'dependsOn'> & {
  dependsOn?: cdktf.ITerraformDependable[]
}

/** What is given, with the resources behind what it waits for. */
export function withDependencies<Props extends MetaProps>(
  construct: Construct,
  { dependsOn, ...props }: Partial<Props>,
): WithDependencies<Props> {
  const all = listOf(construct, 'dependsOn', dependsOn)
  const resources = all?.flatMap((one) => resourcesBehind(construct, one))
  // Whether something is missing, the checks say.
  return { ...props, ...(resources && { dependsOn: resources }) } as WithDependencies<Props>
}
