import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'

/** A server that answers on 127.0.0.1 only. */
export interface RunningServer {
  readonly endpoint: string
  /** Cuts what connections there are, and resolves once the port is free. */
  stop(): Promise<void>
}

export function listen(
  app: Hono<{ Bindings: HttpBindings }>,
  port: number,
): Promise<RunningServer> {
  return new Promise((resolve, reject) => {
    const settings = { fetch: app.fetch, hostname: '127.0.0.1', port }
    const server = serve(settings, (address: AddressInfo) => {
      const endpoint = `http://127.0.0.1:${address.port}`
      resolve({ endpoint, stop: () => close(server) })
    }) as Server
    // A client that is busy for a while must not find its connection closed when it comes back.
    server.keepAliveTimeout = 120_000
    server.once('error', reject)
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
