/** A resource of the policy; `{ $: name }` in its inputs is the id of another one. */
export interface Declared {
  type: Type
  inputs: Record<string, unknown>
  retainOnDelete?: boolean
  /** Names that it had before. */
  aliases?: string[]
}

export type Type =
  | 'UserIdentity'
  | 'Space'
  | 'AcsUser'
  | 'AcsCredential'
  | 'AccessGrant'
  | 'AccessGroupMembership'
  | 'AccessGroupMembersExclusive'

/** What is declared, by its name in the program. */
export type Policy = Record<string, Declared>

/** Declares what `policy.json` beside it says. */
export const program = `const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const seam = require('seam-iac')

const policy = JSON.parse(readFileSync(join(__dirname, 'policy.json'), 'utf8'))
const idOf = { UserIdentity: 'userIdentityId', AcsUser: 'acsUserId', Space: 'spaceId' }
const declared = new Map()

function resolved(given) {
  if (Array.isArray(given)) return given.map(resolved)
  if (typeof given !== 'object' || given === null) return given
  if ('$' in given) return declare(given.$)[idOf[policy[given.$].type]]
  return Object.fromEntries(Object.entries(given).map(([name, one]) => [name, resolved(one)]))
}

function declare(name) {
  const known = declared.get(name)
  if (known) return known
  const { type, inputs, retainOnDelete, aliases = [] } = policy[name]
  const options = { aliases: aliases.map((old) => ({ name: old })) }
  if (retainOnDelete) options.retainOnDelete = true
  const resource = new seam[type](name, resolved(inputs), options)
  declared.set(name, resource)
  return resource
}

for (const name of Object.keys(policy)) declare(name)
`

/** Stands for the id of another resource. */
export const ref = (name: string) => ({ $: name })

/** The name in a reference. */
export const nameIn = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && '$' in value ? String(value.$) : undefined

/** The names of all resources of a type. */
export const namesOf = (policy: Policy, type: Type): string[] =>
  Object.keys(policy).filter((name) => policy[name]!.type === type)

/** The names of all resources that a value refers to. */
export function refersTo(value: unknown): string[] {
  const name = nameIn(value)
  if (name !== undefined) return [name]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(refersTo)
}

/** Gives a resource another name, wherever it is spoken of. */
export function rename(policy: Policy, from: string, to: string, withAlias: boolean): void {
  const one = policy[from]!
  const text = JSON.stringify(policy).replaceAll(JSON.stringify(ref(from)), JSON.stringify(ref(to)))
  const next = JSON.parse(text) as Policy
  for (const name of Object.keys(policy)) delete policy[name]
  for (const [name, declared] of Object.entries(next)) policy[name === from ? to : name] = declared
  const { aliases = [] } = one
  if (withAlias) policy[to]!.aliases = [...aliases, from]
  else delete policy[to]!.aliases
}

const lists = ['spaceIds', 'acsUserIds'] as const

/** Takes a resource out, and with it whatever needs it: lists only become shorter. */
export function remove(policy: Policy, name: string): void {
  delete policy[name]
  for (const [other, { inputs }] of Object.entries(policy)) {
    if (!(other in policy)) continue
    for (const list of lists) {
      const held = inputs[list]
      if (Array.isArray(held)) inputs[list] = held.filter((one) => nameIn(one) !== name)
    }
    if (refersTo(inputs).includes(name) || opensNothing(policy[other]!)) remove(policy, other)
  }
}

const doors = ['spaceIds', 'spaceKeys', 'acsEntranceIds', 'deviceIds']

const opensNothing = ({ type, inputs }: Declared) =>
  type === 'AccessGrant' &&
  doors.every((name) => !Array.isArray(inputs[name]) || inputs[name].length === 0)

/** The resources in which two policies differ, a line each. */
export function changesOf(before: Policy, after: Policy): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const textOf = (policy: Policy, name: string) => {
    const { type, inputs, ...options } = policy[name] ?? {}
    return type === undefined ? 'nothing' : JSON.stringify({ ...inputs, ...options })
  }
  return [...names]
    .filter((name) => textOf(before, name) !== textOf(after, name))
    .map((name) => `${name}: ${textOf(before, name)} → ${textOf(after, name)}`)
}
