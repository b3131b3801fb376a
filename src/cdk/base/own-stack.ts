import type { Construct } from 'constructs'
import * as cdktf from '../library'
import { libraryName } from '../present'

/**
 * The stack of a scope, which must be of the library that these constructs are for.
 *
 * @throws {Error} where it is of another library, or of another copy of this one
 */
export function ownStack(scope: Construct): cdktf.TerraformStack {
  const stack = cdktf.TerraformStack.of(scope)
  if (stack instanceof cdktf.TerraformStack) return stack
  throw new Error(
    `The stack of ${scope.node.path} is not of the ${libraryName} that seam-iac/${libraryName} has loaded. Import from seam-iac/cdktf for stacks of cdktf and from seam-iac/cdktn for those of cdktn, and install the library once (npm ls ${libraryName}).`,
  )
}
