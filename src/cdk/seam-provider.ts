import type { Construct } from 'constructs'
import { isSure, swapName } from '../schema'
import { settingProblems } from '../terraform/schema/settings'
import { ownStack } from './base/own-stack'
import { checks, told } from './checks'
import { settingsOf } from './declared'
import { Provider, type ProviderConfig } from './generated/provider'
import * as cdktf from './library'
import { deliverPlugin, obstacle } from './plugin'
import { addressOf, ofSeam, pathOf, shared } from './shared'

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
    super(scope, id, config)
    const stack = ownStack(scope)
    if (isFirst(this, stack)) {
      this.inputs.set(
        'constructPaths',
        cdktf.Lazy.stringValue({ produce: () => constructPaths(stack) }),
      )
      cdktf.Aspects.of(stack).add(checks)
    }
    this.node.addValidation({
      validate: () => [
        ...settingProblems(settingsOf(this)).map(told),
        ...(isFirst(this, stack) ? shared(stack) : []),
      ],
    })
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

const isFirst = (provider: cdktf.TerraformProvider, stack: cdktf.TerraformStack) =>
  stack.node.findAll().find((one) => one instanceof SeamProvider) === provider

/** By address, the construct that declares it, and the stack itself, for whoever reads a plan. */
function constructPaths(stack: cdktf.TerraformStack): string {
  const own = ofSeam(stack)
    .filter((one) => cdktf.TerraformResource.isTerraformResource(one))
    .map((one) => [addressOf(one), pathOf(one)])
  return JSON.stringify({ '': stack.node.path, ...Object.fromEntries(own) })
}
