import { resources } from '../../resources'
import { className } from '../../schema'
import type { Action } from '../plan/plan'
import type { Step } from './document'

/** What the steps of the engine are to a review. */
export const actions: Record<string, Action> = {
  same: 'keep',
  refresh: 'keep',
  read: 'keep',
  create: 'create',
  import: 'create',
  'create-replacement': 'replace',
  'import-replacement': 'replace',
  replace: 'replace',
  update: 'update',
  delete: 'delete',
  discard: 'forget',
}

const definitions = new Map(resources.map((one) => [className(one.name), one]))

export const typeOf = ({ newState, oldState }: Step) => (newState ?? oldState)?.type ?? ''

/** Both the dynamic resources (`…dynamic/seam:Space`) and those of the plugin (`seam:index:Space`). */
export const definitionOf = (step: Step) =>
  definitions.get(/(?:^|\/)seam:(?:\w+:)?(\w+)$/.exec(typeOf(step))?.[1] ?? '')

/** An object that a deployment lets go is only forgotten; the old part of a replacement is in its new part. */
export function actionOf({ op, oldState }: Step, isDrift = false): Action | undefined {
  const action = actions[op]
  return action === 'delete' && oldState?.retainOnDelete && !isDrift ? 'forget' : action
}

/** What an earlier deployment left over has the address of what took its place. */
export const isOld = ({ oldState }: Step) => oldState?.delete === true

/** The old part of a replacement is marked so too, in the step of its new part. */
export const isLeftover = (step: Step) => step.op === 'delete' && isOld(step)
