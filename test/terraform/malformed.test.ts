import { encode } from '@msgpack/msgpack'
import test from 'ava'
import fc from 'fast-check'
import { officeIds, startSandbox } from '../../src/sandbox'
import { fromDynamic, toDynamic } from '../../src/terraform/wire/dynamic-value'
import {
  pluginClient,
  type PluginAnswer,
  type PluginClient,
  type SchemaAttribute,
} from '../fixtures/plugin-client'

type Wire = Record<string, any>

const person = 'seam_user_identity'
const grant = 'seam_access_grant'
const membership = 'seam_access_group_membership'
const lookup = 'seam_space'

/** What is configured of a type; every other attribute is null, as an engine sends it. */
const given: Readonly<Record<string, Wire>> = {
  [person]: { full_name: 'Ana Ruiz', email_address: 'ana@example.com' },
  [grant]: {
    user_identity_id: officeIds.userIdentities.ivan,
    space_ids: [officeIds.spaces.lobby],
    requested_access_methods: [{ mode: 'code' }],
    ends_at: '2031-06-01T10:00:00Z',
  },
  [membership]: {
    acs_access_group_id: officeIds.accessGroups.employees,
    acs_user_id: officeIds.acsUsers.saltoElena,
  },
}

interface Request {
  readonly call: string
  readonly request: Wire
  /** The values in it, by their names. */
  readonly values: Readonly<Record<string, Wire>>
}

/** Requests that are in order, for each call that takes something. */
function requestsIn(whole: (type: string) => Wire, settings: Wire): Request[] {
  const of = (call: string, rest: Wire, values: Record<string, Wire>): Request => ({
    call,
    request: {
      ...rest,
      ...Object.fromEntries(Object.entries(values).map(([name, one]) => [name, toDynamic(one)])),
    },
    values,
  })
  const perType = Object.keys(given).flatMap((type_name) => {
    const config = whole(type_name)
    const state = { ...config, id: officeIds.userIdentities.ivan }
    return [
      of('ValidateResourceConfig', { type_name }, { config }),
      of('PlanResourceChange', { type_name }, { config, prior_state: state }),
      of(
        'ApplyResourceChange',
        { type_name },
        { config, prior_state: state, planned_state: state },
      ),
      of('ReadResource', { type_name }, { current_state: state }),
    ]
  })
  return [
    ...perType,
    of('ValidateProviderConfig', {}, { config: settings }),
    of('ConfigureProvider', {}, { config: settings }),
  ]
}

/** A value with an array in an array, and so on. */
function nestedBytes(depth: number): Uint8Array {
  const bytes = new Uint8Array(depth + 1).fill(0x91)
  bytes[depth] = 0xc0
  return bytes
}

/** What is no value of any attribute that a configuration gives here. */
const wrong = fc.constantFrom<unknown>(17, -0.5, true, { a: 'b' }, [[['deep']]], [{ mode: [1] }])

type Mutation = (one: Request) => fc.Arbitrary<Request>

const inValue = (
  one: Request,
  change: (value: Wire, sent: Uint8Array) => fc.Arbitrary<Uint8Array>,
): fc.Arbitrary<Request> =>
  fc.constantFrom(...Object.keys(one.values)).chain((name) =>
    change(one.values[name]!, one.request[name].msgpack).map((msgpack) => ({
      ...one,
      request: { ...one.request, [name]: { msgpack } },
    })),
  )

const mutations: Readonly<Record<string, Mutation>> = {
  'random bytes': (one) =>
    inValue(one, () =>
      fc
        .uint8Array({ minLength: 1, maxLength: 200 })
        // One byte of it is nothing, which is a value.
        .filter((bytes) => bytes.length > 1 || bytes[0] !== 0xc0),
    ),
  'bytes that end too early': (one) =>
    inValue(one, (_, sent) =>
      fc.integer({ min: 1, max: sent.length - 1 }).map((end) => sent.slice(0, end)),
    ),
  'an attribute of another type': (one) =>
    inValue(one, (value) =>
      fc
        .tuple(fc.constantFrom(...Object.keys(value).filter((name) => value[name] !== null)), wrong)
        .map(([name, other]) => encode({ ...value, [name]: other })),
    ),
  'an attribute left out': (one) =>
    inValue(one, (value) =>
      fc.constantFrom(...Object.keys(value)).map((name) => {
        const { [name]: _left, ...rest } = value
        return encode(rest)
      }),
    ),
  'an attribute that there is not': (one) =>
    inValue(one, (value) => fc.constant(encode({ ...value, colour: 'blue' }))),
  'no record': (one) => inValue(one, () => wrong.filter(isNoRecord).map((value) => encode(value))),
  'a value in values without end': (one) =>
    inValue(one, () => fc.integer({ min: 200, max: 200_000 }).map(nestedBytes)),
  'a field left out': (one) =>
    fc.constantFrom(...Object.keys(one.request)).map((name) => {
      const { [name]: _left, ...request } = one.request
      return { ...one, request }
    }),
  'a type that there is not': (one) =>
    fc.string({ unit: 'grapheme' }).map((type_name) => ({
      ...one,
      call: 'type_name' in one.request ? one.call : 'ReadResource',
      request: { ...one.request, type_name },
    })),
}

const isNoRecord = (value: unknown) => Array.isArray(value) || typeof value !== 'object'

/** Whether an answer tells people of an error; what gRPC refuses does so. */
const isError = ({ diagnostics = [], error }: PluginAnswer) =>
  error !== undefined || diagnostics.some(({ severity }) => severity === 'ERROR')

const refused = async (asked: Promise<PluginAnswer>) =>
  asked.then(
    (answer) => isError(answer),
    (error: { code?: number }) => typeof error.code === 'number',
  )

/** What is given, with every other attribute of the schema. */
const wholly = (attributes: readonly SchemaAttribute[], some: Wire): Wire =>
  Object.fromEntries(
    attributes.map(({ name, nested_type: nested }) => {
      const value = some[name] ?? null
      if (!nested || !Array.isArray(value)) return [name, value]
      return [name, value.map((one: Wire) => wholly(nested.attributes, one))]
    }),
  )

async function started(t: Parameters<typeof pluginClient>[0]) {
  const sandbox = await startSandbox()
  t.teardown(() => sandbox.stop())
  const client = await pluginClient(t)
  const { resource_schemas: schemas } = await client.ask('GetProviderSchema', {})
  const whole = (type: string): Wire => wholly(schemas![type]!.block.attributes, given[type]!)
  const settings = {
    api_key: sandbox.apiKey,
    personal_access_token: null,
    workspace_id: null,
    endpoint: sandbox.endpoint,
    namespace: null,
    retry_timeout: null,
    max_concurrency: null,
    construct_paths: null,
  }
  const configured = await client.ask('ConfigureProvider', { config: toDynamic(settings) })
  return { sandbox, client, whole, settings, isConfigured: !isError(configured) }
}

/** Whether a new person is planned as it should be. */
async function plansWell(client: PluginClient, config: Wire): Promise<boolean> {
  const { planned_state: planned, diagnostics = [] } = await client.ask('PlanResourceChange', {
    type_name: person,
    config: toDynamic(config),
    prior_state: toDynamic(null),
    proposed_new_state: toDynamic(config),
  })
  const state = fromDynamic(planned) as Wire | null
  return diagnostics.length === 0 && state?.['full_name'] === 'Ana Ruiz'
}

test('Malformed: a thousand requests are each answered with an error, and the provider lives', async (t) => {
  t.timeout(300_000)
  const { client, whole, settings, isConfigured, sandbox } = await started(t)
  t.true(isConfigured)
  t.true(await plansWell(client, whole(person)))
  const requests = requestsIn(whole, settings)
  const malformed = fc
    .tuple(fc.constantFrom(...requests), fc.constantFrom(...Object.keys(mutations)))
    .chain(([one, name]) => mutations[name]!(one).map((changed) => ({ ...changed, name })))
  sandbox.clearRequests()
  for (const { call, request, name } of fc.sample(malformed, { numRuns: 1000, seed: 5 })) {
    t.true(await refused(client.ask(call, request)), `${name} in ${call}`)
  }
  t.deepEqual(sandbox.requests, [], 'nothing is asked of Seam for them')
  t.true(await plansWell(client, whole(person)), 'afterwards it plans as before')
})

/** Bytes that are a message of any kind, or none. */
test('Malformed: a hundred requests of random bytes are answered, and the provider lives', async (t) => {
  const { client, whole } = await started(t)
  const asked = fc.tuple(
    fc.constantFrom('PlanResourceChange', 'ReadResource', 'ImportResourceState', 'CallFunction'),
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
  )
  for (const [call, bytes] of fc.sample(asked, { numRuns: 100, seed: 5 })) {
    t.true(
      await refused(client.askRaw(call, bytes)),
      `${call} ${Buffer.from(bytes).toString('hex')}`,
    )
  }
  t.true(await plansWell(client, whole(person)))
})

/** Requests of the calls that take more than values of a schema. */
const others: readonly (readonly [call: string, request: Wire])[] = [
  ['UpgradeResourceState', { type_name: person }],
  ['UpgradeResourceState', { type_name: person, raw_state: { json: Buffer.from('{"id":') } }],
  ['UpgradeResourceState', { type_name: person, raw_state: { json: Buffer.from('17') } }],
  ['UpgradeResourceState', { raw_state: { json: Buffer.from('{}') } }],
  ['UpgradeResourceIdentity', { type_name: person }],
  ['UpgradeResourceIdentity', { type_name: person, raw_identity: { json: Buffer.from('[') } }],
  ['ImportResourceState', { type_name: person }],
  ['ImportResourceState', { type_name: person, id: '' }],
  ['ImportResourceState', { type_name: person, identity: { identity_data: toDynamic({}) } }],
  ['ImportResourceState', { type_name: 'seam_door', id: officeIds.userIdentities.ivan }],
  ['ReadDataSource', { type_name: lookup }],
  ['ReadDataSource', { type_name: 'seam_door', config: toDynamic({}) }],
  ['ReadDataSource', { type_name: lookup, config: { msgpack: Uint8Array.of(0x81) } }],
  ['ValidateDataResourceConfig', { type_name: lookup }],
  ['ValidateDataResourceConfig', { type_name: lookup, config: toDynamic('lobby') }],
  ['CallFunction', {}],
  ['CallFunction', { name: 'access_window' }],
  ['CallFunction', { name: 'access_window', arguments: [toDynamic('2027-03-28 09:00')] }],
  ['CallFunction', { name: 'access_window', arguments: [{ msgpack: Uint8Array.of(0x91) }] }],
  ['CallFunction', { name: 'window', arguments: [] }],
]

test('Malformed: states, imports, lookups and functions are refused as well', async (t) => {
  const { client, whole } = await started(t)
  for (const [at, [call, request]] of others.entries()) {
    t.true(await refused(client.ask(call, request)), `${call}, ${at}`)
  }
  t.true(await plansWell(client, whole(person)))
})
