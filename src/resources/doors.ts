import { isAbsent, type Wire } from '../schema'
import { lookedUp, unlessGone, type Seam } from '../seam'
import { spaces } from './space'

interface Batch {
  acs_entrances?: Wire[]
  devices?: Wire[]
}

const idsOf = (doors: Wire[] = [], id: string) => doors.map((door) => String(door[id]))

/** The doors of one grant, those of its spaces among them; nothing where Seam does not tell. */
async function doorsOf(seam: Seam, access_grant_id: string): Promise<Wire | undefined> {
  const include = ['acs_entrances', 'devices']
  const asked = { access_grant_ids: [access_grant_id], include }
  const batch = await unlessGone(seam.read<Batch>('/access_grants/get_related', asked, 'batch'))
  return (
    batch && {
      acs_entrance_ids: idsOf(batch.acs_entrances, 'acs_entrance_id'),
      device_ids: idsOf(batch.devices, 'device_id'),
    }
  )
}

const listOf = (value: unknown) => (Array.isArray(value) ? (value as string[]) : [])

const isSameSet = (one: readonly unknown[], other: readonly unknown[]) =>
  one.every((id) => other.includes(id)) && other.every((id) => one.includes(id))

/** Seam answers the spaces of a grant by their ids, also where keys named them. */
async function hasOtherSpaces(seam: Seam, grant: Wire, inputs: Wire): Promise<boolean> {
  const keys = listOf(inputs['space_keys'])
  if (keys.length === 0) return false
  const named = await Promise.all(
    keys.map((space_key) => lookedUp(seam, '/spaces/get', { space_key }, 'space')),
  )
  const wanted = [...listOf(inputs['space_ids']), ...named.map((space) => space?.['space_id'])]
  return !isSameSet(listOf(grant['space_ids']), wanted)
}

/** The doors of a grant, in the inputs that Seam never echoes, that differ from what is declared. */
export async function otherPlaces(seam: Seam, grant: Wire, inputs: Wire): Promise<string[]> {
  const [doors, isElsewhere] = await Promise.all([
    otherDoors(seam, grant, inputs),
    hasOtherSpaces(seam, grant, inputs),
  ])
  return isElsewhere ? ['space_keys', ...doors] : doors
}

/** Whether a credential opens other entrances than are declared, in the input that says so. */
export async function otherEntrances(seam: Seam, credential: Wire, inputs: Wire) {
  const name = 'allowed_acs_entrance_ids'
  if (isAbsent(inputs[name])) return []
  const { acs_credential_id } = credential
  const path = '/acs/credentials/list_accessible_entrances'
  const doors = await seam.list<Wire>(path, { acs_credential_id }, 'acs_entrances')
  return isSameSet(idsOf(doors, 'acs_entrance_id'), listOf(inputs[name])) ? [] : [name]
}

/** The doors in spaces. */
async function doorsIn(seam: Seam, space_ids: string[]): Promise<Wire> {
  const found = space_ids.length > 0 ? await spaces.some!(seam, space_ids) : []
  const inside = (name: string) => found.flatMap((space) => listOf(space[name]))
  return Object.fromEntries(doorFields.map((name) => [name, inside(name)]))
}

const doorFields = ['acs_entrance_ids', 'device_ids'] as const

/**
 * In which kinds of doors a grant differs from what is declared. Doors of its spaces are among those
 * that Seam tells of it; one that is beyond them was named by itself.
 */
async function otherDoors(seam: Seam, grant: Wire, inputs: Wire): Promise<string[]> {
  const [doors, inside] = await Promise.all([
    doorsOf(seam, String(grant['access_grant_id'])),
    doorsIn(seam, listOf(grant['space_ids'])),
  ])
  if (!doors) return []
  return doorFields.filter((name) => {
    const [there, wanted, by] = [listOf(doors[name]), listOf(inputs[name]), listOf(inside[name])]
    const isMissing = wanted.some((id) => !there.includes(id))
    return isMissing || there.some((id) => !wanted.includes(id) && !by.includes(id))
  })
}
