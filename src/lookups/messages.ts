import { isAbsent, type Wire } from '../schema'
import { echoed, SeamIacError, type Seam } from '../seam'

/** What a message says of a lookup and of what it found. */
export interface Described {
  name: string
  id: string
  /** The access control systems that an object belongs to; by its `acs_system_id` when left out. */
  systems?(seam: Seam, one: Wire): Promise<Wire[]>
}

/** The words of a name: `acs_user` is "ACS user". */
const spoken = (name: string) => name.replaceAll('_', ' ').replace(/\bacs\b/, 'ACS')

const several = (name: string) => `${spoken(name).replace(/y$/, 'ie')}s`

const asked = (by: Wire) =>
  Object.entries(by)
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]) => `‹${name}› "${echoed(value)}"`)
    .join(', ')

export const nothing = (name: string, by: Wire, nearest = '') =>
  new SeamIacError(
    `No ${spoken(name)} with ${asked(by)} in this workspace. Names must match exactly, and an id belongs to one workspace.${nearest && ` The nearest: ${nearest}.`}`,
  )

export const tooMany = (name: string, by: Wire, count: number, found: string) =>
  new SeamIacError(
    `${count} ${several(name)} have ${asked(by)}: ${found}. Give the id of the one that is meant.`,
  )

/** Objects by name, id and system: two of one name are told apart by where they are. */
export async function introduced(
  seam: Seam,
  lookup: Described,
  objects: readonly Wire[],
): Promise<string> {
  const told = await Promise.all(
    objects.map(async (one) => {
      const systems = await systemsOf(seam, lookup, one)
      const where = systems.length > 0 ? ` in ${systems.join(' and ')}` : ''
      return `${echoed(one['display_name'] ?? one['name'])} (${echoed(one[lookup.id])})${where}`
    }),
  )
  return told.join(', ')
}

/** A message is worth telling without them, too. */
async function systemsOf(seam: Seam, { id, systems }: Described, one: Wire): Promise<string[]> {
  const { acs_system_id } = one
  try {
    if (systems) return (await systems(seam, one)).map(({ name }) => echoed(name))
    if (acs_system_id === undefined || id === 'acs_system_id') return []
    const by = { acs_system_id }
    return [echoed((await seam.read<Wire>('/acs/systems/get', by, 'acs_system'))['name'])]
  } catch {
    return []
  }
}
