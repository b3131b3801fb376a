import { isId } from '../../schema'
import type { Action, Link, Plan } from '../plan/plan'
import { declaration } from './addresses'
import type { Declared } from './configuration'
import type { StateResource } from './document'
import type { Instances } from './instances'

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
  for (const [address, dependents] of dependentsOf(state, instances)) {
    links.get(address)?.neededBy.push(...dependents)
  }
  return links
}

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

/** By address, what depended on it so far: a state says on which resource, and its values on which instance. */
function dependentsOf(
  state: readonly StateResource[],
  instances: Instances,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map(state.map(({ address }): [string, string[]] => [address, []]))
  const owners = new Map<string, string[]>()
  const others = new Map<string, unknown>()
  for (const { address, values } of state) {
    const id = values?.['id']
    if (typeof id !== 'string' || !isId(id)) others.set(address, id)
    else owners.set(id, [...(owners.get(id) ?? []), address])
  }
  for (const { address, values = {}, depends_on: needs = [] } of state) {
    const text = JSON.stringify(values)
    const named = [...new Set(text.match(uuids))].flatMap((id) => owners.get(id) ?? [])
    const isNamed = (id: unknown) => typeof id !== 'string' || text.includes(id)
    const unclear = [...others].filter(([, id]) => isNamed(id)).map(([one]) => one)
    for (const all of needs.map((need) => instances.of(need))) {
      for (const one of [...named, ...unclear]) if (all.has(one)) found.get(one)?.push(address)
    }
  }
  return found
}

function needsOf(
  address: string,
  declared: ReadonlyMap<string, Declared>,
  instances: Instances,
): string[] {
  const own = declared.get(declaration(address))
  if (!own) return []
  const named = Object.values(own.references).flatMap((names) => instances.namedBy(address, names))
  return [...new Set([...named, ...instances.toldBy(own)])]
}
