import { referents } from '../../resources'
import { isAdopting, type Change } from '../plan/plan'
import type { Subject, Subjects, When } from './subjects'

/** What is inside a place, as far as anybody has told. */
export interface Contents {
  readonly doors: readonly Subject[]
  /** Whether these are all of them. */
  readonly isWhole: boolean
}

const sides = ['before', 'after'] as const

/** Spaces and access groups: which doors are inside them. */
export class Places {
  private readonly contents = new Map<string, Contents>()

  constructor(private readonly subjects: Subjects) {}

  /** What is inside a space or a group; nothing where neither the plan nor Seam tells it. */
  inside(place: Subject): Subject[] | undefined {
    const change = this.subjects.changeOf(place)
    const { contains } = change?.definition ?? {}
    const known = this.live(place)
    if (!change || !contains) return known
    const declared = sides.flatMap((when) => {
      const side = change[when]
      return side ? this.subjects.allNamed(change, side, contains, when) : []
    })
    const fields = Object.values(contains).flat()
    const isWhole = [change.before, change.after].every(
      (side) => !side || fields.every((field) => side.inputs[field] !== undefined),
    )
    const isTaken = change.action === 'create' && isAdopting(change)
    // What the program leaves open, or takes over, may be anything.
    if (!known && (!isWhole || isTaken)) return undefined
    return [...declared, ...(known ?? [])]
  }

  /** The doors inside a place on one side of the plan. */
  doorsIn(place: Subject, when: When): Contents {
    const key = `${when} ${place.key}`
    const found = this.contents.get(key) ?? this.contentsOf(place, when)
    this.contents.set(key, found)
    return found
  }

  private contentsOf(place: Subject, when: When): Contents {
    const change = this.subjects.changeOf(place)
    const { contains } = change?.definition ?? {}
    const side = change && (change[when] ?? change.before ?? change.after)
    const live = this.live(place)
    if (!contains || !side) return { doors: live ?? [], isWhole: live !== undefined }
    const parts = Object.entries(contains).map(([kind, fields]) => {
      const given = fields.filter((field) => side.inputs[field] !== undefined)
      if (given.length > 0) return this.subjects.allNamed(change, side, { [kind]: given }, when)
      // What the program leaves open is what Seam says.
      return isNew(change) ? [] : live?.filter((one) => one.kind === kind)
    })
    return { doors: parts.flatMap((part) => part ?? []), isWhole: !parts.includes(undefined) }
  }

  private live(place: Subject): Subject[] | undefined {
    return this.subjects.told(place)?.contains?.map(([kind, id]) => this.subjects.at(kind, id))
  }

  /** The doors that Seam tells of an object beyond those that it names. */
  ownDoors(change: Change): Subject[] {
    return this.live(this.subjects.ofChange(change)) ?? []
  }

  /** Of some modes, those that a door can take, as far as anybody has told. */
  working(door: Subject, modes: readonly string[]): readonly string[] {
    const { refuses = [] } = this.subjects.told(door) ?? {}
    return refuses.length === 0 ? modes : modes.filter((mode) => !refuses.includes(mode))
  }
}

/** Whether something has doors of its own. */
export const isPlace = ({ kind }: Subject) => referents[kind]?.is === 'place'

/** Whether there is nothing of it yet. */
const isNew = (change: Change) =>
  change.action === 'create' && !change.before && !isAdopting(change)
