import { provider, type Messages } from './messages'

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
