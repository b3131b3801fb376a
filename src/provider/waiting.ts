import { setTimeout as sleep } from 'node:timers/promises'
import { inWords, type SeamResource } from '../resources'
import {
  className,
  milliseconds,
  nameOf,
  quoted,
  valueOf,
  type Known,
  type Progress,
  type Wire,
} from '../schema'
import { SeamIacError } from '../seam'
import type { Session } from './session'

/** Says how far a deployment is, in a line that the next one replaces. */
export type OnProgress = (message: string) => void

const usualTimeout = '5m'

const second = 1_000

/**
 * Until the next look. All who wait look at the same moments, so that one call serves them; the
 * longer it takes, the less often.
 */
function pause(began: number): number {
  const waited = Date.now() - began
  const period = waited < 3 * second ? second : waited < 60 * second ? 2 * second : 10 * second
  return period - (Date.now() % period) + 5
}

/**
 * Waits until an object works: no change of it is under way, and nothing is wrong.
 *
 * @returns the object as it then is
 * @throws when it will not work, or not in time; the object exists all the same
 */
export async function untilProvisioned(
  definition: SeamResource,
  { seam }: Session,
  id: string,
  known: Known,
  onProgress: OnProgress,
): Promise<Wire> {
  const what = `${className(definition.name)} ${id}`
  const began = Date.now()
  const patience = milliseconds(
    String(valueOf(definition, 'timeout', known.inputs) ?? usualTimeout),
  )
  const wait = async (why: string) => {
    const left = began + patience - Date.now()
    if (left <= 0) throw tooLate(definition, what, why, known)
    if (seam.isStopped) {
      throw new SeamIacError(`${what} is saved; nobody waited until it was provisioned: ${why}`)
    }
    const waited = Math.round((Date.now() - began) / second)
    onProgress(`Waiting until it is provisioned, for ${waited} s: ${why}`)
    await sleep(Math.min(pause(began), left))
  }
  // What was answered a moment ago tells already whether a look is worth a call.
  const [underWay] = definition.progress?.(known.outputs).pending ?? []
  if (underWay !== undefined) await wait(underWay)
  for (;;) {
    const observed = await definition.observe(seam.fresh, id, known)
    const { pending, failed } = (observed && definition.progress?.(observed)) ?? nothing
    if (failed.length > 0) {
      const reasons = await inWords(seam.remembered, observed!, failed)
      throw new SeamIacError(`${what} is saved, but does not work:\n${reasons.join('\n')}`)
    }
    if (observed && pending.length === 0) return observed
    await wait(pending[0] ?? 'Seam does not show it yet')
  }
}

const nothing: Progress = { pending: [], failed: [] }

const tooLate = (definition: SeamResource, what: string, why: string, { inputs }: Known) =>
  new SeamIacError(
    `${what} is saved, but was not provisioned within ${String(valueOf(definition, 'timeout', inputs) ?? usualTimeout)}: ${why}\nThe next deployment looks again. Give a longer ${quoted(nameOf(definition, 'timeout')!)}, or leave ${quoted(nameOf(definition, 'waitFor')!)} out.`,
  )
