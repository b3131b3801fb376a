import type { ExecutionContext } from 'ava'
import { check, Session, type Stored, type Standing } from '../../src/provider'
import type { SeamResource } from '../../src/resources'
import type { Wire } from '../../src/schema'
import { officeIds, type SandboxOptions } from '../../src/sandbox'
import { sandboxFor } from '../fixtures/building'

export const seed = 'aaaaaaaaaaaa'

/** Inputs as a plan makes them. */
export function planned(
  definition: SeamResource,
  given: Wire,
  session = new Session(),
  standing: Standing = { seed },
): Wire {
  const { inputs, problems } = check(definition, given, standing, session.facts)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return inputs
}

export const grantOf = (more: Wire = {}): Wire => ({
  user_identity_id: officeIds.userIdentities.ivan,
  space_ids: [officeIds.spaces.lab],
  requested_access_methods: [{ mode: 'code' }],
  ...more,
})

/** A sandbox, and sessions with it: each is what one run of an engine has. */
export async function office(
  t: ExecutionContext,
  { stillness = 50, ...options }: SandboxOptions & { stillness?: number } = {},
) {
  t.timeout(60_000)
  const sandbox = await sandboxFor(t, options)
  const newSession = () => {
    const session = new Session(stillness)
    session.configure({ endpoint: sandbox.endpoint, apiKey: sandbox.apiKey })
    return session
  }
  return { sandbox, session: newSession(), newSession }
}

/** What a promise was rejected with. */
export async function failure<E extends Error>(
  promise: Promise<unknown>,
  kind: abstract new (...args: never[]) => E,
): Promise<E> {
  const error: unknown = await promise.then(
    () => 'no error',
    (reason: unknown) => reason,
  )
  if (error instanceof kind) return error
  throw new Error(`expected a ${kind.name}, got ${String(error)}`, { cause: error })
}

/** The state that a partial failure leaves. */
export const leftBy = ({ id, inputs, outputs }: Stored): Stored => ({ id, inputs, outputs })
