import {
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { selfSigned } from './certificate'
import { services } from './definition'

/** Answers calls of the engine by their names. */
export interface Provider {
  readonly handlers: Readonly<Record<string, (request: any) => object | Promise<object>>>
  /** Those that answer one thing after the other. */
  readonly streams: Readonly<Record<string, (request: any) => AsyncIterable<object>>>
  /** The engine is done with it. */
  close(): void
}

const largest = 256 * 1024 * 1024

type Call = ServerUnaryCall<object, object>

/** The calls of the provider; what fails unforeseen is an error that people see, and the process lives. */
function implementation({ handlers, streams }: Provider): UntypedServiceImplementation {
  const streamed = Object.entries(streams).map(([name, events]) => [
    name,
    (call: ServerWritableStream<object, object>) => {
      sendAll(call, events(call.request)).then(
        () => call.end(),
        (error: unknown) => {
          call.write({ diagnostic: [unforeseen(name, error)] })
          call.end()
        },
      )
    },
  ])
  const named = Object.entries(handlers).map(([name, handle]) => [
    name,
    (call: Call, answer: sendUnaryData<object>) => {
      const done = Promise.resolve().then(() => handle(call.request))
      done.then(
        (response) => answer(null, response),
        (error: unknown) => answer(null, unforeseen(name, error)),
      )
    },
  ])
  return Object.fromEntries([...named, ...streamed])
}

async function sendAll(
  call: ServerWritableStream<object, object>,
  events: AsyncIterable<object>,
): Promise<void> {
  for await (const event of events) if (!call.cancelled) call.write(event)
}

function unforeseen(name: string, error: unknown) {
  const summary = error instanceof Error ? error.message : String(error)
  const detail = `In ${name} of terraform-provider-seam.`
  // Functions have no diagnostics; the others have no such error, and it is left out there.
  return { diagnostics: [{ severity: 'ERROR', summary, detail }], error: { text: summary } }
}

/** A gRPC server with all services of a plugin process. */
export function pluginServer(provider: Provider, onShutdown: () => void): Server {
  const server = new Server({
    'grpc.max_receive_message_length': largest,
    'grpc.max_send_message_length': largest,
    // Nobody asks what was called how often.
    'grpc.enable_channelz': 0,
  })
  const all = services()
  const service = (name: string) => all[name]!
  server.addService(service('tfplugin6.Provider'), implementation(provider))
  server.addService(service('plugin.GRPCController'), {
    Shutdown: (_: Call, answer: sendUnaryData<object>) => {
      answer(null, {})
      onShutdown()
    },
  })
  // Both stay open until the engine ends them: nothing is sent on them.
  server.addService(service('plugin.GRPCStdio'), { StreamStdio: () => {} })
  server.addService(service('plugin.GRPCBroker'), { StartStream: () => {} })
  server.addService(service('grpc.health.v1.Health'), {
    Check: (_: Call, answer: sendUnaryData<object>) => answer(null, { status: 'SERVING' }),
    Watch: (call: { write(answer: object): void }) => call.write({ status: 'SERVING' }),
  })
  return server
}

/** Where a server listens, in the words of the handshake. */
export interface Address {
  readonly network: 'unix' | 'tcp'
  readonly address: string
  close(): void
}

const bound = (server: Server, at: string, credentials: ServerCredentials) =>
  new Promise<number>((resolve, reject) => {
    server.bindAsync(at, credentials, (error, port) => (error ? reject(error) : resolve(port)))
  })

/** Listens on a socket of its own; where there are none, on a port of this machine. */
export async function listen(
  server: Server,
  credentials = ServerCredentials.createInsecure(),
  isTcp = process.platform === 'win32',
): Promise<Address> {
  if (isTcp) {
    const port = await bound(server, '127.0.0.1:0', credentials)
    return { network: 'tcp', address: `127.0.0.1:${port}`, close: () => server.forceShutdown() }
  }
  const folder = mkdtempSync(join(tmpdir(), 'seam-'))
  const socket = join(folder, 's')
  await bound(server, `unix:${socket}`, credentials)
  const close = () => {
    server.forceShutdown()
    rmSync(folder, { recursive: true, force: true })
  }
  return { network: 'unix', address: socket, close }
}

/** What tells a plugin that an engine of this protocol started it. */
const cookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'
const protocol = 6

const byHand =
  'This is a plugin of Terraform and OpenTofu, which they start themselves. Install it with: seam-iac install terraform'

/** Serves an engine that started this process, and ends with it. */
export async function serve(provider: Provider): Promise<void> {
  if (process.env['TF_PLUGIN_MAGIC_COOKIE'] !== cookie) throw new Error(byHand)
  const offered = (process.env['PLUGIN_PROTOCOL_VERSIONS'] ?? '').split(',').filter(Boolean)
  if (offered.length > 0 && !offered.includes(String(protocol))) {
    throw new Error(`The engine speaks plugin protocol ${offered.join()}, and not ${protocol}.`)
  }
  const addresses: Address[] = []
  const end = () => {
    for (const address of addresses) address.close()
    process.exit()
  }
  const server = pluginServer(provider, () => {
    provider.close()
    setTimeout(end, 5)
  })
  // An interrupt reaches the whole group; the engine then lets each call end.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', end)
  endWithParent(end)
  const { credentials, certificate } = secured(process.env['PLUGIN_CLIENT_CERT'])
  const at = await listen(server, credentials)
  addresses.push(at)
  process.stdout.write(`1|${protocol}|${at.network}|${at.address}|grpc|${certificate}\n`)
}

/** Both ends show certificates, so that no other user of the machine is answered. */
function secured(clientCertificate: string | undefined) {
  if (!clientCertificate) {
    return { credentials: ServerCredentials.createInsecure(), certificate: '' }
  }
  const { certificate, key, der } = selfSigned()
  const pair = { cert_chain: Buffer.from(certificate), private_key: Buffer.from(key) }
  const credentials = ServerCredentials.createSsl(Buffer.from(clientCertificate), [pair], true)
  return { credentials, certificate: der.toString('base64').replace(/={1,2}$/, '') }
}

const look = 500

/** An engine that is killed sends nothing; a plugin that outlives it would write into the next run. */
function endWithParent(end: () => void): void {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && end(), look).unref()
}
