import { randomUUID } from 'node:crypto'
import type { Context } from '../context'

const mostKept = 20_000
const spare = 2_000

/** Records an event. */
export function emit(
  { store }: Context,
  event_type: string,
  payload: Readonly<Record<string, unknown>>,
): void {
  const now = new Date().toISOString()
  const { workspace_id } = store.workspace
  const defined = Object.entries(payload).filter(([, value]) => value !== undefined)
  store.events.add({
    event_id: randomUUID(),
    event_type,
    workspace_id,
    created_at: now,
    occurred_at: now,
    ...Object.fromEntries(defined),
  })
  if (store.events.size >= mostKept + spare) store.events.deleteOldest(spare)
}
