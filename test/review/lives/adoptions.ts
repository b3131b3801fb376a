import type { HandMade } from './building'
import { ends, scheduleOf, type Scene } from './parts'
import { namesOf, ref, type Policy, type Type } from './program'

type Edit = (scene: Scene) => string | undefined

/** Whether the program holds something by its id already. */
const isHeld = (policy: Policy, id: string) =>
  JSON.stringify(
    Object.values(policy).map(({ inputs }) => [
      inputs['adoptId'],
      inputs['adoptUnmanagedAccessGrantId'],
      inputs['accessGrantKey'],
    ]),
  ).includes(id)

const entered = (
  { policy, next }: Scene,
  word: string,
  type: Type,
  inputs: Record<string, unknown>,
): string => {
  const name = `${word}-${next()}`
  policy[name] = { type, inputs }
  return name
}

/** Speaks of an object by its resource from now on, wherever the program had its id. */
function migrate(policy: Policy, id: string, to: string): void {
  for (const [name, one] of Object.entries(policy)) {
    if (name === to) continue
    const text = JSON.stringify(one.inputs).replaceAll(JSON.stringify(id), JSON.stringify(ref(to)))
    one.inputs = JSON.parse(text) as Record<string, unknown>
  }
}

const person: Edit = (scene) => {
  const { policy, building, walk, random } = scene
  const id = random.maybe(building.people.filter((one) => !isHeld(policy, one)))
  if (id === undefined) return undefined
  const inputs = { adoptId: id, fullName: walk.names.get(id)!, deleteCascade: true }
  const name = entered(scene, 'person', 'UserIdentity', inputs)
  if (random.chance(0.8)) migrate(policy, id, name)
  return `adoption of a person as ${name}`
}

const user: Edit = (scene) => {
  const { policy, building, walk, random } = scene
  const system = random.one(building.systems)
  const id = random.maybe(system.users.filter((one) => !isHeld(policy, one)))
  const known = walk.lists.users.find((one) => one['acs_user_id'] === id)
  if (id === undefined || !known) return undefined
  const of = known['user_identity_id']
  const owner = namesOf(policy, 'UserIdentity').find((one) => scene.ids.get(one) === of)
  const schedule = known['access_schedule'] as Record<string, string> | undefined
  const name = entered(scene, 'user', 'AcsUser', {
    adoptId: id,
    acsSystemId: system.id,
    fullName: String(known['full_name']),
    deleteCascade: true,
    ...(of !== undefined && { userIdentityId: owner === undefined ? of : ref(owner) }),
    ...(random.chance(0.4) && { isSuspended: true }),
    ...(random.chance(0.5)
      ? { accessSchedule: scheduleOf(random) }
      : schedule && {
          accessSchedule: { startsAt: schedule['starts_at'], endsAt: schedule['ends_at'] },
        }),
  })
  if (random.chance(0.8)) migrate(policy, id, name)
  return `adoption of a user as ${name}`
}

const space: Edit = (scene) => {
  const { policy, building, walk, random } = scene
  const found = random.maybe(building.spaces.filter(({ id }) => !isHeld(policy, id)))
  if (!found) return undefined
  const doors = walk.places.get(found.id) ?? []
  const { systems, locks } = building
  const isKept = random.chance(0.5)
  const acsEntranceIds = isKept
    ? doors.filter((door) => !locks.includes(door))
    : random.some(random.one(systems).doors, 1, 3)
  const deviceIds = doors.filter((door) => locks.includes(door))
  const inputs = { adoptId: found.id, name: walk.names.get(found.id)!, acsEntranceIds, deviceIds }
  const name = entered(scene, 'space', 'Space', inputs)
  if (random.chance(0.7)) migrate(policy, found.id, name)
  return `adoption of a space as ${name}${isKept ? '' : ' with other doors'}`
}

/** How the program has to declare a grant that was there before. */
const declared = ({ person, spaces, doors, modes }: HandMade, { random }: Scene) => ({
  userIdentityId: person,
  requestedAccessMethods: modes.map((mode) => ({ mode })),
  ...(spaces.length > 0 && { spaceIds: spaces }),
  ...(doors.length > 0 && { acsEntranceIds: doors }),
  ...(random.chance(0.6) && { endsAt: random.one(ends) }),
})

const grant: Edit = (scene) => {
  const { policy, building, walk, random } = scene
  const there = new Set(walk.lists.grants.map((one) => one['access_grant_id']))
  const free = building.grants.filter(
    ({ id, key }) => there.has(id) && !isHeld(policy, id) && !isHeld(policy, key),
  )
  const found = random.maybe(free)
  if (!found) return undefined
  const inputs = declared(found, scene)
  const how = !found.isManaged
    ? { adoptUnmanagedAccessGrantId: found.id }
    : random.chance(0.5)
      ? { adoptId: found.id }
      : { adopt: true, accessGrantKey: found.key }
  const name = entered(scene, 'grant', 'AccessGrant', { ...inputs, ...how })
  return `${found.isManaged ? 'adoption' : 'taking over'} of a grant as ${name}`
}

/** Taking over what people made before the program, with how often each is done. */
export const adoptions: readonly [Edit, number][] = [
  [person, 2],
  [user, 2],
  [space, 2],
  [grant, 3],
]
