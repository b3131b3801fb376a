// @ts-check
import { createRequire } from 'node:module'

const pulumi = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'))
/** @type {typeof import('@grpc/grpc-js')} */
const grpc = pulumi('@grpc/grpc-js')

/**
 * Calls `ended` once, as soon as the engine at this address no longer listens. A connection is held
 * open all the time, so that an engine that is killed outright is noticed at once too.
 *
 * @param {string} address host and port of the engine
 * @param {() => void} ended
 */
export function whenEngineEnds(address, ended) {
  const client = new grpc.Client(address, grpc.credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
  })
  const channel = client.getChannel()
  const look = () => {
    const state = channel.getConnectivityState(true)
    if (state !== grpc.connectivityState.TRANSIENT_FAILURE) {
      channel.watchConnectivityState(state, Infinity, look)
      return
    }
    client.close()
    ended()
  }
  look()
}
