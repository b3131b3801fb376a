import type { Notice } from '../store/collections'

type Extra = Readonly<Record<string, unknown>>

const now = () => new Date().toISOString()

export function warning(code: string, message: string, extra: Extra = {}): Notice {
  return { warning_code: code, message, created_at: now(), ...extra }
}

export function mutation(code: string, message: string, extra: Extra = {}): Notice {
  return { mutation_code: code, message, created_at: now(), ...extra }
}

export const beingDeleted = (what: string): Notice =>
  warning('being_deleted', `This ${what} is being deleted.`)

export const isBeingDeleted = (held: { readonly warnings: readonly Notice[] }): boolean =>
  held.warnings.some((notice) => notice.warning_code === 'being_deleted')
