import type { Link, Plan } from '../plan/plan'
import type { State, Step } from './document'
import { actionOf, isOld } from './steps'

/** What hangs on what, by address. */
export function linksOf(steps: Step[], bound: ReadonlySet<string>): Plan['links'] {
  const links = new Map<string, Link & { neededBy: string[] }>()
  const leftovers = new Set(steps.filter(isOld).map(({ urn }) => urn))
  // An old state names what has an alias as it was.
  const current = steps.filter((step) => !isOld(step))
  const names = new Map(current.map(({ urn, oldState }) => [oldState?.urn, urn]))
  for (const step of steps) {
    const { urn, newState } = step
    if (links.has(urn) && isOld(step)) continue
    const needs = newState ? needsOf(newState) : []
    const action = actionOf(step) ?? 'keep'
    const [hasLeftover, isBound] = [leftovers.has(urn), bound.has(urn)]
    links.set(urn, { action, needs, neededBy: [], hasLeftover, isBound })
  }
  for (const { urn, oldState } of steps) {
    const needs = oldState ? needsOf(oldState) : []
    for (const need of needs) links.get(names.get(need) ?? need)?.neededBy.push(urn)
  }
  return links
}

const needsOf = ({ parent, dependencies = [], propertyDependencies = {}, deletedWith }: State) => [
  ...[parent, deletedWith].filter((one) => one !== undefined),
  ...dependencies,
  ...Object.values(propertyDependencies).flat(),
]
