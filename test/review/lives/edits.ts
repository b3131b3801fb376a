import {
  addCredential,
  addGrant,
  addList,
  addMembership,
  addPerson,
  addSpace,
  addUser,
} from './additions'
import { adoptions } from './adoptions'
import {
  doorsOf,
  ends,
  hasUser,
  idOf,
  methodsOf,
  overWindow,
  personOf,
  pin,
  scheduleOf,
  startOf,
  usersOf,
  type Scene,
} from './parts'
import { namesOf, ref, remove, rename, type Declared, type Type } from './program'

/** Changes the policy, and says what it did; says nothing where there was nothing to do. */
type Edit = (scene: Scene) => string | undefined

interface Chosen {
  readonly name: string
  readonly one: Declared
  readonly inputs: Record<string, unknown>
}

/** An edit of one resource of a type. */
const of =
  (type: Type, change: (chosen: Chosen, scene: Scene) => string | undefined): Edit =>
  (scene) => {
    const name = scene.random.maybe(namesOf(scene.policy, type))
    if (name === undefined) return undefined
    const one = scene.policy[name]!
    const what = change({ name, one, inputs: one.inputs }, scene)
    return what && `${what} of ${name}`
  }

const added = (add: (scene: Scene) => string | undefined): Edit => {
  return (scene) => {
    const name = add(scene)
    return name && `added ${name}`
  }
}

const removed = (type: Type): Edit =>
  of(type, ({ name, one, inputs }, scene) => {
    const { policy } = scene
    if (isNeeded(name, scene)) return undefined
    remove(policy, name)
    const how = one.retainOnDelete ? ' and retention' : ''
    return `removal${how}${inputs['adoptId'] || inputs['adopt'] ? ' and release' : ''}`
  })

/** Whether users go along with a person whom the program still names. */
function isNeeded(name: string, { policy, ids, walk }: Scene): boolean {
  const person = ids.get(name)
  const text = JSON.stringify(policy)
  return walk.lists.users.some(
    (user) =>
      person !== undefined &&
      user['user_identity_id'] === person &&
      text.includes(String(user['acs_user_id'])),
  )
}

/** Takes a member out of inputs, or puts another value in. */
const put = (inputs: Record<string, unknown>, name: string, value: unknown) => {
  if (value === undefined) delete inputs[name]
  else inputs[name] = value
}

const isOver = ({ endsAt }: Record<string, unknown>) => endsAt === overWindow.endsAt

const methods = ({ inputs }: Chosen) => inputs['requestedAccessMethods'] as { mode: string }[]

const ofGrants: [Edit, number][] = [
  [added(addGrant), 8],
  [removed('AccessGrant'), 6],
  [
    of('AccessGrant', (chosen, { random }) => {
      const now = methods(chosen)
      const others = ['code', 'card', 'mobile_key'].filter(
        (mode) => !now.some((one) => one.mode === mode),
      )
      const mode = random.maybe(others)
      if (mode === undefined) return undefined
      chosen.inputs['requestedAccessMethods'] = [...now, { mode }]
      return `new ${mode}`
    }),
    3,
  ],
  [
    of('AccessGrant', (chosen, { random }) => {
      const now = methods(chosen)
      const gone = random.maybe(now)
      if (gone === undefined) return undefined
      chosen.inputs['requestedAccessMethods'] = now.filter((one) => one !== gone)
      return `no more ${gone.mode}`
    }),
    4,
  ],
  [
    of('AccessGrant', (chosen, { random, next }) => {
      const isFixed = random.chance(0.3)
      chosen.inputs['requestedAccessMethods'] = isFixed ? [pin(next)] : methodsOf(random)
      return 'other methods'
    }),
    3,
  ],
  [
    of('AccessGrant', ({ inputs }, { random }) => {
      put(inputs, 'endsAt', random.chance(0.25) ? undefined : random.one(ends))
      return 'other end'
    }),
    6,
  ],
  [
    of('AccessGrant', ({ inputs }, { random }) => {
      if (isOver(inputs)) delete inputs['endsAt']
      put(inputs, 'startsAt', random.chance(0.35) ? undefined : startOf(random))
      return 'other start'
    }),
    4,
  ],
  [
    of('AccessGrant', ({ name, inputs }, { ids }) => {
      if (!ids.has(name)) return undefined
      Object.assign(inputs, overWindow)
      return 'past window'
    }),
    2,
  ],
  [
    of('AccessGrant', ({ inputs }, scene) => {
      if (isOver(inputs)) return undefined
      for (const kind of ['spaceIds', 'spaceKeys', 'acsEntranceIds', 'deviceIds']) {
        delete inputs[kind]
      }
      Object.assign(inputs, doorsOf(scene))
      return 'other doors'
    }),
    5,
  ],
  [
    of('AccessGrant', ({ inputs }, scene) => {
      if (isOver(inputs) || inputs['adoptUnmanagedAccessGrantId']) return undefined
      inputs['userIdentityId'] = personOf(scene)
      return 'another person'
    }),
    2,
  ],
  [
    of('AccessGrant', ({ inputs }, { next }) => {
      inputs['name'] = `Grant ${next()}`
      return 'another title'
    }),
    1,
  ],
  [
    of('AccessGrant', ({ inputs }, { building, random }) => {
      const ids = inputs['spaceIds'] as unknown[] | undefined
      const literal = building.spaces.find(({ id }) => ids?.includes(id))
      if (!literal || isOver(inputs) || random.chance(0.2)) return undefined
      inputs['spaceIds'] = ids!.filter((id) => id !== literal.id)
      if ((inputs['spaceIds'] as unknown[]).length === 0) delete inputs['spaceIds']
      inputs['spaceKeys'] = [...((inputs['spaceKeys'] as string[] | undefined) ?? []), literal.key]
      return 'a space by its key instead of its id'
    }),
    2,
  ],
]

const retention: Edit = ({ policy, random }) => {
  const kinds = ['AccessGrant', 'AccessGroupMembership', 'AcsCredential', 'AccessGrant'] as const
  const name = random.maybe(namesOf(policy, random.one(kinds)))
  if (name === undefined) return undefined
  const one = policy[name]!
  if (one.retainOnDelete) delete one.retainOnDelete
  else one.retainOnDelete = true
  return `retention of ${name} ${one.retainOnDelete ? 'on' : 'off'}`
}

const ofPlaces: [Edit, number][] = [
  [added(addSpace), 2],
  [removed('Space'), 3],
  [
    of('Space', ({ inputs }, { building, random }) => {
      const system = random.one(building.systems)
      inputs['acsEntranceIds'] = random.some(system.doors, 0, 4)
      if (random.chance(0.4)) inputs['deviceIds'] = random.some(building.locks, 0, 2)
      return 'other doors'
    }),
    6,
  ],
  [
    of('Space', ({ inputs }, { next }) => {
      inputs['name'] = `Own ${next()}`
      return 'another name'
    }),
    1,
  ],
]

/** People keep their names in the program: another resource would be another person. */
const renaming =
  (type: Type, word: string): Edit =>
  (scene) => {
    const { policy, random, next } = scene
    const name = random.maybe(namesOf(policy, type))
    if (name === undefined || !scene.ids.has(name) || isOver(policy[name]!.inputs)) return undefined
    const isFixed = policy[name]!.inputs['adoptId'] ?? policy[name]!.inputs['adopt']
    const withAlias = type === 'UserIdentity' || isFixed !== undefined || random.chance(0.5)
    rename(policy, name, `${word}-${next()}`, withAlias)
    return `renaming of ${name} with${withAlias ? '' : 'out'} an alias`
  }

const ofPeople: [Edit, number][] = [
  [
    (scene) => {
      const name = addPerson(scene)
      const grant = addGrant(scene)
      scene.policy[grant]!.inputs['userIdentityId'] = ref(name)
      return `added ${name} with ${grant}`
    },
    4,
  ],
  [removed('UserIdentity'), 4],
  [
    of('UserIdentity', ({ inputs }, { next }) => {
      inputs['fullName'] = `Resident ${next()}`
      return 'another name'
    }),
    2,
  ],
  [renaming('UserIdentity', 'person'), 1],
  [renaming('Space', 'space'), 2],
  [renaming('AccessGrant', 'grant'), 3],
]

const ofUsers: [Edit, number][] = [
  [added(addUser), 3],
  [removed('AcsUser'), 3],
  [
    of('AcsUser', ({ inputs }, { random }) => {
      put(inputs, 'accessSchedule', random.chance(0.3) ? undefined : scheduleOf(random))
      return 'another schedule'
    }),
    5,
  ],
  [
    of('AcsUser', ({ inputs }) => {
      inputs['isSuspended'] = inputs['isSuspended'] !== true
      return inputs['isSuspended'] ? 'suspension' : 'end of the suspension'
    }),
    5,
  ],
  [
    of('AcsUser', ({ name, inputs }, scene) => {
      const { policy, building, random } = scene
      if (inputs['userIdentityId'] !== undefined && random.chance(0.5)) {
        delete inputs['userIdentityId']
        return 'no more person'
      }
      const system = building.systems.find(({ id }) => id === inputs['acsSystemId'])!
      const free = namesOf(policy, 'UserIdentity').filter(
        (one) => !hasUser(scene, ref(one), system),
      )
      const person = random.maybe(free)
      if (person === undefined || idOf(ref(name), scene.ids) === undefined) return undefined
      inputs['userIdentityId'] = ref(person)
      return `person ${person}`
    }),
    3,
  ],
  [added(addMembership), 6],
  [removed('AccessGroupMembership'), 5],
  [added(addList), 1],
  [removed('AccessGroupMembersExclusive'), 2],
  [
    of('AccessGroupMembersExclusive', ({ inputs }, scene) => {
      const { building, random } = scene
      const group = String(inputs['acsAccessGroupId'])
      const system = building.systems.find(({ groups }) => groups.includes(group))!
      inputs['acsUserIds'] = random.some(usersOf(scene, system), 0, 4)
      return 'other members'
    }),
    5,
  ],
  [added(addCredential), 3],
  [removed('AcsCredential'), 3],
  [
    of('AcsCredential', ({ inputs }, { random }) => {
      put(inputs, 'endsAt', random.chance(0.2) ? undefined : random.one(ends))
      return 'another end'
    }),
    3,
  ],
  [
    of('AcsCredential', ({ inputs }, scene) => {
      const system = scene.building.systems.find(({ id }) => id === inputs['acsSystemId'])
      const user = system && scene.random.maybe(usersOf(scene, system))
      if (user === undefined || inputs['adoptId'] !== undefined) return undefined
      delete inputs['userIdentityId']
      inputs['acsUserId'] = user
      return 'another user'
    }),
    2,
  ],
  [
    of('AcsCredential', ({ inputs }, { building, random }) => {
      const system = building.systems.find(({ id }) => id === inputs['acsSystemId'])
      if (!system) return undefined
      inputs['allowedAcsEntranceIds'] = random.some(system.doors, 1, 3)
      return 'other doors'
    }),
    2,
  ],
]

const edits = new Map<Edit, number>([
  ...ofGrants,
  [retention, 3],
  ...ofPlaces,
  ...ofPeople,
  ...ofUsers,
  ...adoptions,
])

/** Changes the policy of a scene once, or a few times at once as pull requests do; says how. */
export function edit(scene: Scene): string {
  const { random } = scene
  const count = random.chance(0.5) ? 1 : 2 + random.below(2)
  const done: string[] = []
  for (let tries = 0; done.length < count && tries < 50; tries += 1) {
    const what = random.weighted(edits)(scene)
    if (what !== undefined) done.push(what)
  }
  return done.join(', ')
}

/** What a program declares at first. */
export function begin(scene: Scene): void {
  const first = [addPerson, addPerson, addPerson, addSpace, addSpace, addUser, addUser]
  const then = [addGrant, addGrant, addGrant, addGrant, addGrant, addGrant]
  const last = [addList, addMembership, addMembership, addCredential, addCredential]
  for (const add of [...first, ...then, ...last]) add(scene)
}
