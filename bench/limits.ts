// Many writes against an API that admits so many a second: nothing fails, and little is wasted.
import PQueue from 'p-queue'
import { check, create, Session } from '../src/provider'
import { userIdentity } from '../src/resources/user-identity'
import { timed } from './figures'
import { startBuilding } from './sandbox'

const concurrency = 64
const requestsPerSecond = 500

/** How it went. */
export interface LimitsResult {
  writes: number
  latencyMs: number
  requestsPerSecond: number
  seconds: number
  admitted: number
  refused: number
  /** Admitted calls a second, over what the limit admits; without the burst that it admits at once. */
  share: number
  /** What client and sandbox manage a second on this machine without a limit. */
  unlimited: number
}

/** Makes so many people, through a limit and, fewer of them, without. */
export async function runLimits(writes: number, latencyMs: number): Promise<LimitsResult> {
  const few = 1000
  // The first calls of a process compile it.
  await make(few, { latencyMs: 0 })
  const free = await make(few, { latencyMs })
  const { seconds, admitted, refused } = await make(writes, { latencyMs, requestsPerSecond })
  const share = (admitted - requestsPerSecond) / seconds / requestsPerSecond
  const unlimited = few / free.seconds
  return { writes, latencyMs, requestsPerSecond, seconds, admitted, refused, share, unlimited }
}

async function make(writes: number, wanted: { latencyMs: number; requestsPerSecond?: number }) {
  const building = await startBuilding({ people: 0, grants: 0, ...wanted })
  try {
    const session = new Session()
    session.configure(building)
    const queue = new PQueue({ concurrency })
    const one = (index: number) => {
      const seed = index.toString(16).padStart(12, '0')
      const { inputs } = check(userIdentity, { full_name: `P ${index}` }, { seed }, session.facts)
      return create(userIdentity, session, inputs, seed)
    }
    const all = Array.from({ length: writes }, (_, index) => () => one(index))
    const seconds = await timed(() => queue.addAll(all))
    const requests = await building.requests()
    const refused = requests.filter(({ status }) => status === 429).length
    return { seconds, refused, admitted: requests.length - refused }
  } finally {
    await building.stop()
  }
}
