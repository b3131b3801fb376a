import { Dependable, type IDependable } from 'constructs'
import * as cdktf from './library'

/**
 * What a construct can wait for: a resource, or any construct, such as a team, and then everything that
 * it declares.
 */
export type Dependency = cdktf.ITerraformDependable | IDependable

const isOne = (one: Dependency): one is cdktf.ITerraformDependable => 'fqn' in one

const isResource = (one: unknown): one is cdktf.TerraformResource =>
  cdktf.TerraformResource.isTerraformResource(one)

/** The resources behind them, as Terraform wants them. */
export const resourcesBehind = (
  dependencies: readonly Dependency[],
): cdktf.ITerraformDependable[] =>
  dependencies.flatMap((one) =>
    isOne(one)
      ? [one]
      : Dependable.of(one).dependencyRoots.flatMap((root) =>
          root.node.findAll().filter(isResource),
        ),
  )

/** What any construct that declares one resource may be given beside its attributes. */
export interface MetaProps {
  /** What has to be there first. */
  readonly dependsOn?: readonly Dependency[]
}

/** The same as the configuration of a resource. */
export const withDependencies = <Props extends MetaProps>({ dependsOn, ...props }: Props) => ({
  ...props,
  ...(dependsOn && { dependsOn: resourcesBehind(dependsOn) }),
})
