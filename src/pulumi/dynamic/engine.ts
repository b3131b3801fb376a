import { connect } from 'node:http2'

/** The engine's address, as the vendor's dynamic-provider process is given it; nowhere else. */
export function engineAddress(argv: readonly string[] = process.argv): string | undefined {
  const [, script, address] = argv
  if (!script || !/[/\\]dynamic-provider/.test(script)) return undefined
  return address && /^[\w.[\]:-]+:\d+$/.test(address) ? address : undefined
}

/**
 * Calls back when the engine is gone. The vendor's process outlives an engine that was killed, and
 * would write into the next deployment; an open connection tells at once.
 */
export function whenEngineEnds(address: string, end: () => void): void {
  const session = connect(`http://${address}`)
  session.unref()
  session.on('error', () => {})
  session.on('close', end)
}

interface Log {
  log(request: unknown, done: () => void): void
}

interface EngineModules {
  messages: {
    LogRequest: new () => {
      setSeverity(severity: number): void
      setMessage(message: string): void
      setUrn(urn: string): void
      setEphemeral(isEphemeral: boolean): void
    }
    LogSeverity: { INFO: number; WARNING: number }
  }
  client: Log
}

let modules: EngineModules | undefined

/** The engine's log, by the modules of the SDK that this process runs in. */
function engineLog(address: string): EngineModules {
  const sdk = (name: string): unknown =>
    require(require.resolve(name, { paths: [require.resolve('@pulumi/pulumi/package.json')] }))
  const { EngineClient } = sdk('@pulumi/pulumi/proto/engine_grpc_pb') as {
    EngineClient: new (address: string, credentials: unknown) => Log
  }
  const grpc = sdk('@grpc/grpc-js') as { credentials: { createInsecure(): unknown } }
  return {
    messages: sdk('@pulumi/pulumi/proto/engine_pb') as EngineModules['messages'],
    client: new EngineClient(address, grpc.credentials.createInsecure()),
  }
}

/** Shows a warning beside the resource, in previews and deployments alike. */
export const warn = (message: string, urn?: string): void =>
  // The engine repeats the last message at each step of its resource: let that be a short one.
  log({ severity: 'WARNING', message, urn }, () => report('see its warning', urn))

/** Shows how far a resource is, until there is something newer to show. */
export const report = (message: string, urn?: string): void =>
  log({ severity: 'INFO', message, urn, isPassing: true })

interface Message {
  severity: keyof EngineModules['messages']['LogSeverity']
  message: string
  urn: string | undefined
  /** It is shown until there is another one. */
  isPassing?: boolean
}

function log({ severity, message, urn = '', isPassing = false }: Message, done = () => {}): void {
  const address = engineAddress()
  if (!address) return
  modules ??= engineLog(address)
  const { LogRequest, LogSeverity } = modules.messages
  const request = new LogRequest()
  request.setSeverity(LogSeverity[severity])
  request.setMessage(message)
  request.setUrn(urn)
  request.setEphemeral(isPassing)
  modules.client.log(request, done)
}
