import { Construct } from 'constructs'
import { space } from '../resources'
import { isAbsent, isWire } from '../schema'
import { withDependencies, type MetaProps } from './dependencies'
import { DataSeamDevice, type DataSeamDeviceConfig } from './generated/data-seam-device'
import { DataSeamEntrance, type DataSeamEntranceConfig } from './generated/data-seam-entrance'
import { DataSeamSpace, type DataSeamSpaceConfig } from './generated/data-seam-space'
import { Space, type SpaceConfig } from './generated/space'
import * as cdktf from './library'
import { assertNames, listOf, mistake, propertiesOf } from './props'

/** Doors by their ids: spaces, entrances of access control systems, or single locks. */
export interface DoorIds {
  readonly spaceIds?: readonly string[] | undefined
  readonly acsEntranceIds?: readonly string[] | undefined
  readonly deviceIds?: readonly string[] | undefined
}

/** What a grant opens: a `Door`, the resource or lookup of one, or ids. */
export type IDoor = DoorIds | Space | DataSeamSpace | DataSeamEntrance | DataSeamDevice

/** What is said of doors that are opened together. */
export interface DoorProps extends Omit<SpaceConfig, 'dependsOn'>, MetaProps {
  /** The entrances and locks that it is made of, beside those that are given by id. */
  readonly doors?: readonly IDoor[] | undefined
}

const names = [...propertiesOf(space), 'doors']
const kinds = ['spaceIds', 'acsEntranceIds', 'deviceIds'] as const

/** A lookup of an entrance also tells the spaces around it, which are not meant. */
function idsOfOne(construct: Construct, door: IDoor): DoorIds {
  if (door instanceof Space || door instanceof DataSeamSpace) return { spaceIds: [door.id] }
  if (door instanceof DataSeamEntrance) return { acsEntranceIds: [door.id] }
  if (door instanceof DataSeamDevice) return { deviceIds: [door.id] }
  if (door instanceof Door) return { spaceIds: door.spaceIds }
  const names = isWire(door) ? Object.keys(door) : []
  const isOfIds = names.length > 0 && names.every((name) => kinds.some((kind) => kind === name))
  if (isOfIds) return door
  throw mistake(
    construct,
    '`doors` takes a Door, a Space, a lookup of a space, an entrance or a device of this library, or `spaceIds`, `acsEntranceIds` and `deviceIds`',
  )
}

/** Several lists as one; those that a deployment tells cannot be looked into. */
function joined(lists: readonly (readonly string[])[]): readonly string[] | undefined {
  const [first, ...more] = lists
  if (!first || more.length === 0) return first
  const isTold = lists.some((list) => cdktf.Token.isUnresolved(list))
  if (!isTold) return [...new Set(lists.flat())]
  return cdktf.Fn.setunion(
    [...first],
    more.map((list) => [...list]),
  )
}

/** The ids of some doors by their kind; a kind that none of them has is left out. */
export function idsOf(construct: Construct, doors: readonly IDoor[]): DoorIds {
  const all = doors.map((door) => idsOfOne(construct, door))
  const ofKind = (kind: keyof DoorIds) =>
    joined(all.flatMap((ids) => [ids[kind] ?? []]).filter(({ length }) => length > 0))
  return Object.fromEntries(kinds.map((kind) => [kind, ofKind(kind)]))
}

/**
 * A door, or several that are opened together: a space in Seam. `new` creates one of entrances and
 * locks; the static methods find what is there already.
 *
 * @see https://docs.seam.co/latest/api/spaces
 */
export class Door extends Construct {
  /** A space that is there already, found by id, key or name. */
  static fromSpace(scope: Construct, id: string, by: DataSeamSpaceConfig): DataSeamSpace {
    return new DataSeamSpace(scope, id, by)
  }

  /** An entrance of an access control system, found by id or name. */
  static fromEntrance(scope: Construct, id: string, by: DataSeamEntranceConfig): DataSeamEntrance {
    return new DataSeamEntrance(scope, id, by)
  }

  /** A lock, found by id or name. */
  static fromDevice(scope: Construct, id: string, by: DataSeamDeviceConfig): DataSeamDevice {
    return new DataSeamDevice(scope, id, by)
  }

  /** Doors by ids that something else tells. */
  static fromIds(ids: DoorIds): DoorIds {
    return ids
  }

  /** The resource. */
  readonly space: Space

  constructor(scope: Construct, id: string, props: DoorProps) {
    super(scope, id)
    assertNames(this, props ?? {}, names)
    const { doors, acsEntranceIds, deviceIds, ...rest } = withDependencies<DoorProps>(
      this,
      props ?? {},
    )
    const listed = listOf(this, 'doors', doors)
    const { spaceIds, ...ids } = idsOf(this, [...(listed ?? []), { acsEntranceIds, deviceIds }])
    if (spaceIds) {
      throw mistake(
        this,
        '`doors` are entrances and locks here: a space is not in another one. Give a grant both spaces',
      )
    }
    // Left out, the space would keep what it has.
    const isWhole = listed !== undefined
    this.space = new Space(this, 'Default', {
      ...rest,
      acsEntranceIds: ids.acsEntranceIds ?? (isWhole || !isAbsent(acsEntranceIds) ? [] : undefined),
      deviceIds: ids.deviceIds ?? (isWhole || !isAbsent(deviceIds) ? [] : undefined),
    })
  }

  /** The space, by its id. */
  get spaceIds(): readonly string[] {
    return [this.space.id]
  }

  /** Its address in Terraform, for `dependsOn` of any resource. */
  get fqn(): string {
    return this.space.fqn
  }
}
