/** A field of a message: its number and its type. */
type FieldOf = readonly [number: number, type: string]

/** Messages by their names: those inside others stand after a dot. */
type Messages = Readonly<Record<string, Readonly<Record<string, FieldOf>>>>

/** What a call takes and answers. */
interface Call {
  readonly takes: string
  readonly answers: string
  readonly streams?: 'answers' | 'both'
}

/** One package of the protocol: its messages, the words of its choices, and its calls. */
export interface Package {
  readonly messages: Messages
  readonly enums?: Readonly<Record<string, readonly string[]>>
  readonly service: string
  readonly calls: Readonly<Record<string, Call>>
}

const diagnostics: FieldOf = [2, '*Diagnostic']
const typeName: FieldOf = [1, 'string']
const clientCapabilities = 'ClientCapabilities'
const value = 'DynamicValue'
const identity = 'ResourceIdentityData'

/**
 * The part of Terraform's plugin protocol 6 that this provider serves, in field numbers; `*` is a
 * list, `string,X` a map. Whatever stands in none of these messages is passed over.
 */
const provider: Messages = {
  DynamicValue: { msgpack: [1, 'bytes'], json: [2, 'bytes'] },
  Diagnostic: {
    severity: [1, 'Diagnostic.Severity'],
    summary: [2, 'string'],
    detail: [3, 'string'],
    attribute: [4, 'AttributePath'],
  },
  FunctionError: { text: [1, 'string'], function_argument: [2, 'int64'] },
  AttributePath: { steps: [1, '*AttributePath.Step'] },
  'AttributePath.Step': {
    attribute_name: [1, 'string'],
    element_key_string: [2, 'string'],
    element_key_int: [3, 'int64'],
  },
  RawState: { json: [1, 'bytes'] },
  ResourceIdentitySchema: {
    version: [1, 'int64'],
    identity_attributes: [2, '*ResourceIdentitySchema.IdentityAttribute'],
  },
  'ResourceIdentitySchema.IdentityAttribute': {
    name: [1, 'string'],
    type: [2, 'bytes'],
    required_for_import: [3, 'bool'],
    optional_for_import: [4, 'bool'],
    description: [5, 'string'],
  },
  ResourceIdentityData: { identity_data: [1, value] },
  Schema: { version: [1, 'int64'], block: [2, 'Schema.Block'] },
  'Schema.Block': {
    version: [1, 'int64'],
    attributes: [2, '*Schema.Attribute'],
    description: [4, 'string'],
    description_kind: [5, 'StringKind'],
  },
  'Schema.Attribute': {
    name: [1, 'string'],
    type: [2, 'bytes'],
    nested_type: [10, 'Schema.Object'],
    description: [3, 'string'],
    required: [4, 'bool'],
    optional: [5, 'bool'],
    computed: [6, 'bool'],
    sensitive: [7, 'bool'],
    description_kind: [8, 'StringKind'],
    deprecated: [9, 'bool'],
    write_only: [11, 'bool'],
    deprecation_message: [12, 'string'],
  },
  'Schema.Object': {
    attributes: [1, '*Schema.Attribute'],
    nesting: [3, 'Schema.Object.NestingMode'],
  },
  Function: {
    parameters: [1, '*Function.Parameter'],
    return: [3, 'Function.Return'],
    summary: [4, 'string'],
    description: [5, 'string'],
  },
  'Function.Parameter': {
    name: [1, 'string'],
    type: [2, 'bytes'],
    allow_null_value: [3, 'bool'],
    allow_unknown_values: [4, 'bool'],
    description: [5, 'string'],
  },
  'Function.Return': { type: [1, 'bytes'] },
  ServerCapabilities: {
    plan_destroy: [1, 'bool'],
    get_provider_schema_optional: [2, 'bool'],
    move_resource_state: [3, 'bool'],
    generate_resource_config: [4, 'bool'],
  },
  ClientCapabilities: {
    deferral_allowed: [1, 'bool'],
    write_only_attributes_allowed: [2, 'bool'],
  },
  'GetMetadata.Request': {},
  'GetMetadata.Response': {
    server_capabilities: [1, 'ServerCapabilities'],
    diagnostics,
    data_sources: [3, '*GetMetadata.Named'],
    resources: [4, '*GetMetadata.Named'],
    ephemeral_resources: [6, '*GetMetadata.Named'],
    list_resources: [7, '*GetMetadata.Named'],
  },
  'GetMetadata.Named': { type_name: typeName },
  'GetProviderSchema.Request': {},
  'GetProviderSchema.Response': {
    provider: [1, 'Schema'],
    resource_schemas: [2, 'string,Schema'],
    data_source_schemas: [3, 'string,Schema'],
    diagnostics: [4, '*Diagnostic'],
    server_capabilities: [6, 'ServerCapabilities'],
    functions: [7, 'string,Function'],
    ephemeral_resource_schemas: [8, 'string,Schema'],
    list_resource_schemas: [9, 'string,Schema'],
  },
  'ValidateProviderConfig.Request': { config: [1, value] },
  'ValidateProviderConfig.Response': { diagnostics },
  'UpgradeResourceState.Request': {
    type_name: typeName,
    version: [2, 'int64'],
    raw_state: [3, 'RawState'],
  },
  'UpgradeResourceState.Response': { upgraded_state: [1, value], diagnostics },
  'GetResourceIdentitySchemas.Request': {},
  'GetResourceIdentitySchemas.Response': {
    identity_schemas: [1, 'string,ResourceIdentitySchema'],
    diagnostics,
  },
  'UpgradeResourceIdentity.Request': {
    type_name: typeName,
    version: [2, 'int64'],
    raw_identity: [3, 'RawState'],
  },
  'UpgradeResourceIdentity.Response': { upgraded_identity: [1, identity], diagnostics },
  'ValidateResourceConfig.Request': {
    type_name: typeName,
    config: [2, value],
    client_capabilities: [3, clientCapabilities],
  },
  'ValidateResourceConfig.Response': { diagnostics: [1, '*Diagnostic'] },
  'ValidateDataResourceConfig.Request': { type_name: typeName, config: [2, value] },
  'ValidateDataResourceConfig.Response': { diagnostics: [1, '*Diagnostic'] },
  'ConfigureProvider.Request': {
    terraform_version: [1, 'string'],
    config: [2, value],
    client_capabilities: [3, clientCapabilities],
  },
  'ConfigureProvider.Response': { diagnostics: [1, '*Diagnostic'] },
  'ReadResource.Request': {
    type_name: typeName,
    current_state: [2, value],
    private: [3, 'bytes'],
    client_capabilities: [5, clientCapabilities],
    current_identity: [6, identity],
  },
  'ReadResource.Response': {
    new_state: [1, value],
    diagnostics,
    private: [3, 'bytes'],
    new_identity: [5, identity],
  },
  'PlanResourceChange.Request': {
    type_name: typeName,
    prior_state: [2, value],
    proposed_new_state: [3, value],
    config: [4, value],
    prior_private: [5, 'bytes'],
    client_capabilities: [7, clientCapabilities],
    prior_identity: [8, identity],
  },
  'PlanResourceChange.Response': {
    planned_state: [1, value],
    requires_replace: [2, '*AttributePath'],
    planned_private: [3, 'bytes'],
    diagnostics: [4, '*Diagnostic'],
    planned_identity: [7, identity],
  },
  'ApplyResourceChange.Request': {
    type_name: typeName,
    prior_state: [2, value],
    planned_state: [3, value],
    config: [4, value],
    planned_private: [5, 'bytes'],
    planned_identity: [7, identity],
  },
  'ApplyResourceChange.Response': {
    new_state: [1, value],
    private: [2, 'bytes'],
    diagnostics: [3, '*Diagnostic'],
    new_identity: [5, identity],
  },
  'ImportResourceState.Request': {
    type_name: typeName,
    id: [2, 'string'],
    client_capabilities: [3, clientCapabilities],
    identity: [4, identity],
  },
  'ImportResourceState.ImportedResource': {
    type_name: typeName,
    state: [2, value],
    private: [3, 'bytes'],
    identity: [4, identity],
  },
  'ImportResourceState.Response': {
    imported_resources: [1, '*ImportResourceState.ImportedResource'],
    diagnostics,
  },
  'MoveResourceState.Request': {
    source_provider_address: [1, 'string'],
    source_type_name: [2, 'string'],
    source_schema_version: [3, 'int64'],
    source_state: [4, 'RawState'],
    target_type_name: [5, 'string'],
    source_private: [6, 'bytes'],
  },
  'MoveResourceState.Response': {
    target_state: [1, value],
    diagnostics,
    target_private: [3, 'bytes'],
    target_identity: [4, identity],
  },
  'ValidateEphemeralResourceConfig.Request': { type_name: typeName, config: [2, value] },
  'ValidateEphemeralResourceConfig.Response': { diagnostics: [1, '*Diagnostic'] },
  'OpenEphemeralResource.Request': { type_name: typeName, config: [2, value] },
  'OpenEphemeralResource.Response': {
    diagnostics: [1, '*Diagnostic'],
    result: [3, value],
    private: [4, 'bytes'],
  },
  'RenewEphemeralResource.Request': { type_name: typeName, private: [2, 'bytes'] },
  'RenewEphemeralResource.Response': { diagnostics: [1, '*Diagnostic'], private: [3, 'bytes'] },
  'CloseEphemeralResource.Request': { type_name: typeName, private: [2, 'bytes'] },
  'CloseEphemeralResource.Response': { diagnostics: [1, '*Diagnostic'] },
  'ValidateListResourceConfig.Request': { type_name: typeName, config: [2, value] },
  'ValidateListResourceConfig.Response': { diagnostics: [1, '*Diagnostic'] },
  'ListResource.Request': {
    type_name: typeName,
    config: [2, value],
    include_resource_object: [3, 'bool'],
    limit: [4, 'int64'],
  },
  'ListResource.Event': {
    identity: [1, identity],
    display_name: [2, 'string'],
    resource_object: [3, value],
    diagnostic: [4, '*Diagnostic'],
  },
  'ReadDataSource.Request': { type_name: typeName, config: [2, value] },
  'ReadDataSource.Response': { state: [1, value], diagnostics },
  'GetFunctions.Request': {},
  'GetFunctions.Response': { functions: [1, 'string,Function'], diagnostics },
  'CallFunction.Request': { name: [1, 'string'], arguments: [2, '*DynamicValue'] },
  'CallFunction.Response': { result: [1, value], error: [2, 'FunctionError'] },
  'StopProvider.Request': {},
  'StopProvider.Response': { Error: [1, 'string'] },
}

/** A call whose messages are named as it is: with one answer, or with one after the other. */
const callOf = (name: string): [string, Call] =>
  `${name}.Event` in provider
    ? [name, { takes: `${name}.Request`, answers: `${name}.Event`, streams: 'answers' }]
    : [name, { takes: `${name}.Request`, answers: `${name}.Response` }]

const served = Object.keys(provider)
  .filter((name) => name.endsWith('.Request'))
  .map((name) => callOf(name.slice(0, -'.Request'.length)))

const empty = { takes: 'Empty', answers: 'Empty' }

/** Every package that a plugin process serves, by its name. */
export const packages: Readonly<Record<string, readonly Package[]>> = {
  tfplugin6: [
    {
      messages: provider,
      enums: {
        'Diagnostic.Severity': ['INVALID', 'ERROR', 'WARNING'],
        StringKind: ['PLAIN', 'MARKDOWN'],
        'Schema.Object.NestingMode': ['INVALID', 'SINGLE', 'LIST', 'SET', 'MAP'],
      },
      service: 'Provider',
      calls: Object.fromEntries(served),
    },
  ],
  plugin: [
    { messages: { Empty: {} }, service: 'GRPCController', calls: { Shutdown: empty } },
    {
      messages: { StdioData: { channel: [1, 'uint32'], data: [2, 'bytes'] } },
      service: 'GRPCStdio',
      calls: { StreamStdio: { takes: 'Empty', answers: 'StdioData', streams: 'answers' } },
    },
    {
      messages: {
        ConnInfo: { service_id: [1, 'uint32'], network: [2, 'string'], address: [3, 'string'] },
      },
      service: 'GRPCBroker',
      calls: { StartStream: { takes: 'ConnInfo', answers: 'ConnInfo', streams: 'both' } },
    },
  ],
  'grpc.health.v1': [
    {
      messages: {
        HealthCheckRequest: { service: [1, 'string'] },
        HealthCheckResponse: { status: [1, 'HealthCheckResponse.ServingStatus'] },
      },
      enums: { 'HealthCheckResponse.ServingStatus': ['UNKNOWN', 'SERVING', 'NOT_SERVING'] },
      service: 'Health',
      calls: {
        Check: { takes: 'HealthCheckRequest', answers: 'HealthCheckResponse' },
        Watch: { takes: 'HealthCheckRequest', answers: 'HealthCheckResponse', streams: 'answers' },
      },
    },
  ],
}
