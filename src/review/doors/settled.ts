import { isAbsent } from '../../schema'
import { adoptedId, type Change, type Plan } from '../plan/plan'
import type { Subject, Subjects } from './subjects'

/**
 * A plan in which nothing is replaced because it names the same object in another way: what is taken
 * over has the id that it had, which an engine only knows once it has been.
 */
export function settled(plan: Plan, subjects: Subjects): Plan {
  const changes = plan.changes.map((change) =>
    isSettled(change, subjects) ? withoutReplacement(change) : change,
  )
  const isSame = changes.every((change, at) => change === plan.changes[at])
  return isSame ? plan : { ...plan, changes }
}

function isSettled(change: Change, subjects: Subjects): boolean {
  const { action, replacing, renamed } = change
  if (action !== 'replace' || renamed || replacing.length === 0) return false
  return replacing.every((field) => namesTheSame(change, field, subjects))
}

function namesTheSame(change: Change, field: string, subjects: Subjects): boolean {
  const { before, after, definition } = change
  const { who = {}, what = {} } = definition.opens ?? {}
  const kind = Object.entries({ ...who, ...what }).find(([, fields]) => fields.includes(field))?.[0]
  if (!kind || !before || !after) return false
  const named = { [kind]: [field] }
  const was = subjects.allNamed(change, before, named, 'before')
  const is = subjects.allNamed(change, after, named, 'after')
  const keys = (all: readonly Subject[]) =>
    all
      .map(({ key }) => key)
      .sort()
      .join()
  return was.length > 0 && keys(was) === keys(is) && is.every((one) => isThere(one, subjects))
}

/** Whether the object is in Seam already, and stays the one that it is. */
function isThere(subject: Subject, subjects: Subjects): boolean {
  const change = subjects.changeOf(subject)
  if (!change) return true
  if (change.action !== 'create') return change.action === 'keep' || change.action === 'update'
  return change.id !== undefined || !isAbsent(adoptedId(change))
}

function withoutReplacement(change: Change): Change {
  const { before, after, replacing, definition } = change
  const changed = change.changed.filter(
    (name) => !replacing.includes(name) && name !== definition.key,
  )
  return {
    ...change,
    action: changed.length > 0 ? 'update' : 'keep',
    changed,
    replacing: [],
    isDeleteFirst: false,
    isSettled: true,
    ...(before && after && { after: { ...after, all: { ...before.all, ...after.all } } }),
  }
}
