// A sandbox in a process of its own, so that it does not share an event loop with who is measured.
import { buildingSeed, startSandbox, type BuildingSize } from '../src/sandbox'

/** What the process is told to start. */
export interface Wanted extends BuildingSize {
  latencyMs?: number
  requestsPerSecond?: number
}

/** What it answers once it listens. */
export interface Started {
  endpoint: string
  apiKey: string
}

async function start({ latencyMs, requestsPerSecond, ...size }: Wanted): Promise<void> {
  const sandbox = await startSandbox({
    seed: buildingSeed(size),
    ...(latencyMs !== undefined && { latencyMs }),
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
  })
  process.send!({ endpoint: sandbox.endpoint, apiKey: sandbox.apiKey } satisfies Started)
}

process.once('message', (wanted: Wanted) => {
  start(wanted).catch((error: unknown) => {
    throw error
  })
})
process.once('disconnect', () => process.exit())
