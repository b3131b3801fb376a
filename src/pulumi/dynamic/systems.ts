import * as pulumi from '@pulumi/pulumi'
import type { SeamResource as Definition } from '../../resources'
import { isWire, swapName, type Problem, type Wire } from '../../schema'
import type { Properties } from '../values/hidden'

/** The access control system of each object that a lookup of this process has answered. */
const systems = new Map<string, string>()

const ofSystems = /^acs_(user|access_group|entrance|credential)_id$/

/** Notes of which systems the objects in an answer are. */
export function noteSystems(answer: unknown): void {
  if (Array.isArray(answer)) answer.forEach(noteSystems)
  if (!isWire(answer)) return
  const { acs_system_id: system } = answer
  for (const [name, value] of Object.entries(answer)) {
    if (typeof value === 'object') noteSystems(value)
    if (typeof value !== 'string' || typeof system !== 'string') continue
    if (ofSystems.test(name)) systems.set(value, system)
  }
}

/**
 * The hidden input with the systems of what a resource names, as far as lookups have told them: its
 * check asks Seam nothing. What a resource gives as its id is of a system that nobody has told yet.
 */
export function systemsOf({ ofOneSystem = [] }: Definition, given: [string, unknown][]) {
  const named = given.filter(([name]) => (ofOneSystem as string[]).includes(swapName(name)))
  const isPlain = named.every(([, value]) => typeof value === 'string')
  if (named.length === 0 || (isPlain && systems.size === 0)) return undefined
  return pulumi.output(named.map(([, value]) => value)).apply((ids) => {
    const known = (ids as unknown[])
      .flat()
      .map(String)
      .filter((id) => systems.has(id))
    return known.map((id) => `${id}=${systems.get(id)}`).join(' ') || undefined
  })
}

/** Objects of different access control systems, which Seam would refuse to bring together. */
export function mixedSystems(
  { ofOneSystem = [] }: Definition,
  inputs: Wire,
  { __systems = '' }: Properties,
): Problem[] {
  const told = new Map(__systems.split(' ').map((pair) => pair.split('=') as [string, string]))
  const found = (ofOneSystem as string[]).flatMap((name) =>
    [inputs[name]].flat().flatMap((id) => {
      const system = name === 'acs_system_id' ? id : told.get(id as string)
      return typeof system === 'string' ? [{ name, id, system }] : []
    }),
  )
  const [first] = found
  const other = found.find(({ system }) => system !== first?.system)
  if (!first || !other) return []
  const reason = `names ${String(other.id)} of access control system ${other.system}, but ‹${first.name}› is of ${first.system}`
  return [{ path: [other.name], reason }]
}
