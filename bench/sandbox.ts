import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { LoggedRequest } from '../src/sandbox'
import type { Started, Wanted } from './sandbox-process'

/** A building in another process, and what it was asked. */
export interface Building extends Started {
  /** The calls since the log was cleared. */
  requests(): Promise<LoggedRequest[]>
  clearRequests(): Promise<void>
  stop(): Promise<void>
}

/** Starts a sandbox in a process of its own; it ends with this one at the latest. */
export async function startBuilding(wanted: Wanted): Promise<Building> {
  const child = fork(join(__dirname, 'sandbox-process.ts'))
  child.send(wanted)
  const started = await Promise.race([
    once(child, 'message').then(([answer]) => answer as Started),
    once(child, 'exit').then(() => {
      throw new Error('The sandbox did not start')
    }),
  ])
  const log = `${started.endpoint}/_sandbox/requests`
  return {
    ...started,
    async requests() {
      const answer = (await (await fetch(log)).json()) as { requests: LoggedRequest[] }
      return answer.requests
    },
    async clearRequests() {
      await fetch(log, { method: 'DELETE' })
    },
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
