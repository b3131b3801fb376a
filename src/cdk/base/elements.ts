import type { Construct } from 'constructs'
import { source, version } from '../../terraform/install/plugin'
import * as cdktf from '../library'
import { Inputs, metaOf, type Shapes } from './inputs'
import { ownStack } from './own-stack'

// A plugin of this version lies in the package, and beside each stack that is synthesized.
const terraformGeneratorMetadata = {
  providerName: 'seam',
  providerVersion: version,
  providerVersionConstraint: version,
}

/** A resource of Seam. */
export abstract class SeamResource extends cdktf.TerraformResource {
  protected readonly inputs: Inputs

  protected constructor(
    scope: Construct,
    id: string,
    terraformResourceType: string,
    shapes: Shapes,
    config: cdktf.TerraformMetaArguments,
  ) {
    ownStack(scope)
    super(scope, id, { terraformResourceType, terraformGeneratorMetadata, ...metaOf(config) })
    this.inputs = new Inputs(shapes, config)
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.inputs.toTerraform()
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.inputs.toHcl()
  }
}

/** A lookup in Seam. */
export abstract class SeamDataSource extends cdktf.TerraformDataSource {
  protected readonly inputs: Inputs

  protected constructor(
    scope: Construct,
    id: string,
    terraformResourceType: string,
    shapes: Shapes,
    config: cdktf.TerraformMetaArguments,
  ) {
    ownStack(scope)
    super(scope, id, { terraformResourceType, terraformGeneratorMetadata, ...metaOf(config) })
    this.inputs = new Inputs(shapes, config)
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.inputs.toTerraform()
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.inputs.toHcl()
  }
}

/** The provider in a configuration. */
export abstract class ProviderElement extends cdktf.TerraformProvider {
  protected readonly inputs: Inputs

  protected constructor(scope: Construct, id: string, shapes: Shapes, config: object) {
    ownStack(scope)
    super(scope, id, {
      terraformResourceType: 'seam',
      terraformGeneratorMetadata,
      terraformProviderSource: source,
    })
    this.inputs = new Inputs(shapes, config)
    this.alias = this.inputs.get('alias')
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.inputs.toTerraform()
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.inputs.toHcl()
  }
}
