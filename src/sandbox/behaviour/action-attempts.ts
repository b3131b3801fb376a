import { randomUUID } from 'node:crypto'
import type { Context } from '../context'
import type { ActionAttemptRecord } from '../store/collections'
import { must } from './lookup'
import { settling } from './settlement'

type Begun = Pick<ActionAttemptRecord, 'action_type'>
type Outcome = Pick<ActionAttemptRecord, 'status' | 'result' | 'error'>

export const succeeded = (result: object): Outcome => ({ status: 'success', result, error: null })
export const failed = (type: string, message: string): Outcome => ({
  status: 'error',
  result: null,
  error: { type, message },
})

/** An action at a door or an encoder: begun when it is asked for, and done once it has settled. */
export function action<D extends Readonly<Record<string, unknown>>>(
  action_type: ActionAttemptRecord['action_type'],
  task: string,
  perform: (context: Context, details: D) => Outcome,
): (context: Context, details: D) => object {
  const finish = settling<{ action_attempt_id: string; details: D }>(
    task,
    (context, { action_attempt_id: id, details }) => {
      context.store.actionAttempts.update(id, { ...perform(context, details) })
    },
  )
  return (context, details) => {
    const { store } = context
    const action_attempt_id = begin(context, { action_type })
    finish(context, { action_attempt_id, details })
    return actionAttempt(must(store.actionAttempts, action_attempt_id))
  }
}

function begin({ store }: Context, begun: Begun): string {
  const action_attempt_id = randomUUID()
  store.actionAttempts.add({
    ...begun,
    action_attempt_id,
    created_at: new Date().toISOString(),
    status: 'pending',
    result: null,
    error: null,
  })
  return action_attempt_id
}

/** An action attempt as the API shows it. */
export function actionAttempt(attempt: Readonly<ActionAttemptRecord>): object {
  const { created_at: _, ...shown } = attempt
  return shown
}
