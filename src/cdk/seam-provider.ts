import type { Construct } from 'constructs'
import { isSure, swapName } from '../schema'
import { settingProblems } from '../terraform/schema/settings'
import { checks, isOfSeam, told } from './checks'
import { settingsOf } from './declared'
import { Provider, type ProviderConfig } from './generated/provider'
import * as cdktf from './library'
import { deliverPlugin, obstacle } from './plugin'
import { libraryName } from './present'

/** The settings of the provider. Credentials come from the environment first, such as `SEAM_API_KEY`. */
export type SeamProviderConfig = Omit<ProviderConfig, 'constructPaths'>

/**
 * The provider of Seam for one stack.
 *
 * When the stack is synthesized, the plugin of Terraform and OpenTofu is put beside it and noted in its
 * lock file, so that `deploy` needs no registry. Everything that the stack declares for Seam is checked
 * by the rules of its resource; what is wrong is told with the path of its construct.
 *
 * @throws {Error} where the stack is of another library than this module, or of another copy of it
 */
export class SeamProvider extends Provider {
  constructor(scope: Construct, id: string, config: SeamProviderConfig = {}) {
    const stack = ownStack(scope)
    super(scope, id, config)
    if (isFirst(this, stack)) {
      this.inputs.set(
        'constructPaths',
        cdktf.Lazy.stringValue({ produce: () => constructPaths(stack) }),
      )
      cdktf.Aspects.of(stack).add(checks)
    }
    this.node.addValidation({ validate: () => settingProblems(settingsOf(this)).map(told) })
    cdktf.addCustomSynthesis(this, { onSynthesize: (session) => this.deliver(stack, session) })
  }

  private deliver(stack: cdktf.TerraformStack, session: cdktf.ISynthesisSession): void {
    deliverPlugin(stack, session)
    const settings = settingsOf(this)
    const plain = ['api_key', 'personal_access_token'].filter((name) => isSure(settings[name]))
    const warnings = [obstacle(), ...plain.map(inPlainText)].filter((one) => one !== undefined)
    for (const one of warnings) cdktf.Annotations.of(this).addWarning(one)
  }
}

const inPlainText = (name: string) =>
  `\`${swapName(name)}\` stands in the synthesized configuration in plain text. Leave it to the environment, or give it by a sensitive TerraformVariable.`

/** The stack of a scope, which must be of the library that this module is for. */
function ownStack(scope: Construct): cdktf.TerraformStack {
  const stack = cdktf.TerraformStack.of(scope)
  if (stack instanceof cdktf.TerraformStack) return stack
  throw new Error(
    `The stack of ${scope.node.path} is not of the ${libraryName} that seam-iac/${libraryName} has loaded. Import from seam-iac/cdktf for stacks of cdktf and from seam-iac/cdktn for those of cdktn, and install the library once (npm ls ${libraryName}).`,
  )
}

const isFirst = (provider: cdktf.TerraformProvider, stack: cdktf.TerraformStack) =>
  stack.node.findAll().find((one) => one instanceof SeamProvider) === provider

/** The construct that a program names: its one resource has an id that says nothing. */
const named = (construct: Construct): Construct =>
  construct.node.id === 'Default' && construct.node.scope ? construct.node.scope : construct

/** By address, the construct that declares it, and the stack itself, for whoever reads a plan. */
function constructPaths(stack: cdktf.TerraformStack): string {
  const own = stack.node
    .findAll()
    .filter((one) => cdktf.TerraformResource.isTerraformResource(one))
    .filter((one) => isOfSeam(one) && one.cdktfStack === stack)
    .map((one) => [`${one.terraformResourceType}.${one.friendlyUniqueId}`, named(one).node.path])
  return JSON.stringify({ '': stack.node.path, ...Object.fromEntries(own) })
}
