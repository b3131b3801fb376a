import { canonicalInstant } from './check'
import type { Kind } from './kinds'
import { keptNotes } from './notes'

/** An answer of the API in the spelling of the inputs, so that precision is never a difference. */
export function spelled(kind: Kind, value: unknown): unknown {
  if (kind.is === 'instant') return (typeof value === 'string' && canonicalInstant(value)) || value
  return kind.is === 'list' && kind.of.is === 'note' ? keptNotes(value) : value
}
