import { collection } from '../kind'

/** Something that was to be done at a door or an encoder. */
export interface ActionAttemptRecord {
  action_attempt_id: string
  action_type: 'ENCODE_CREDENTIAL' | 'ASSIGN_CREDENTIAL' | 'UNLOCK_DOOR'
  status: 'pending' | 'success' | 'error'
  result: object | null
  error: { readonly type: string; readonly message: string } | null
  created_at: string
}

export const actionAttempts = collection<ActionAttemptRecord>({ id: 'action_attempt_id' })

export interface EventRecord {
  readonly event_id: string
  readonly event_type: string
  readonly workspace_id: string
  readonly created_at: string
  readonly occurred_at: string
  readonly [member: string]: unknown
}

export const events = collection<EventRecord>({ id: 'event_id' })

/** A change that the provider has still to carry out. */
export interface SettlementRecord {
  settlement_id: string
  due_at: string
  task: string
  details: Readonly<Record<string, unknown>>
}

export const settlements = collection<SettlementRecord>({ id: 'settlement_id' })
