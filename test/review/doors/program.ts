import { buildingIds, buildingSeed } from '../../../src/sandbox'

/** A resource as the policy file has it; `{ $: name }` stands for the id of another one. */
export interface Declared {
  readonly type: string
  readonly props: Record<string, unknown>
  readonly opts?: Record<string, unknown>
}

/** What is declared, by the names in the program. */
export type Policy = Record<string, Declared>

/** Declares whatever `policy.json` beside it says. */
export const program = `const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const seam = require('seam-iac')
const policy = JSON.parse(readFileSync(join(__dirname, 'policy.json'), 'utf8'))
const ids = { UserIdentity: 'userIdentityId', AcsUser: 'acsUserId', Space: 'spaceId' }
const made = {}
const value = (given) => {
  if (Array.isArray(given)) return given.map(value)
  if (typeof given !== 'object' || given === null) return given
  if ('$' in given) return idOf(given.$)
  return Object.fromEntries(Object.entries(given).map(([name, one]) => [name, value(one)]))
}
const idOf = (name) => declare(name)[ids[policy[name].type]]
const declare = (name) => {
  const { type, props, opts = {} } = policy[name]
  made[name] ??= new seam[type](name, value(props), opts)
  return made[name]
}
for (const name of Object.keys(policy)) declare(name)
`

/** How much of everything a building of the test has. */
export const size = {
  people: 6,
  grants: 8,
  groups: 3,
  membersPerGroup: 2,
  doors: 8,
  devices: 2,
  spaces: 4,
} as const

export const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** A building in which people have made a few things by hand. */
export const building = () => buildingSeed(size)

/** What a policy of the building may name that no policy declares. */
export const there = {
  people: numbers(size.people).map(buildingIds.userIdentity),
  users: numbers(size.people).map(buildingIds.acsUser),
  groups: numbers(size.groups).map(buildingIds.accessGroup),
  spaces: numbers(size.spaces).map(buildingIds.space),
  doors: numbers(size.doors).map(buildingIds.entrance),
  devices: numbers(size.devices).map(buildingIds.device),
  system: buildingIds.system,
}

/** Names that the building does not have yet, so that each name is one person. */
export const fullNameOf = (number: number) => `Resident ${number}`
