import { lookups, lookUp } from '../../lookups'
import { Session } from '../../provider'
import { resources } from '../../resources'
import { checkInputs, type Wire } from '../../schema'
import { attributesOf } from '../schema/attributes'
import { failure, invalid, type Diagnostic } from '../schema/diagnostics'
import { schemaMessage } from '../schema/message'
import {
  dataAttributes,
  dataType,
  resourceAttributes,
  resourceType,
  type DataType,
} from '../schema/surface'
import { fromTerraform, toTerraform } from '../schema/values'
import { fromDynamic, toDynamic, type DynamicValue } from '../wire/dynamic-value'
import { callFunction, functionMessages } from './functions'
import { ResourceServer, type Configured, type Outcome } from './resource'
import { providerFields, settingProblems, settingsFrom } from './settings'

/** A call of the engine, and its answer. */
export type Handler = (request: any) => object | Promise<object>

const capabilities = { plan_destroy: true, get_provider_schema_optional: true }

const identityOf = (values: unknown) => {
  const id = (values as Wire | null)?.['id']
  return typeof id === 'string' ? { identity_data: toDynamic({ id }) } : undefined
}

/** One provider: a configuration, and everything that it manages. */
export class ProviderServer {
  private configured: Configured = { session: new Session(), namespace: '', isKnown: true }

  private readonly resources = new Map(
    resources.map((definition) => {
      const type = resourceType(definition)
      const server = new ResourceServer(type, () => this.configured)
      return [type.name, { type, server }]
    }),
  )

  private readonly data = new Map(
    lookups.map((lookup) => {
      const type = dataType(lookup)
      return [type.name, type]
    }),
  )

  readonly handlers: Readonly<Record<string, Handler>> = {
    GetMetadata: () => ({
      server_capabilities: capabilities,
      resources: [...this.resources.keys()].map((name) => ({ type_name: name })),
      data_sources: [...this.data.keys()].map((name) => ({ type_name: name })),
    }),
    GetProviderSchema: () => this.schemas(),
    GetResourceIdentitySchemas: () => ({ identity_schemas: this.identitySchemas() }),
    UpgradeResourceIdentity: ({ raw_identity: { json } }) => ({
      upgraded_identity: { identity_data: toDynamic(JSON.parse(Buffer.from(json).toString())) },
    }),
    ValidateProviderConfig: ({ config }) => ({
      diagnostics: settingProblems(this.settings(config)).map(invalid),
    }),
    ConfigureProvider: ({ config }) => this.configure(this.settings(config)),
    ValidateResourceConfig: ({ type_name: name, config }) => ({
      diagnostics: this.resource(name).validate(fromDynamic(config)),
    }),
    ValidateDataResourceConfig: ({ type_name: name, config }) => ({
      diagnostics: this.asked(name, config).problems.map(invalid),
    }),
    UpgradeResourceState: ({ type_name: name, raw_state: { json } }) => ({
      upgraded_state: toDynamic(
        this.resource(name).upgrade(JSON.parse(Buffer.from(json).toString())),
      ),
    }),
    ReadResource: (request) => this.read(request),
    PlanResourceChange: (request) => this.plan(request),
    ApplyResourceChange: (request) => this.apply(request),
    ImportResourceState: (request) => this.import(request),
    ReadDataSource: ({ type_name: name, config }) => this.readData(name, config),
    GetFunctions: () => ({ functions: functionMessages() }),
    CallFunction: ({ name, arguments: given }) => callFunction(name, given),
    StopProvider: () => ({}),
  }

  private schemas() {
    const resourceEntries = [...this.resources].map(([name, { type }]) => [
      name,
      schemaMessage(resourceAttributes(type), type.definition.about),
    ])
    const dataEntries = [...this.data].map(([name, type]) => [
      name,
      schemaMessage(dataAttributes(type), type.lookup.about),
    ])
    return {
      server_capabilities: capabilities,
      provider: schemaMessage(attributesOf(providerFields), 'Access configuration in Seam.'),
      resource_schemas: Object.fromEntries(resourceEntries),
      data_source_schemas: Object.fromEntries(dataEntries),
      functions: functionMessages(),
    }
  }

  private identitySchemas() {
    const id = {
      name: 'id',
      type: Buffer.from('"string"'),
      required_for_import: true,
      description: 'Its id.',
    }
    return Object.fromEntries(
      [...this.resources.keys()].map((name) => [name, { version: 0, identity_attributes: [id] }]),
    )
  }

  private settings = (config: DynamicValue): Wire =>
    fromTerraform(providerFields, fromDynamic(config) as Wire)

  private configure(config: Wire) {
    const settings = settingsFrom(config)
    const session = new Session()
    session.configure(settings ?? {})
    const namespace = String(config['namespace'] ?? '')
    // What a plan has learned is not known to the process that applies it, nor to the next command.
    this.configured = { session, namespace, isKnown: settings !== undefined }
    return {}
  }

  private async read(request: any) {
    const state = { values: fromDynamic(request.current_state), private: request.private }
    const done = await this.resource(request.type_name).read(state)
    return {
      new_state: toDynamic(done.values),
      private: done.private ?? request.private,
      diagnostics: done.diagnostics,
      new_identity: identityOf(done.values),
    }
  }

  private async plan(request: any) {
    const config = fromDynamic(request.config)
    if (config === null) {
      return { planned_state: toDynamic(null), planned_private: request.prior_private }
    }
    const prior = { values: fromDynamic(request.prior_state), private: request.prior_private }
    const planned = await this.resource(request.type_name).plan(config, prior)
    return {
      planned_state: toDynamic(planned.values),
      planned_private: planned.private,
      requires_replace: planned.replaces,
      diagnostics: planned.diagnostics,
      planned_identity: prior.values === null ? undefined : identityOf(planned.values),
    }
  }

  private async apply(request: any) {
    const done = await this.resource(request.type_name).apply(
      fromDynamic(request.config),
      { values: fromDynamic(request.prior_state), private: request.planned_private },
      { values: fromDynamic(request.planned_state) },
    )
    return this.outcome(done)
  }

  private outcome({ values, private: kept, diagnostics }: Outcome) {
    return {
      new_state: toDynamic(values),
      private: kept,
      diagnostics,
      new_identity: identityOf(values),
    }
  }

  private async import({ type_name: name, id, identity }: any) {
    const told = id || (fromDynamic(identity?.identity_data) as Wire | null)?.['id']
    const done = await this.resource(name).import(String(told))
    const imported = {
      type_name: name,
      state: toDynamic(done.values),
      private: done.private,
      identity: identityOf(done.values),
    }
    return { imported_resources: [imported], diagnostics: done.diagnostics }
  }

  private asked(name: string, config: DynamicValue) {
    const { by, rules } = this.dataType(name).lookup
    const given = fromTerraform(by, fromDynamic(config) as Wire)
    return { ...checkInputs({ fields: by, rules }, given), given }
  }

  private async readData(name: string, config: DynamicValue) {
    const { lookup, fields } = this.dataType(name)
    const { inputs, problems, given } = this.asked(name, config)
    const diagnostics: Diagnostic[] = problems.map(invalid)
    if (problems.length > 0) return { diagnostics }
    try {
      const found = await lookUp(lookup, this.configured.session.seam, inputs)
      const id = lookup.id === undefined ? {} : { id: found[lookup.id] }
      return { state: toDynamic(toTerraform(fields, { ...found, ...given, ...id })) }
    } catch (error) {
      return { diagnostics: [failure(error)] }
    }
  }

  private resource(name: string): ResourceServer {
    const found = this.resources.get(name)
    if (!found) throw new Error(`There is no resource ${name}`)
    return found.server
  }

  private dataType(name: string): DataType {
    const found = this.data.get(name)
    if (!found) throw new Error(`There is no data source ${name}`)
    return found
  }
}
