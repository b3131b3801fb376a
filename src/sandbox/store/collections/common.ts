/** A warning, an error or a pending mutation, as the API shows it. */
export interface Notice {
  readonly created_at: string
  readonly message: string
  readonly [member: string]: unknown
}

export type Mode = 'code' | 'card' | 'mobile_key' | 'cloud_key'

export interface Noticed {
  errors: readonly Notice[]
  warnings: readonly Notice[]
}

export const created_at = '2024-01-15T09:00:00.000Z'
export const noticed = { created_at, errors: [], warnings: [] }
export const pending = { ...noticed, pending_mutations: [] }
