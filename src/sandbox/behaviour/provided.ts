import type { CollectionName } from '../store/store'

/** The collections whose objects a provider makes, and may fail to make. */
export const provided = [
  'access_grants',
  'access_methods',
  'acs_users',
  'acs_credentials',
] as const satisfies readonly CollectionName[]

export type Provided = (typeof provided)[number]

/** What a provider that fails says; the rest of it follows from the object. */
export interface ProviderFailure {
  readonly code?: string
  readonly as?: 'error' | 'warning'
  readonly details?: Readonly<Record<string, unknown>>
}
