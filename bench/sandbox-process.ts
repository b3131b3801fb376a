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

process.once('message', async ({ latencyMs, requestsPerSecond, ...size }: Wanted) => {
  const sandbox = await startSandbox({
    seed: buildingSeed(size),
    ...(latencyMs !== undefined && { latencyMs }),
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
  })
  process.send!({ endpoint: sandbox.endpoint, apiKey: sandbox.apiKey } satisfies Started)
})
process.once('disconnect', () => process.exit())
