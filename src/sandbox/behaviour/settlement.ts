import { randomUUID } from 'node:crypto'
import type { Context } from '../context'
import type { SettlementRecord } from '../store/collections'

type Details = Readonly<Record<string, unknown>>
type Perform = (context: Context, details: never) => void

const tasks = new Map<string, Perform>()

/**
 * A change that the provider carries out some time after it was accepted, or at once where the
 * sandbox settles without delay. It is kept as data, so that a restart does not lose it.
 */
export function settling<D extends Details>(
  task: string,
  perform: (context: Context, details: D) => void,
): (context: Context, details: D) => void {
  tasks.set(task, perform)
  return (context, details) => {
    const { store, settings } = context
    if (settings.settleMs === 0) {
      perform(context, details)
      return
    }
    const due = new Date(Date.now() + settings.settleMs)
    const settlement_id = randomUUID()
    store.settlements.add({ settlement_id, due_at: due.toISOString(), task, details })
  }
}

/** Carries out what is due by now. */
export function settleDue(context: Context, now = Date.now()): void {
  const { settlements } = context.store
  const due: SettlementRecord[] = []
  // In the order in which they were accepted: what is behind one that is not due waits with it.
  for (const settlement of settlements.each()) {
    if (Date.parse(settlement.due_at) > now) break
    due.push(settlement)
  }
  for (const { settlement_id: id, task, details } of due) {
    settlements.delete(id)
    tasks.get(task)?.(context, details as never)
  }
}
