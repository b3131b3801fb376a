import type { Wire } from '../schema'
import { unlessGone, type Seam } from '../seam'

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

/**
 * In which kinds of doors a grant differs from what is declared. Doors of spaces are among those of
 * the grant, so only a grant without spaces can be told to open more than is declared.
 */
export async function otherDoors(seam: Seam, grant: Wire, inputs: Wire): Promise<string[]> {
  const hasSpaces = listOf(grant['space_ids']).length > 0
  const names = ['acs_entrance_ids', 'device_ids']
  if (hasSpaces && names.every((name) => listOf(inputs[name]).length === 0)) return []
  const doors = await doorsOf(seam, String(grant['access_grant_id']))
  if (!doors) return []
  return names.filter((name) => {
    const [there, wanted] = [listOf(doors[name]), listOf(inputs[name])]
    const isMissing = wanted.some((id) => !there.includes(id))
    return isMissing || (!hasSpaces && there.some((id) => !wanted.includes(id)))
  })
}
