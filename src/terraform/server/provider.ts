import { Session } from '../../provider'
import { resources } from '../../resources'
import { isWire, type Wire } from '../../schema'
import { SeamIacError } from '../../seam'
import { attributesOf } from '../schema/attributes'
import { mustBe, recordOf } from '../schema/conform'
import { invalid } from '../schema/diagnostics'
import { schemaMessage } from '../schema/message'
import { resourceAttributes, resourceType } from '../schema/surface'
import { fromTerraform } from '../schema/values'
import { fromDynamic, toDynamic, type DynamicValue } from '../wire/dynamic-value'
import { callFunction, functionMessages } from './functions'
import type { Handler } from './handler'
import { ListServer } from './lists'
import { LookupServer, typeIn } from './lookups'
import { noRecords, type RunRecords } from './run-records'
import { ResourceServer, type Configured, type Outcome } from './resource'
import { providerFields, settingProblems, settingsFrom } from '../schema/settings'

const providerAttributes = attributesOf(providerFields)

const capabilities = {
  plan_destroy: true,
  get_provider_schema_optional: true,
  move_resource_state: true,
}

const named = (types: ReadonlyMap<string, unknown>) =>
  [...types.keys()].map((name) => ({ type_name: name }))

const identityOf = (values: unknown) => {
  const id = (values as Wire | null)?.['id']
  return typeof id === 'string' ? { identity_data: toDynamic({ id }) } : undefined
}

/** One provider: a configuration, and everything that it manages. */
export class ProviderServer {
  private configured: Configured = { session: new Session(), namespace: '', isKnown: true }
  private hasPlanned = false
  private hasApplied = false

  /** @param records what other processes of the same run have come to know */
  constructor(private readonly records: RunRecords = noRecords) {}

  private readonly resources = new Map(
    resources.map((definition) => {
      const type = resourceType(definition)
      const server = new ResourceServer(type, () => this.configured)
      return [type.name, { type, server, attributes: resourceAttributes(type) }]
    }),
  )

  private readonly lookups = new LookupServer(() => this.configured.session.seam)
  private readonly lists = new ListServer(
    () => this.configured.session.seam,
    (type, id) => this.resource(type).import(id),
  )

  readonly streams = this.lists.streams

  readonly handlers: Readonly<Record<string, Handler>> = {
    GetMetadata: () => ({
      server_capabilities: capabilities,
      resources: named(this.resources),
      data_sources: named(this.lookups.data),
      ephemeral_resources: named(this.lookups.ephemeral),
      list_resources: named(this.lists.types),
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
      diagnostics: this.resource(name).validate(this.record(name, config, 'configuration')),
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
    MoveResourceState: (request) => this.move(request),
    ...this.lookups.handlers,
    ...this.lists.handlers,
    GetFunctions: () => ({ functions: functionMessages() }),
    CallFunction: ({ name, arguments: given }) => callFunction(name, given),
    StopProvider: () => {
      this.configured.session.stop()
      return {}
    },
  }

  private schemas() {
    const resourceEntries = [...this.resources].map(([name, { type, attributes }]) => [
      name,
      schemaMessage(attributes, type.definition.about),
    ])
    return {
      server_capabilities: capabilities,
      provider: schemaMessage(providerAttributes, 'Access configuration in Seam.'),
      resource_schemas: Object.fromEntries(resourceEntries),
      data_source_schemas: this.lookups.schemas(this.lookups.data),
      ephemeral_resource_schemas: this.lookups.schemas(this.lookups.ephemeral),
      list_resource_schemas: this.lists.schemas(),
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
    fromTerraform(providerFields, mustBe(recordOf(providerAttributes, config, 'configuration')))

  private configure(config: Wire) {
    const settings = settingsFrom(config)
    const session = new Session()
    session.configure(settings ?? {})
    const namespace = String(config['namespace'] ?? '')
    // One server may serve many commands, of which each knows by itself.
    this.close()
    this.configured = { session, namespace, isKnown: settings !== undefined }
    return {}
  }

  /** What was come to know is handed over. */
  close(): void {
    const isPlan = this.hasPlanned && !this.hasApplied
    this.records.save(this.configured.session, isPlan)
    this.hasPlanned = false
    this.hasApplied = false
  }

  private async read(request: any) {
    const { type_name: name, current_state: current } = request
    const values = mustBe(this.record(name, current, 'state'))
    const done = await this.resource(name).read({ values, private: request.private })
    return {
      new_state: toDynamic(done.values),
      private: done.private ?? request.private,
      diagnostics: done.diagnostics,
      new_identity: identityOf(done.values),
    }
  }

  private async plan(request: any) {
    const { type_name: name, prior_private: kept } = request
    const config = this.record(name, request.config, 'configuration')
    const values = this.record(name, request.prior_state, 'state')
    const prior = { values, private: kept }
    this.hasPlanned = true
    if (config === null) {
      this.resource(name).planDestroy(prior)
      return { planned_state: toDynamic(null), planned_private: kept }
    }
    const planned = await this.resource(name).plan(config, prior)
    return {
      planned_state: toDynamic(planned.values),
      planned_private: planned.private,
      requires_replace: planned.replaces,
      diagnostics: planned.diagnostics,
      planned_identity: prior.values === null ? undefined : identityOf(planned.values),
    }
  }

  private async apply(request: any) {
    const name = request.type_name
    // A plan learns for itself what the state holds; what an earlier one has met may be gone from it.
    if (!this.hasApplied) this.records.restore(this.configured.session)
    this.hasApplied = true
    const done = await this.resource(name).apply(
      this.record(name, request.config, 'configuration'),
      {
        values: this.record(name, request.prior_state, 'state'),
        private: request.planned_private,
      },
      { values: this.record(name, request.planned_state, 'plan') },
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
    if (typeof told !== 'string') throw new Error(`An import of ${name} needs an id.`)
    const done = await this.resource(name).import(told)
    const imported = {
      type_name: name,
      state: toDynamic(done.values),
      private: done.private,
      identity: identityOf(done.values),
    }
    return { imported_resources: [imported], diagnostics: done.diagnostics }
  }

  /** The object of another resource, of whatever provider, whose id is one of Seam's. */
  private async move({
    source_type_name: from,
    source_state: { json },
    target_type_name: to,
  }: any) {
    const source: unknown = JSON.parse(Buffer.from(json).toString())
    const id = isWire(source) ? source['id'] : undefined
    if (typeof id !== 'string') {
      throw new SeamIacError(
        `${from} has no id, so it cannot be moved to ${to}. Import it instead.`,
      )
    }
    const done = await this.resource(to).import(id)
    return {
      target_state: toDynamic(done.values),
      target_private: done.private,
      target_identity: identityOf(done.values),
    }
  }

  private resource = (name: string): ResourceServer => typeIn(this.resources, name).server

  private record = (name: string, sent: DynamicValue, place: string): Wire | null =>
    recordOf(typeIn(this.resources, name).attributes, sent, place)
}
