import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ExecutionContext } from 'ava'
import { Seam } from '../../src/seam'
import { startSandbox, type Sandbox } from '../../src/sandbox'

export const apiKey = 'seam_testWire_abcdef123456'

/** One request that reached a raw server. */
export interface Arrival {
  path: string
  headers: IncomingMessage['headers']
  body: Record<string, unknown>
}

/** Answers the n-th request, counted from 1. */
export type Answer = (response: ServerResponse, nth: number, arrival: Arrival) => void

export interface Wire {
  endpoint: string
  arrivals: Arrival[]
  /** How many sockets were opened. */
  connections(): number
  seam: Seam
}

/** A server for faults that the sandbox has not: whatever a proxy or a broken line would do. */
export async function wire(t: ExecutionContext, answer: Answer, timeout?: number): Promise<Wire> {
  const arrivals: Arrival[] = []
  let connections = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Arrival['body']
      const arrival = { path: request.url ?? '', headers: request.headers, body }
      answer(response, arrivals.push(arrival), arrival)
    })
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const seam = new Seam({ endpoint, apiKey }, timeout)
  return { endpoint, arrivals, connections: () => connections, seam }
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** The beginning of an answer, and then nothing. */
export function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"space": {', () => response.destroy())
}

/** A sandbox that ends with its test, and a client of it. */
export async function local(t: ExecutionContext): Promise<{ sandbox: Sandbox; seam: Seam }> {
  const sandbox = await startSandbox()
  t.teardown(() => sandbox.stop())
  const { endpoint, apiKey: key } = sandbox
  return { sandbox, seam: new Seam({ endpoint, apiKey: key }) }
}

/** The paths that reached a sandbox with the status of each answer, 0 where none was sent. */
export const calls = ({ requests }: Sandbox): string[] =>
  requests.map(({ path, status }) => `${path} ${status}`)
