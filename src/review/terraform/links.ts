import type { Action, Link, Plan } from '../plan/plan'
import type { Declared, Instances } from './configuration'
import { declaration } from './configuration'
import type { StateResource } from './document'

/** A resource of a plan, of whatever provider. */
export interface Linked {
  readonly address: string
  readonly action: Action
  readonly isDeposed: boolean
}

/** What hangs on what, by address. */
export function linksOf(
  all: readonly Linked[],
  declared: ReadonlyMap<string, Declared>,
  instances: Instances,
  state: readonly StateResource[],
  bound: ReadonlySet<string>,
): Plan['links'] {
  const leftovers = new Set(all.filter(({ isDeposed }) => isDeposed).map(({ address }) => address))
  const links = new Map<string, Link & { neededBy: string[] }>()
  for (const { address, action, isDeposed } of all) {
    if (isDeposed && links.has(address)) continue
    const isGoing = action === 'delete' || action === 'forget'
    const needs = isGoing ? [] : needsOf(address, declared, instances)
    const hasLeftover = leftovers.has(address)
    links.set(address, { action, needs, neededBy: [], hasLeftover, isBound: bound.has(address) })
  }
  const ids = new Map(state.map(({ address, values }) => [address, values?.['id']]))
  for (const one of state) {
    const text = JSON.stringify(one.values ?? {})
    for (const need of one.depends_on ?? []) {
      for (const address of instances.of(need)) {
        // A state says on which resource something depends, and its values on which instance.
        const id = ids.get(address)
        if (typeof id !== 'string' || text.includes(id)) {
          links.get(address)?.neededBy.push(one.address)
        }
      }
    }
  }
  return links
}

function needsOf(
  address: string,
  declared: ReadonlyMap<string, Declared>,
  instances: Instances,
): string[] {
  const own = declared.get(declaration(address))
  if (!own) return []
  const named = Object.values(own.references).flatMap((names) =>
    instances.namedBy(address, own, names),
  )
  const told = own.dependsOn.flatMap((name) => instances.of(own.module + name))
  return [...new Set([...named, ...told])]
}
