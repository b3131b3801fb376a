import {
  spelled as inOneSpelling,
  fieldsOf,
  isAbsent,
  isWire,
  sameValue,
  type Field,
  type Fields,
  type Wire,
} from '../../schema'
import { secret, type Change, type Plan } from '../plan/plan'

/**
 * A plan that looks only, with all that differs between the state and Seam: an engine compares what
 * the program says, and what it leaves out may have changed as well.
 */
export const withDrift = (plan: Plan): Plan =>
  plan.isDrift ? { ...plan, changes: plan.changes.map(drifted) } : plan

function drifted(change: Change): Change {
  const { action, before, after, definition } = change
  if (action === 'delete' || !before || !after) return change
  const changed = differing(definition.fields, before.all, after.all)
  const told = change.told ?? { before, after, changed: change.changed }
  return { ...change, told, changed, action: changed.length > 0 ? 'update' : 'keep' }
}

/** The fields that say something else in Seam than the state knows. */
function differing(fields: Fields, was: Wire, is: Wire): string[] {
  return Object.entries(fields)
    .filter(([, field]) => isCompared(field))
    .filter(([name, field]) => differs(field, was[name], is[name]))
    .map(([name]) => name)
}

/** What the plan has found out for a deployment is no part of the object, nor is what Seam reports. */
const isCompared = ({ input, marks }: Field) => input !== 'never' && !marks.local && !marks.planned

/** In the spelling of inputs: what only looks different is the same. */
export function spelled({ kind }: Field, value: unknown): unknown {
  const fields = fieldsOf(kind)
  if (!fields || !isWire(value)) return inOneSpelling(kind, value)
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      fields[name] ? spelled(fields[name], one) : one,
    ]),
  )
}

function differs(field: Field, was: unknown, is: unknown): boolean {
  if (was === secret || is === secret) return was !== is && !isAbsent(was) && !isAbsent(is)
  // What the state does not say of what Seam chooses, nobody has known.
  if (isAbsent(was) && (isAbsent(is) || field.marks.computed)) return false
  const fields = fieldsOf(field.kind)
  if (fields && isWire(was) && isWire(is)) return differing(fields, was, is).length > 0
  return !sameValue(field, spelled(field, was ?? undefined), spelled(field, is ?? undefined))
}
