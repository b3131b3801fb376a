import type { SeamResource } from '../resources'
import { isAbsent, type Wire } from '../schema'
import type { Session } from './session'

/** By session, the last of those who create equal objects. */
const lines = new WeakMap<Session, Map<string, Promise<unknown>>>()

/**
 * Creates an object after all equal ones of this process. No key tells these apart, so after a lost
 * answer one would take the object of another one for its own while that is under way.
 */
export function afterEqualOnes<T>(
  { name, key }: SeamResource,
  session: Session,
  inputs: Wire,
  create: () => Promise<T>,
): Promise<T> {
  if (key !== undefined && !isAbsent(inputs[key])) return create()
  const line = lines.get(session) ?? new Map<string, Promise<unknown>>()
  lines.set(session, line)
  const body = JSON.stringify([name, inputs])
  const created = (line.get(body) ?? Promise.resolve()).catch(() => {}).then(create)
  line.set(body, created)
  return created
}
