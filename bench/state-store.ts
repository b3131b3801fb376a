// Where Terraform keeps a state remotely: one state, in memory, behind its `http` backend.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Owner } from '../test/fixtures/pulumi'

export interface StateStore {
  readonly address: string
  bytes(): number
}

export async function startStateStore(owner: Owner): Promise<StateStore> {
  let state = ''
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'POST') state = await text(request)
    if (request.method === 'DELETE') state = ''
    response.statusCode = state === '' && request.method === 'GET' ? 404 : 200
    response.end(request.method === 'GET' ? state : '')
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => response.destroy(error))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  owner.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/state`, bytes: () => Buffer.byteLength(state) }
}
