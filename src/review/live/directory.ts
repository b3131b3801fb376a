import { acsUser, referents } from '../../resources'
import type { Wire } from '../../schema'
import type { LiveFacts, Objects } from './facts'
import { windowOf } from '../plan/sides'
import type { KnownSubject } from '../doors/subjects'

/** What facts say of everything that a plan may refer to. */
export function directoryOf(facts: LiveFacts): Map<string, KnownSubject> {
  const directory = new Map<string, KnownSubject>()
  const contents = contentsOf(facts)
  for (const [kind, objects] of facts.objects) {
    for (const [id, object] of objects) {
      const contains = contents.get(`${kind}:${id}`)
      const known = { ...knownOf(object, kind), ...(contains && { contains }) }
      directory.set(`${kind}:${id}`, known)
      const key = object[`${kind}_key`]
      if (typeof key === 'string') directory.set(`${kind}_key:${key}`, { ...known, id })
    }
  }
  return directory
}

const noObjects: Objects = new Map()

type Inside = readonly [kind: string, id: string]

/** The doors in spaces, which doors tell, and those behind groups. */
function contentsOf({ objects, entrances }: LiveFacts): Map<string, Inside[]> {
  const contents = new Map<string, Inside[]>()
  for (const id of objects.get('space')?.keys() ?? []) contents.set(`space:${id}`, [])
  for (const kind of ['acs_entrance', 'device']) {
    for (const [id, door] of objects.get(kind) ?? noObjects) {
      for (const space of [door['space_ids'] ?? []].flat()) {
        contents.get(`space:${String(space)}`)?.push([kind, id])
      }
    }
  }
  for (const [group, doors] of entrances) {
    contents.set(
      `acs_access_group:${group}`,
      doors.map((id) => ['acs_entrance', id]),
    )
  }
  return contents
}

function knownOf(object: Wire, kind: string): KnownSubject {
  const text = (...names: string[]) =>
    names.map((name) => object[name]).find((value) => typeof value === 'string' && value !== '') as
      string | undefined
  const name = text(...(referents[kind]?.named ?? []))
  const system = text('acs_system_id')
  return {
    ...(name !== undefined && { name }),
    ...(system !== undefined && { acs_system_id: system }),
    ...(kind === 'acs_user' && ofUser(object, text('user_identity_id'))),
    ...refused(object, kind),
  }
}

function ofUser(user: Wire, person: string | undefined): KnownSubject {
  const { unless = '', ...window } = acsUser.opens!
  return {
    ...(person !== undefined && { user_identity_id: person }),
    isSuspended: user[unless] === true,
    schedule: windowOf(user, window),
  }
}

const modes = ['code', 'card', 'mobile_key', 'cloud_key']

/** Modes of which an entrance or a lock says itself that it cannot take them. */
function refused(object: Wire, kind: string): KnownSubject {
  const isEntrance = kind === 'acs_entrance'
  const cannot = isEntrance
    ? modes.filter((mode) => object[`can_unlock_with_${mode}`] === false)
    : kind === 'device' && object['can_program_online_access_codes'] === false
      ? ['code']
      : []
  return cannot.length > 0 ? { refuses: cannot } : {}
}
