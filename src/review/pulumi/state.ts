import { isWire } from '../../schema'
import type { Kept } from '../plan/kept'
import type { State, Step } from './document'
import { notAPlan, parse } from './parse'
import { plainOf } from './sides'
import { partsOf } from './urns'

/** The resources of a state that no step is about. */
export function unmentioned(state: string, steps: Step[], withGoing = false): Step[] {
  const exported = parse(state, 'The state', 'pulumi stack export')
  const deployment = isWire(exported) ? exported['deployment'] : undefined
  const resources = isWire(deployment) ? deployment['resources'] : undefined
  if (!isWire(deployment) || (resources !== undefined && !Array.isArray(resources))) {
    throw notAPlan('The state', 'it has no deployment. Take it with: pulumi stack export')
  }
  const all = (resources ?? []) as State[]
  assertSameStack(all, steps)
  const mentioned = new Set(
    steps.flatMap(({ urn, oldState }) => [urn, oldState?.urn, oldState?.id]),
  )
  return all
    .filter(({ urn, id, delete: isGoing }) => {
      return (
        (withGoing || !isGoing) && !mentioned.has(urn) && (id === undefined || !mentioned.has(id))
      )
    })
    .map((one) => ({ op: 'same', urn: one.urn, oldState: one, newState: one }))
}

function assertSameStack([one]: State[], [step]: Step[]): void {
  if (!one || !step) return
  const [state, plan] = [partsOf(one.urn), partsOf(step.urn)]
  if (state.stack === plan.stack && state.project === plan.project) return
  throw notAPlan(
    'The state',
    `it is of ${state.project}/${state.stack}, and the plan of ${plan.project}/${plan.stack}`,
  )
}

/** The addresses of all that is in a state. */
export const addressesIn = (state: string): Set<string> =>
  new Set(unmentioned(state, [], true).map(({ urn }) => urn))

/** What `pulumi stack export` printed. */
export const readState = (state: string): Kept[] =>
  unmentioned(state, [], true).flatMap(({ oldState }) =>
    oldState?.id === undefined
      ? []
      : [
          {
            id: oldState.id,
            inputs: plainOf(oldState.inputs),
            isGone: oldState.pendingReplacement === true,
            isUnfinished: (oldState.initErrors ?? []).length > 0,
          },
        ],
  )
