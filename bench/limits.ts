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
}

/** Makes so many people through a limit. */
export async function runLimits(writes: number, latencyMs: number): Promise<LimitsResult> {
  const building = await startBuilding({ people: 0, grants: 0, latencyMs, requestsPerSecond })
  try {
    const session = new Session()
    session.configure(building)
    const queue = new PQueue({ concurrency })
    const one = (index: number) => {
      const seed = index.toString(16).padStart(12, '0')
      const { inputs } = check(userIdentity, { full_name: `P ${index}` }, { seed }, session.ledger)
      return create(userIdentity, session, inputs, seed)
    }
    const all = Array.from({ length: writes }, (_, index) => () => one(index))
    const seconds = await timed(() => queue.addAll(all))
    const requests = await building.requests()
    const refused = requests.filter(({ status }) => status === 429).length
    const admitted = requests.length - refused
    const share = (admitted - requestsPerSecond) / seconds / requestsPerSecond
    return { writes, latencyMs, requestsPerSecond, seconds, admitted, refused, share }
  } finally {
    await building.stop()
  }
}
